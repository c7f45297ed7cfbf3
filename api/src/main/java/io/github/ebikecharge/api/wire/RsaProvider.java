package io.github.ebikecharge.api.wire;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Who computes RSA: the Amazon Corretto Crypto Provider (ACCP), nearly three times as fast as the JDK, where its jar is at
 * hand, its native code loads and it passes a self-test; everywhere else the JDK, or what the application has registered with
 * it. Nothing is registered with the JDK from here.
 *
 * <p>ACCP is loaded in the background, once a few signatures were made or verified: who asks for no more is served sooner by
 * the JDK alone. Until it is there the JDK computes, and nobody waits. The system property {@value #PROPERTY} chooses
 * otherwise: {@code jdk} keeps to the JDK; {@code accp} waits for ACCP, and computes nothing without it.
 */
public final class RsaProvider {
    /** System property that chooses: {@code auto} (the default), {@code accp} or {@code jdk}. */
    public static final String PROPERTY = "ebike-charge.rsa-provider";

    private static final String ACCP = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";
    private static final String ALGORITHM = "SHA256withRSA";
    /** Signatures that are left to the JDK, as loading ACCP takes longer than those do. */
    private static final int FEW = 4;

    private static volatile ClassLoader loader = ownLoader();

    private RsaProvider() {}

    /** Why there is no ACCP. */
    private static final class UnavailableException extends Exception {
        private static final long serialVersionUID = 1;

        UnavailableException(String reason) {
            super(reason);
        }
    }

    /** Made at the first use. */
    private static final class Choice {
        static final String MODE = System.getProperty(PROPERTY, "auto");
        static final CompletableFuture<Provider> ACCP_LOADED = new CompletableFuture<>();
        static final AtomicInteger SIGNATURES = new AtomicInteger();
        static final AtomicBoolean BEGUN = new AtomicBoolean();
        static final IdentityCache<Key, Optional<Key>> TRANSLATED = new IdentityCache<>(Choice::translated);

        static {
            switch (MODE) {
                case "jdk" -> ACCP_LOADED.completeExceptionally(new UnavailableException("not wanted"));
                case "auto", "accp" -> {}
                default ->
                    ACCP_LOADED.completeExceptionally(
                            new UnavailableException("-D%s takes auto, accp or jdk, not %s".formatted(PROPERTY, MODE)));
            }
        }

        static CompletableFuture<Provider> begin() {
            if (!ACCP_LOADED.isDone() && BEGUN.compareAndSet(false, true)) {
                Thread thread = new Thread(Choice::load, "rsa-provider");
                thread.setDaemon(true);
                thread.start();
            }
            return ACCP_LOADED;
        }

        @SuppressWarnings("CatchingUnchecked") // whatever a native library may throw: there is the JDK to fall back to
        private static void load() {
            try {
                Provider accp = (Provider)
                        Class.forName(ACCP, true, loader).getField("INSTANCE").get(null);
                Object error = accp.getClass().getMethod("getLoadingError").invoke(accp);
                if (error != null) {
                    throw new UnavailableException(error.toString());
                }
                SelfTest.hold(accp);
                ACCP_LOADED.complete(accp);
            } catch (ClassNotFoundException e) {
                ACCP_LOADED.completeExceptionally(new UnavailableException("its jar is not on the class path"));
            } catch (Throwable e) {
                ACCP_LOADED.completeExceptionally(e);
            }
        }

        /** Null while ACCP is not there, or not to be. */
        static @Nullable Provider accp() {
            if (MODE.equals("accp")) {
                try {
                    return begin().join();
                } catch (RuntimeException e) {
                    throw new IllegalStateException("-D%s=accp, but %s".formatted(PROPERTY, describe()), e);
                }
            }
            if (!ACCP_LOADED.isDone() && SIGNATURES.incrementAndGet() > FEW) {
                var unused = begin();
            }
            return loadedAccp();
        }

        static @Nullable Provider loadedAccp() {
            return ACCP_LOADED.isDone() && !ACCP_LOADED.isCompletedExceptionally() ? ACCP_LOADED.join() : null;
        }

        /** The key as ACCP wants it; empty if it keeps its numbers to itself, as a key in an HSM does. */
        private static Optional<Key> translated(Key key) {
            try {
                return Optional.of(
                        KeyFactory.getInstance("RSA", ACCP_LOADED.join()).translateKey(key));
            } catch (GeneralSecurityException | RuntimeException e) {
                return Optional.empty();
            }
        }
    }

    private static ClassLoader ownLoader() {
        ClassLoader own = RsaProvider.class.getClassLoader();
        return own == null ? ClassLoader.getSystemClassLoader() : own;
    }

    /** Has ACCP looked for with this class loader. Has to come before the first signature; later it changes nothing. */
    public static void lookIn(ClassLoader accp) {
        loader = accp;
    }

    /** ACCP, or why there is none. */
    static CompletableFuture<Provider> loaded() {
        return Choice.begin();
    }

    /** As {@link #describe()}, once ACCP is loaded, or is not going to be; after {@code patience} at the latest. */
    public static String describe(Duration patience) {
        try {
            loaded().handle((accp, failure) -> true).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // then it is not: says so
        }
        return describe();
    }

    /** Who computes RSA at this moment, and why not ACCP, in one line. */
    public static String describe() {
        CompletableFuture<Provider> accp = Choice.begin();
        if (!accp.isDone()) {
            return jdk() + " (ACCP is being loaded)";
        }
        try {
            Provider provider = accp.join();
            return provider.getName() + ' ' + provider.getVersionStr();
        } catch (CompletionException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            return jdk() + " (no ACCP: "
                    + (reason instanceof UnavailableException ? reason.getMessage() : reason.toString()) + ')';
        }
    }

    private static String jdk() {
        try {
            Provider provider = Signature.getInstance(ALGORITHM).getProvider();
            return provider.getName() + ' ' + provider.getVersionStr();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has " + ALGORITHM, e);
        }
    }

    /** Signs with this key. */
    static Signature signing(PrivateKey key) throws GeneralSecurityException {
        Provider accp = Choice.accp();
        Optional<Key> translated = accp == null ? Optional.empty() : Choice.TRANSLATED.get(key);
        Signature signature = engine(translated.isPresent() ? accp : null);
        signature.initSign(translated.map(PrivateKey.class::cast).orElse(key));
        return signature;
    }

    /** Verifies with this key. */
    static Signature verifying(PublicKey key) throws GeneralSecurityException {
        Provider accp = Choice.accp();
        Optional<Key> translated = accp == null ? Optional.empty() : Choice.TRANSLATED.get(key);
        Signature signature = engine(translated.isPresent() ? accp : null);
        signature.initVerify(translated.map(PublicKey.class::cast).orElse(key));
        return signature;
    }

    /** Whether ACCP makes and verifies signatures with this one: not the JDK, nor what is registered with it. */
    @SuppressWarnings("ReferenceEquality") // a provider equals another by its hundreds of properties
    static boolean isByAccp(Signature signature) {
        return signature.getProvider() == Choice.loadedAccp();
    }

    private static Signature engine(@Nullable Provider provider) throws GeneralSecurityException {
        return provider == null ? Signature.getInstance(ALGORITHM) : Signature.getInstance(ALGORITHM, provider);
    }

    /** Holds a provider to a published signature: it makes it, takes it, and takes no other. */
    static final class SelfTest {
        private SelfTest() {}

        static void hold(Provider provider) throws GeneralSecurityException, IOException {
            Properties vector = new Properties();
            try (InputStream file = RsaProvider.class.getResourceAsStream("rs256.properties")) {
                vector.load(Objects.requireNonNull(file, "The jar lacks rs256.properties"));
            }
            byte[] message = vector.getProperty("message").getBytes(US_ASCII);
            byte[] published = bytes(vector, "signature");
            KeyFactory keys = KeyFactory.getInstance("RSA", provider);

            Signature engine = engine(provider);
            engine.initSign(keys.generatePrivate(new RSAPrivateCrtKeySpec(
                    number(vector, "n"),
                    number(vector, "e"),
                    number(vector, "d"),
                    number(vector, "p"),
                    number(vector, "q"),
                    number(vector, "dp"),
                    number(vector, "dq"),
                    number(vector, "qi"))));
            engine.update(message);
            if (!Arrays.equals(engine.sign(), published)) {
                throw new SignatureException("It failed the self-test: it signs wrongly");
            }
            PublicKey key = keys.generatePublic(new RSAPublicKeySpec(number(vector, "n"), number(vector, "e")));
            if (!verifies(provider, key, message, published)) {
                throw new SignatureException("It failed the self-test: it refuses a right signature");
            }
            message[0] ^= 1;
            if (verifies(provider, key, message, published)) {
                throw new SignatureException("It failed the self-test: it takes a wrong signature");
            }
        }

        private static boolean verifies(Provider provider, PublicKey key, byte[] message, byte[] signature)
                throws GeneralSecurityException {
            Signature engine = engine(provider);
            engine.initVerify(key);
            engine.update(message);
            return engine.verify(signature);
        }

        private static BigInteger number(Properties vector, String name) {
            return new BigInteger(1, bytes(vector, name));
        }

        private static byte[] bytes(Properties vector, String name) {
            return Base64.getUrlDecoder().decode(vector.getProperty(name));
        }
    }
}

package io.github.ebikecharge.api.wire;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Who computes RSA, and that it does not show in the signatures. */
class RsaProviderTest {
    private static final SignedMessage MESSAGE = SignedMessage.ofResponse(1_795_507_200, "nonce", "{}".getBytes(UTF_8));

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    @Test
    void makesTheSameSignaturesAsTheJdk() throws Exception {
        KeyPair keys = keys();
        RsaProvider.loaded().get(30, TimeUnit.SECONDS);

        String signature = SignatureScheme.SHA256_RSA2048.sign(keys.getPrivate(), MESSAGE);

        Signature jdk = Signature.getInstance("SHA256withRSA", "SunRsaSign");
        jdk.initSign(keys.getPrivate());
        jdk.update(MESSAGE.toBytes());
        assertThat(signature).isEqualTo(Base64.getEncoder().encodeToString(jdk.sign()));
        SignatureScheme.SHA256_RSA2048.verify(keys.getPublic(), MESSAGE, signature);
    }

    @Test
    void computesWithAccpOnceThatIsLoaded() throws Exception {
        KeyPair keys = keys();
        RsaProvider.loaded().get(30, TimeUnit.SECONDS);

        assertThat(RsaProvider.signing(keys.getPrivate()).getProvider().getName())
                .isEqualTo("AmazonCorrettoCryptoProvider");
        assertThat(RsaProvider.verifying(keys.getPublic()).getProvider().getName())
                .isEqualTo("AmazonCorrettoCryptoProvider");
    }

    /** As a key in a security module: it says what kind it is, and nothing else. */
    private record Unexportable(String getAlgorithm) implements PrivateKey {
        @Override
        public @Nullable String getFormat() {
            return null;
        }

        @Override
        public byte @Nullable [] getEncoded() {
            return null;
        }
    }

    @Test
    void leavesToTheJdkTheKeysThatCannotBeTaken() throws Exception {
        RsaProvider.loaded().get(30, TimeUnit.SECONDS);

        assertThatThrownBy(() -> SignatureScheme.SHA256_RSA2048.sign(new Unexportable("RSA"), MESSAGE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot sign");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SunRsaSign"})
    void passesWhoComputesRight(String name) throws Exception {
        RsaProvider.SelfTest.hold(Security.getProvider(name));
    }

    /** A provider that does one thing wrong: its keys are the JDK's, its signatures those of {@link WrongSignature}. */
    private static final class WrongProvider extends Provider {
        private static final long serialVersionUID = 1;

        WrongProvider(String mistake) {
            super("Wrong", "1", mistake);
            put("KeyFactory.RSA", Security.getProvider("SunRsaSign").get("KeyFactory.RSA"));
            putService(new Service(this, "Signature", "SHA256withRSA", WrongSignature.class.getName(), null, null) {
                @Override
                public Object newInstance(Object parameter) {
                    return new WrongSignature(mistake);
                }
            });
        }
    }

    /** The JDK's signature but for one mistake. */
    private static final class WrongSignature extends Signature {
        private final String mistake;
        private final Signature right;

        WrongSignature(String mistake) {
            super("SHA256withRSA");
            this.mistake = mistake;
            try {
                right = Signature.getInstance("SHA256withRSA", "SunRsaSign");
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        protected void engineInitVerify(PublicKey key) throws java.security.InvalidKeyException {
            right.initVerify(key);
        }

        @Override
        protected void engineInitSign(PrivateKey key) throws java.security.InvalidKeyException {
            right.initSign(key);
        }

        @Override
        protected void engineUpdate(byte one) throws SignatureException {
            right.update(one);
        }

        @Override
        protected void engineUpdate(byte[] bytes, int offset, int length) throws SignatureException {
            right.update(bytes, offset, length);
        }

        @Override
        protected byte[] engineSign() throws SignatureException {
            byte[] signature = right.sign();
            if (mistake.equals("it signs wrongly")) {
                signature[0] ^= 1;
            }
            return signature;
        }

        @Override
        protected boolean engineVerify(byte[] signature) throws SignatureException {
            boolean verified = right.verify(signature);
            return switch (mistake) {
                case "it refuses a right signature" -> false;
                case "it takes a wrong signature" -> true;
                default -> verified;
            };
        }

        @Override
        @Deprecated
        protected void engineSetParameter(String name, Object value) {
            throw new UnsupportedOperationException();
        }

        @Override
        @Deprecated
        protected Object engineGetParameter(String name) {
            throw new UnsupportedOperationException();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"it signs wrongly", "it refuses a right signature", "it takes a wrong signature"})
    void refusesWhoComputesWrong(String mistake) {
        assertThatThrownBy(() -> RsaProvider.SelfTest.hold(new WrongProvider(mistake)))
                .hasMessage("It failed the self-test: " + mistake);
    }

    /** Signs once and says who did, in a JVM of its own: the choice is made once in each. */
    public static final class Signs {
        private Signs() {}

        public static void main(String[] args) throws GeneralSecurityException {
            String provider = RsaProvider.describe(Duration.ofSeconds(30));
            try {
                KeyPair keys = keys();
                SignatureScheme.SHA256_RSA2048.sign(keys.getPrivate(), MESSAGE);
                boolean kept = IdleSignatures.take(keys.getPrivate()) != null;
                System.out.println((kept ? "signed and kept, " : "signed, ") + provider);
            } catch (IllegalStateException e) {
                System.out.println("refused, " + e.getMessage());
            }
        }
    }

    /** Signs until ACCP does, in a JVM of its own, and tells when that begins to be loaded. */
    public static final class SignsOn {
        private SignsOn() {}

        public static void main(String[] args) throws GeneralSecurityException {
            KeyPair keys = keys();
            for (int i = 1; i <= 5; i++) {
                System.out.println(i + ": "
                        + RsaProvider.signing(keys.getPrivate()).getProvider().getName() + loading());
            }
            RsaProvider.loaded().join();
            System.out.println("then: "
                    + RsaProvider.signing(keys.getPrivate()).getProvider().getName());
        }

        private static String loading() {
            boolean loading = Thread.getAllStackTraces().keySet().stream()
                    .anyMatch(thread -> thread.getName().equals("rsa-provider"));
            return loading ? ", ACCP on its way" : "";
        }
    }

    private static String sign(String... options) throws IOException, InterruptedException {
        return run(Signs.class, options);
    }

    private static String run(Class<?> main, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }

    @Test
    void keepsToTheJdkWhereThatIsWanted() throws Exception {
        assertThat(sign("-Debike-charge.rsa-provider=jdk"))
                .contains("signed, SunRsaSign 1")
                .contains("(no ACCP: not wanted)");
    }

    @Test
    void keepsToTheJdkWhereTheNativeCodeDoesNotLoad() throws Exception {
        assertThat(sign("-Dcom.amazon.corretto.crypto.provider.tmpdir=/dev/null/nowhere"))
                .contains("signed, SunRsaSign")
                .contains("(no ACCP: ");
    }

    @Test
    void computesNothingWithoutAccpWhereItIsDemanded() throws Exception {
        assertThat(sign(
                        "-Debike-charge.rsa-provider=accp",
                        "-Dcom.amazon.corretto.crypto.provider.tmpdir=/dev/null/nowhere"))
                .contains("refused, -Debike-charge.rsa-provider=accp, but SunRsaSign");
    }

    @Test
    void waitsForAccpWhereItIsDemanded() throws Exception {
        assertThat(sign("-Debike-charge.rsa-provider=accp"))
                .contains("signed and kept, AmazonCorrettoCryptoProvider 2.5");
    }

    @Test
    void leavesTheFirstSignaturesToTheJdk() throws Exception {
        assertThat(run(SignsOn.class).lines())
                .containsExactly(
                        "1: SunRsaSign",
                        "2: SunRsaSign",
                        "3: SunRsaSign",
                        "4: SunRsaSign",
                        "5: SunRsaSign, ACCP on its way",
                        "then: AmazonCorrettoCryptoProvider");
    }

    @Test
    void saysWhichValuesTheSettingTakes() throws Exception {
        assertThat(sign("-Debike-charge.rsa-provider=fast"))
                .contains("no ACCP: -Debike-charge.rsa-provider takes auto, accp or jdk, not fast");
    }
}

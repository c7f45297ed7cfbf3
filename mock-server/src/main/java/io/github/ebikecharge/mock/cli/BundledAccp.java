package io.github.ebikecharge.mock.cli;

import io.github.ebikecharge.api.wire.RsaProvider;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * ACCP out of the runnable jar, which holds its native library for several systems. A class loader of its own, so that its
 * one name for the library stands for the one that fits this machine.
 */
final class BundledAccp extends ClassLoader {
    private static final String PACKAGE = "com.amazon.corretto.";
    private static final String LIBRARIES = "META-INF/accp/";

    private final ClassLoader jar;

    private BundledAccp(ClassLoader jar) {
        super(jar);
        this.jar = jar;
    }

    /** Has it found there once it is needed. Where this machine is none of those, the JDK computes RSA. */
    static void offer() {
        RsaProvider.lookIn(new BundledAccp(BundledAccp.class.getClassLoader()));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(PACKAGE)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream file = jar.getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (file == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = file.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    @Override
    public @Nullable URL getResource(String name) {
        URL ofThisSystem = jar.getResource(LIBRARIES + system() + '/' + name);
        return ofThisSystem == null ? super.getResource(name) : ofThisSystem;
    }

    /** As in {@code linux-x86_64}. */
    private static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return (name.startsWith("mac") ? "osx" : name)
                + '-'
                + switch (arch) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64", "arm64" -> "aarch_64";
                    default -> arch;
                };
    }
}

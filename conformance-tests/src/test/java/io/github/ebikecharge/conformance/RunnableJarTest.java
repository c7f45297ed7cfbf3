package io.github.ebikecharge.conformance;

import java.io.File;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The jar that runs the mock. */
class RunnableJarTest {
    private static final File JAR = new File("../mock-server/target/ebike-charge-mock-server.jar");

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC}) // ACCP is made for these
    void computesRsaWithAccpOnThisSystem() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        JAR.getPath(),
                        "--version")
                .redirectErrorStream(true)
                .start();

        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
        assertThat(printed)
                .startsWith("ebike-charge-mock-server ")
                .contains("RSA by AmazonCorrettoCryptoProvider ")
                .doesNotContain("WARNING");
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux-x86_64", "linux-aarch_64", "osx-x86_64", "osx-aarch_64"})
    void bringsTheLibraryOfEachSystemOnce(String system) throws Exception {
        try (JarFile jar = new JarFile(JAR)) {
            int libraries = 0;
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                String name = entries.nextElement().getName();
                libraries += name.startsWith("META-INF/accp/" + system + "/com/amazon/corretto/") && !name.endsWith("/")
                        ? 1
                        : 0;
                assertThat(name).doesNotMatch("com/amazon/.*\\.(so|dylib)");
            }
            assertThat(libraries).isOne();
        }
    }
}

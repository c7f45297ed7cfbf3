package io.github.ebikecharge.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
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
    private static final Path TARGET = Path.of("../mock-server/target");
    private static final File JAR =
            TARGET.resolve("ebike-charge-mock-server.jar").toFile();

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

    @Test
    void bringsNothingThatItsSbomLeavesOut() throws Exception {
        Set<String> hashes = new HashSet<>();
        for (JsonNode component :
                new ObjectMapper().readTree(TARGET.resolve("bom.json").toFile()).path("components")) {
            component
                    .path("hashes")
                    .forEach(hash -> hashes.add(hash.path("content").asText()));
        }
        Set<String> inSbom = new HashSet<>();
        for (String jar :
                Files.readString(TARGET.resolve("class-path.txt")).strip().split(File.pathSeparator, -1)) {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(Path.of(jar)));
            if (hashes.contains(HexFormat.of().formatHex(hash))) {
                inSbom.addAll(code(jar));
            }
        }

        assertThat(code(JAR.getPath()))
                .filteredOn(name -> !name.startsWith("io/github/ebikecharge/mock/"))
                .hasSizeGreaterThan(1000)
                .isSubsetOf(inSbom);
    }

    /** What runs: classes, and scripts of the page for the control API's document. */
    private static List<String> code(String file) throws IOException {
        try (JarFile jar = new JarFile(file)) {
            return jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(".class") || name.matches("META-INF/resources/.*[.]js"))
                    .toList();
        }
    }
}

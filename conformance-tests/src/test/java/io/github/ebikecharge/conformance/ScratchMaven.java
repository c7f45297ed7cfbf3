package io.github.ebikecharge.conformance;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody's project, which knows nothing of this one but what is published. Its local repository is the one that this build
 * uses, by links, with this build's own artifacts in their place; nothing is installed.
 */
final class ScratchMaven {
    private static final Path LOCAL =
            Path.of(Objects.requireNonNull(System.getProperty("localRepository"), "Maven runs this test"));
    private static final Path OURS = Path.of("io", "github", "ebikecharge");
    private static final Path PARENT = Path.of("..", "pom.xml");

    private final Path directory;
    private final Path repository;

    /** @param directory an empty one, where the project and its repository are made */
    ScratchMaven(Path directory) throws IOException {
        this.directory = directory;
        repository = directory.resolve("repository");
        link(LOCAL, repository, 0);
        publish("ebike-charge", PARENT);
        publish("ebike-charge-api", Path.of("..", "api", "pom.xml"));
        publish("ebike-charge-conformance-tests", Path.of("pom.xml"));
    }

    /** Links to everything in a folder but {@link #OURS}. */
    private static void link(Path from, Path to, int depth) throws IOException {
        Files.createDirectories(to);
        if (depth == OURS.getNameCount()) {
            return;
        }
        Path ours = OURS.getName(depth);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(from)) {
            for (Path entry : entries) {
                if (!entry.getFileName().equals(ours)) {
                    Files.createSymbolicLink(to.resolve(entry.getFileName()), entry.toAbsolutePath());
                }
            }
        }
        link(from.resolve(ours), to.resolve(ours), depth + 1);
    }

    private void publish(String artifact, Path pom) throws IOException {
        String name = artifact + '-' + version();
        Path folder = Files.createDirectories(
                repository.resolve(OURS).resolve(artifact).resolve(version()));
        Files.copy(pom, folder.resolve(name + ".pom"));
        Path jar = pom.resolveSibling("target").resolve(name + ".jar");
        if (!pom.equals(PARENT)) {
            Files.copy(jar, folder.resolve(name + ".jar"));
        }
    }

    private static String version() throws IOException {
        return pinned("<artifactId>ebike-charge</artifactId>\\s*<version>([^<]+)<");
    }

    /** What stands in the parent's pom. */
    private static String pinned(String expression) throws IOException {
        Matcher found = Pattern.compile(expression).matcher(Files.readString(PARENT));
        assertThat(found.find()).as(expression).isTrue();
        return found.group(1);
    }

    private static String plugin(String name) throws IOException {
        return """
                <plugin>
                  <artifactId>%s</artifactId>
                  <version>%s</version>
                </plugin>
                """.formatted(name, pinned("<artifactId>" + name + "</artifactId>\\s*<version>([^<]+)<"));
    }

    /** The libraries of this build in the versions that are in the repository, should they be needed. */
    private static String managed() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(jar -> jar.startsWith(LOCAL))
                .map(jar -> LOCAL.relativize(jar).getParent())
                .distinct()
                .map(folder -> {
                    Path artifact = folder.getParent();
                    return """
                            <dependency>
                              <groupId>%s</groupId>
                              <artifactId>%s</artifactId>
                              <version>%s</version>
                            </dependency>
                            """.formatted(
                                    artifact.getParent().toString().replace(File.separatorChar, '.'),
                                    artifact.getFileName(),
                                    folder.getFileName());
                })
                .collect(joining());
    }

    /**
     * Writes the project's pom, with the versions of plugins and of libraries that are in the repository.
     *
     * @param dependencies an element {@code dependencies}, or nothing
     * @param more elements {@code plugin}
     */
    void pom(String packaging, String dependencies, String more) throws IOException {
        Files.writeString(directory.resolve("pom.xml"), """
                        <project xmlns="http://maven.apache.org/POM/4.0.0">
                          <modelVersion>4.0.0</modelVersion>
                          <groupId>your.house</groupId>
                          <artifactId>your-server</artifactId>
                          <version>1</version>
                          <packaging>%s</packaging>
                          <properties>
                            <maven.compiler.release>17</maven.compiler.release>
                            <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
                          </properties>
                          <dependencyManagement>
                            <dependencies>
                              %s
                            </dependencies>
                          </dependencyManagement>
                          %s
                          <build>
                            <plugins>
                              %s%s%s%s
                            </plugins>
                          </build>
                        </project>
                        """.formatted(
                        packaging,
                        managed(),
                        dependencies,
                        plugin("maven-compiler-plugin"),
                        plugin("maven-surefire-plugin"),
                        plugin("maven-resources-plugin"),
                        more));
    }

    /** Runs Maven up to a phase; without the net, if the plugin of another project's (its jar's path) is there already. */
    PageScripts.Run run(String phase, String jar) throws IOException, InterruptedException {
        String offline = Files.exists(repository.resolve(jar)) ? "-o" : "";
        return PageScripts.run(
                "mvn",
                "mvn -B %s -Dmaven.repo.local=%s -Dpact_do_not_track=true %s".formatted(offline, repository, phase),
                directory);
    }
}

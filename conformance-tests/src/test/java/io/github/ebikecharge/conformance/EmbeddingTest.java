package io.github.ebikecharge.conformance;

import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.MockWechatPayServerBuilder;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the mock brings to a test suite that depends on it, and how the README says it is used. */
class EmbeddingTest {
    private static final Path HERE = Path.of("src/test/java/io/github/ebikecharge/conformance/ChargingTest.java");
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```java\n(@MockWechatPay\n.*?)```");

    /** What {@code mvn} would put on the class path of a test that names {@code ebike-charge-mock-server}. */
    private static List<String> inherited() throws Exception {
        NodeList dependencies = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("../mock-server/pom.xml").toFile())
                .getElementsByTagName("dependency");
        return IntStream.range(0, dependencies.getLength())
                .mapToObj(index -> (Element) dependencies.item(index))
                .filter(dependency -> !text(dependency, "scope").equals("test"))
                .filter(dependency -> !text(dependency, "optional").equals("true"))
                .map(dependency -> text(dependency, "artifactId"))
                .toList();
    }

    private static String text(Element dependency, String name) {
        NodeList children = dependency.getElementsByTagName(name);
        return children.getLength() == 0 ? "" : children.item(0).getTextContent();
    }

    @Test
    void bringsNeitherCommandLineNorClientNorWebPagesNorALogger() throws Exception {
        assertThat(inherited())
                .containsExactlyInAnyOrder(
                        "ebike-charge-api", "hibernate-validator", "jackson-dataformat-yaml", "javalin", "slf4j-api");
    }

    @Test
    void saysWhichLibraryAStoreNeeds() {
        MockWechatPayServerBuilder builder = MockWechatPayServer.builder().state(Path.of("target", "state"));

        assertThatThrownBy(builder::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("com.h2database:h2-mvstore is missing on the class path; add it to the tests");
    }

    @Test
    void bringsNoWebPageEither() throws Exception {
        URI library = MockWechatPayServer.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        try (JarFile jar = new JarFile(new File(library))) {
            assertThat(jar.stream().map(JarEntry::getName))
                    .contains("META-INF/openapi/mock-control.yaml")
                    .noneMatch(name -> name.matches(".*\\.(html|css|js|svg)"));
        }
    }

    @Test
    void isUsedAsTheReadmesSay() throws IOException {
        String source = Files.readString(HERE);
        String test = source.substring(source.indexOf("@MockWechatPay\n"));

        assertThat(examples("README.md")).containsExactly(test);
        assertThat(examples("README.zh-CN.md")).containsExactly(test);
        assertThat(test.lines()).hasSizeLessThanOrEqualTo(10);
    }

    private static Stream<String> examples(String readme) throws IOException {
        return EXAMPLE.matcher(Files.readString(Path.of("..", readme)))
                .results()
                .map(block -> block.group(1));
    }
}

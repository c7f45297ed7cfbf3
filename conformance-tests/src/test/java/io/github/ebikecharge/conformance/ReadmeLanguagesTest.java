package io.github.ebikecharge.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The README in English and in Chinese: the same commands and examples, the same tables, one linked from the other. */
class ReadmeLanguagesTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ ");
    private static final Pattern ROW = Pattern.compile("(?m)^\\|");
    private static final Pattern LINK = Pattern.compile("]\\(([^)]+)\\)");

    private final String english = read("README.md");
    private final String chinese = read("README.zh-CN.md");

    private static String read(String name) {
        try {
            return Files.readString(Path.of("..", name));
        } catch (IOException e) {
            throw new IllegalStateException("There is no " + name, e);
        }
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).toList();
    }

    @Test
    void haveTheSameCommandsAndExamplesInTheSameOrder() {
        assertThat(found(BLOCK, chinese)).isNotEmpty().isEqualTo(found(BLOCK, english));
    }

    @Test
    void haveTheSameSectionsAndRows() {
        assertThat(found(HEADING, BLOCK.matcher(chinese).replaceAll("")))
                .isEqualTo(found(HEADING, BLOCK.matcher(english).replaceAll("")));
        assertThat(found(ROW, chinese)).hasSameSizeAs(found(ROW, english));
    }

    @Test
    void linkToEachOtherInTheirFirstLinesAndOtherwiseToTheSamePlaces() {
        assertThat(english.lines().findFirst().orElseThrow()).contains("(README.zh-CN.md)");
        assertThat(chinese.lines().findFirst().orElseThrow()).contains("(README.md)");
        assertThat(found(LINK, chinese).stream().skip(1))
                .isEqualTo(found(LINK, english).stream().skip(1).toList());
    }
}

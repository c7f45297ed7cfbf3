package io.github.ebikecharge.conformance.drift;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One deliberate mistake, and what has to notice it.
 *
 * @param name the mistake in a few words
 * @param file where it is made, from the top of the repository
 * @param replace text that stands there exactly once
 * @param with what stands there instead
 * @param caughtBy a test, as {@code client SentRequestTest#sendsWhatTheGatewayAsksFor}, or a check of the conformance
 *     kit, as {@code kit signing.unsigned}, which then deviates on the drifted mock
 */
record Drift(
        String name,
        String file,
        String replace,
        String with,
        @JsonProperty("caught by") String caughtBy) {
    private static final Path TOP = Path.of("..");

    static List<Drift> all() {
        try (InputStream list = Drift.class.getResourceAsStream("/drifts.yaml")) {
            return new YAMLMapper().readValue(list, new TypeReference<>() {});
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Path source() {
        return TOP.resolve(file);
    }

    /** The file with the mistake in it; fails if the text to replace is not there, or more than once. */
    String apply() throws IOException {
        String text = Files.readString(source());
        int first = text.indexOf(replace);
        if (replace.isEmpty() || first < 0 || text.indexOf(replace, first + 1) >= 0) {
            throw new AssertionError("""
                    Drift "%s": its `replace` has to stand in %s exactly once, and stands there %s. The file has changed:
                    write into conformance-tests/src/test/resources/drifts.yaml how the same mistake looks today.
                    %s""".formatted(name, file, first < 0 ? "nowhere" : "more than once", replace));
        }
        return text.substring(0, first) + with + text.substring(first + replace.length());
    }

    @Override
    public String toString() {
        return name;
    }
}

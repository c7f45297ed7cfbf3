package io.github.ebikecharge.api;

import java.io.ByteArrayOutputStream;
import java.io.OutputStreamWriter;
import java.util.Optional;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;
import org.openapitools.openapidiff.core.output.MarkdownRender;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Holds a document to what callers may have been written against: a change that breaks them needs a major version. */
final class DocumentCompatibility {
    private DocumentCompatibility() {}

    /** What breaks callers of {@code last} without a raised major version, and what to do; else nothing. */
    static Optional<String> fault(String file, String last, String now) {
        ChangedOpenApi changes = OpenApiCompare.fromContents(last, now);
        String from = changes.getOldSpecOpenApi().getInfo().getVersion();
        String to = changes.getNewSpecOpenApi().getInfo().getVersion();
        if (changes.isCompatible() || major(to) > major(from)) {
            return Optional.empty();
        }
        return Optional.of("""
                %s breaks callers of the last released version, and info.version went from %s to %s only.
                %s
                Either take the change back (a new field beside the old one breaks nobody), or raise the major version in
                info.version. Before anything is released a break may be meant: then say it in CHANGELOG.md and renew the
                baseline, src/openapi-diff/%s, as .github/CONTRIBUTING.md says.
                """.formatted(file, from, to, report(changes), file));
    }

    private static int major(String version) {
        return Integer.parseInt(version.substring(0, version.indexOf('.')));
    }

    private static String report(ChangedOpenApi changes) {
        var text = new ByteArrayOutputStream();
        new MarkdownRender().render(changes, new OutputStreamWriter(text, UTF_8));
        return text.toString(UTF_8);
    }
}

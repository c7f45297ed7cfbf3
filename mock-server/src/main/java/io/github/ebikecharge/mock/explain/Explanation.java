package io.github.ebikecharge.mock.explain;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a signature failed.
 *
 * @param cause what was wrong; of several mistakes the first to mend
 * @param also what else was wrong; mostly empty
 * @param text all of it in words: what, where, and how to mend it
 * @param expectedMessage the message (签名串) that this request has to be signed over; null if the header lacks a part
 * @param signedMessage the message that was signed; null if it was not found. Bytes that are not UTF-8 are U+FFFD in both
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Explanation(
        @JsonProperty("cause") Cause cause,
        @JsonProperty("also") List<Cause> also,
        @JsonProperty("text") Text text,
        @JsonProperty("expected_message") @Nullable String expectedMessage,
        @JsonProperty("signed_message") @Nullable String signedMessage) {

    /** The same in two languages. */
    public record Text(
            @JsonProperty("en") String en,
            @JsonProperty("zh") String zh) {
        Text and(Text next) {
            return new Text(en + " " + next.en, zh + next.zh);
        }
    }

    static Explanation of(List<Finding> findings, @Nullable String expectedMessage, @Nullable String signedMessage) {
        List<Cause> causes = findings.stream().map(Finding::cause).distinct().toList();
        Text text = findings.stream()
                .map(Finding::text)
                .distinct()
                .reduce(Text::and)
                .orElseThrow();
        if (expectedMessage != null && signedMessage != null && !expectedMessage.equals(signedMessage)) {
            text = text.and(FirstDifference.describe(expectedMessage, signedMessage));
        }
        return new Explanation(causes.get(0), causes.subList(1, causes.size()), text, expectedMessage, signedMessage);
    }
}

package io.github.ebikecharge.mock.explain;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A JSON text without its white space, every name, string and number spelled as it was. */
sealed interface JsonText {
    /** JSON this deep is not a body of API v3; and indenting deep JSON makes it very long. */
    int MAX_DEPTH = 32;

    /** A string, number or literal. */
    record Scalar(String text) implements JsonText {}

    /** An array. */
    record Items(List<JsonText> items) implements JsonText {}

    /** An object; the names with their quotes. */
    record Members(List<Member> members) implements JsonText {}

    /** A name and its value. */
    record Member(String name, JsonText value) {}

    /**
     * White space between the tokens.
     *
     * @param indent of one level; empty for one line
     * @param itemsOnOneLine whether arrays stay on one line, with spaces within brackets, as Jackson has it
     */
    record Layout(Optional<String> indent, String comma, String colon, boolean itemsOnOneLine) {}

    /** Reads one JSON value; empty if the text is none. */
    static Optional<JsonText> parse(String text) {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build())
                .build();
        try (JsonParser parser = factory.createParser(text)) {
            if (parser.nextToken() == null) {
                return Optional.empty();
            }
            JsonText value = read(parser, text);
            return parser.nextToken() == null ? Optional.of(value) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static JsonText read(JsonParser parser, String source) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                List<Member> members = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = string(parser, source);
                    parser.nextToken();
                    members.add(new Member(name, read(parser, source)));
                }
                return new Members(members);
            }
            case START_ARRAY -> {
                List<JsonText> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(read(parser, source));
                }
                return new Items(items);
            }
            case VALUE_STRING -> {
                // strings are read lazily: until then an unterminated one goes unnoticed
                parser.finishToken();
                return new Scalar(string(parser, source));
            }
            default -> {
                return new Scalar(parser.getText());
            }
        }
    }

    /** The string or name at the parser's token, with its quotes and escapes. */
    private static String string(JsonParser parser, String source) {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        int end = start + 1;
        while (source.charAt(end) != '"') {
            end += source.charAt(end) == '\\' ? 2 : 1;
        }
        return source.substring(start, end + 1);
    }

    /** Changes the members of every object, the inner ones first. */
    default JsonText withMembers(UnaryOperator<List<Member>> change) {
        if (this instanceof Members object) {
            return new Members(change.apply(object.members().stream()
                    .map(member -> new Member(member.name(), member.value().withMembers(change)))
                    .toList()));
        }
        if (this instanceof Items array) {
            return new Items(
                    array.items().stream().map(item -> item.withMembers(change)).toList());
        }
        return this;
    }

    /** Changes every string, number and literal that is not a name. */
    default JsonText withScalars(UnaryOperator<String> change) {
        if (this instanceof Scalar scalar) {
            return new Scalar(change.apply(scalar.text()));
        }
        if (this instanceof Items array) {
            return new Items(
                    array.items().stream().map(item -> item.withScalars(change)).toList());
        }
        return this instanceof Members object
                ? new Members(object.members().stream()
                        .map(member -> new Member(member.name(), member.value().withScalars(change)))
                        .toList())
                : this;
    }

    /** The text in this layout. */
    default String write(Layout layout) {
        StringBuilder text = new StringBuilder();
        write(layout, 0, text);
        return text.toString();
    }

    private void write(Layout layout, int depth, StringBuilder out) {
        if (this instanceof Members object) {
            write(layout, depth, false, "{}", object.members(), out, member -> {
                out.append(member.name()).append(layout.colon());
                return member.value();
            });
        } else if (this instanceof Items array) {
            write(layout, depth, layout.itemsOnOneLine(), "[]", array.items(), out, item -> item);
        } else if (this instanceof Scalar scalar) {
            out.append(scalar.text());
        }
    }

    private static <T> void write(
            Layout layout,
            int depth,
            boolean oneLine,
            String brackets,
            List<T> parts,
            StringBuilder out,
            Function<T, JsonText> start) {
        out.append(brackets.charAt(0));
        int inner = oneLine ? depth : depth + 1;
        boolean first = true;
        for (T part : parts) {
            out.append(first ? "" : layout.comma()).append(oneLine ? " " : lineBreak(layout, inner));
            start.apply(part).write(layout, inner, out);
            first = false;
        }
        if (parts.isEmpty()) {
            out.append(layout.itemsOnOneLine() ? " " : "");
        } else {
            out.append(oneLine ? " " : lineBreak(layout, depth));
        }
        out.append(brackets.charAt(1));
    }

    private static String lineBreak(Layout layout, int depth) {
        return layout.indent().map(indent -> '\n' + indent.repeat(depth)).orElse("");
    }
}

package io.github.ebikecharge.mock.jsoncpp;

import io.github.ebikecharge.mock.jsoncpp.JsonCppScanner.Token;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Finds the first syntax error in a JSON text and words it as JsonCpp does, the parser whose texts the gateway's
 * answers show: {@code * Line 1, Column 51\n  Missing ':' after object member name\n}. Like it, takes comments and
 * leading zeros for JSON. Columns count bytes.
 */
public final class JsonCppSyntax {
    private static final int MAX_DEPTH = 1000;

    private final byte[] json;
    private final JsonCppScanner scanner;
    private final Deque<Token> open = new ArrayDeque<>();
    private boolean justOpened;

    private JsonCppSyntax(byte[] json) {
        this.json = json;
        this.scanner = new JsonCppScanner(json);
    }

    /** The error's text, or empty if there is none. */
    public static Optional<String> firstError(byte[] json) {
        try {
            new JsonCppSyntax(json).document();
            return Optional.empty();
        } catch (SyntaxError e) {
            return Optional.of(e.getMessage());
        }
    }

    private static final class SyntaxError extends Exception {
        private static final long serialVersionUID = 1;

        SyntaxError(String message) {
            super(message, null, false, false);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    /** Not recursive: the thread's stack need not be as deep as the text. */
    private void document() throws SyntaxError {
        value(scanner.read());
        while (!open.isEmpty()) {
            if (open.peek() == Token.OBJECT_BEGIN) {
                member();
            } else {
                element();
            }
        }
        if (scanner.read() != Token.END) {
            throw error("Extra non-whitespace after JSON value.");
        }
    }

    private void value(Token token) throws SyntaxError {
        if (open.size() >= MAX_DEPTH) {
            throw error("Exceeded stackLimit in readValue().");
        }
        justOpened = token == Token.OBJECT_BEGIN || token == Token.ARRAY_BEGIN;
        switch (token) {
            case OBJECT_BEGIN, ARRAY_BEGIN -> open.push(token);
            case STRING -> escapes();
            case NUMBER -> number();
            case LITERAL -> {}
            default -> throw error("Syntax error: value, object or array expected.");
        }
    }

    private void member() throws SyntaxError {
        Token token = scanner.read();
        if (token == Token.OBJECT_END) {
            close();
            return;
        }
        if (!justOpened) {
            if (token != Token.COMMA) {
                throw error("Missing ',' or '}' in object declaration");
            }
            token = scanner.read();
        }
        if (token != Token.STRING) {
            throw error("Missing '}' or object member name");
        }
        escapes();
        if (scanner.read() != Token.COLON) {
            throw error("Missing ':' after object member name");
        }
        value(scanner.read());
    }

    private void element() throws SyntaxError {
        Token token = scanner.read();
        if (token == Token.ARRAY_END) {
            close();
            return;
        }
        if (!justOpened) {
            if (token != Token.COMMA) {
                throw error("Missing ',' or ']' in array declaration");
            }
            token = scanner.read();
        }
        value(token);
    }

    private void close() {
        open.pop();
        justOpened = false;
    }

    private void number() throws SyntaxError {
        String text = ascii(scanner.start(), scanner.end());
        if (text.matches(".+[eE+-]")) {
            throw error("'" + text + "' is not a number.");
        }
    }

    private void escapes() throws SyntaxError {
        int i = scanner.start() + 1;
        while (i < stringEnd()) {
            if (json[i++] == '\\') {
                byte escaped = json[i++];
                if (escaped == 'u') {
                    i = unicode(i);
                } else if ("\"/\\bfnrt".indexOf(escaped) < 0) {
                    throw error("Bad escape sequence in string", i);
                }
            }
        }
    }

    /** Returns the offset behind the digits; behind those of a second escape if the first is half a character. */
    private int unicode(int digits) throws SyntaxError {
        int end = hexadecimal(digits);
        if (!Character.isHighSurrogate((char) Integer.parseInt(ascii(digits, end), 16))) {
            return end;
        }
        if (stringEnd() - end < 6) {
            throw error("additional six characters expected to parse unicode surrogate pair.", end);
        }
        if (json[end] != '\\' || json[end + 1] != 'u') {
            throw error(
                    "expecting another \\u token to begin the second half of a unicode surrogate pair",
                    json[end] == '\\' ? end + 2 : end + 1);
        }
        return hexadecimal(end + 2);
    }

    private int hexadecimal(int start) throws SyntaxError {
        int end = start + 4;
        if (end > stringEnd()) {
            throw error("Bad unicode escape sequence in string: four digits expected.", start);
        }
        for (int i = start; i < end; i++) {
            if (Character.digit(json[i], 16) < 0) {
                throw error("Bad unicode escape sequence in string: hexadecimal digit expected.", i + 1);
            }
        }
        return end;
    }

    /** Offset of the closing quotation mark of the string that was just read. */
    private int stringEnd() {
        return scanner.end() - 1;
    }

    private String ascii(int start, int end) {
        return new String(json, start, end - start, US_ASCII);
    }

    private SyntaxError error(String message) {
        return new SyntaxError("* " + place(scanner.start()) + "\n  " + message + "\n");
    }

    private SyntaxError error(String message, int seeOffset) {
        return new SyntaxError(
                "* " + place(scanner.start()) + "\n  " + message + "\nSee " + place(seeOffset) + " for detail.\n");
    }

    private String place(int offset) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < offset; i++) {
            if (json[i] == '\n' || (json[i] == '\r' && (i + 1 >= json.length || json[i + 1] != '\n'))) {
                line++;
                lineStart = i + 1;
            }
        }
        return "Line " + line + ", Column " + (offset - lineStart + 1);
    }
}

package io.github.ebikecharge.mock.gateway;

import java.util.Optional;

/**
 * Finds the first syntax error in a JSON text and words it as JsonCpp does, the parser whose texts the gateway's
 * answers show: {@code * Line 1, Column 51\n  Missing ':' after object member name\n}. Like it, takes comments and
 * leading zeros for JSON. Columns count bytes.
 */
final class JsonCppSyntax {
    private static final int MAX_DEPTH = 1000;
    private static final int END = -1;

    private final byte[] json;
    private int next;
    private int tokenStart;

    private JsonCppSyntax(byte[] json) {
        this.json = json;
    }

    /** The error's text, or empty if there is none. */
    static Optional<String> firstError(byte[] json) {
        JsonCppSyntax syntax = new JsonCppSyntax(json);
        try {
            syntax.value(syntax.token(), 0);
            if (syntax.token() != Token.END) {
                throw syntax.error("Extra non-whitespace after JSON value.");
            }
            return Optional.empty();
        } catch (SyntaxError e) {
            return Optional.of(e.getMessage());
        }
    }

    private enum Token {
        OBJECT_BEGIN,
        OBJECT_END,
        ARRAY_BEGIN,
        ARRAY_END,
        STRING,
        SCALAR,
        COMMA,
        COLON,
        END,
        ERROR
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

    private void value(Token token, int depth) throws SyntaxError {
        if (depth > MAX_DEPTH) {
            throw error("Exceeded stackLimit in readValue().");
        }
        switch (token) {
            case OBJECT_BEGIN -> object(depth);
            case ARRAY_BEGIN -> array(depth);
            case STRING -> escapes();
            case SCALAR -> {}
            default -> throw error("Syntax error: value, object or array expected.");
        }
    }

    private void object(int depth) throws SyntaxError {
        Token token = token();
        if (token == Token.OBJECT_END) {
            return;
        }
        while (token == Token.STRING) {
            escapes();
            if (token() != Token.COLON) {
                throw error("Missing ':' after object member name");
            }
            value(token(), depth + 1);
            token = token();
            if (token == Token.OBJECT_END) {
                return;
            }
            if (token != Token.COMMA) {
                throw error("Missing ',' or '}' in object declaration");
            }
            token = token();
        }
        throw error("Missing '}' or object member name");
    }

    private void array(int depth) throws SyntaxError {
        Token token = token();
        if (token == Token.ARRAY_END) {
            return;
        }
        while (true) {
            value(token, depth + 1);
            token = token();
            if (token == Token.ARRAY_END) {
                return;
            }
            if (token != Token.COMMA) {
                throw error("Missing ',' or ']' in array declaration");
            }
            token = token();
        }
    }

    /** Checks the escapes of the string that was just read. */
    private void escapes() throws SyntaxError {
        for (int i = tokenStart + 1; i < next - 1; i++) {
            if (json[i] == '\\') {
                i++;
                if (json[i] == 'u') {
                    for (int digit = i + 1; digit <= i + 4; digit++) {
                        if (digit >= next - 1 || Character.digit(json[digit], 16) < 0) {
                            throw error("Bad unicode escape sequence in string: four digits expected.", i + 1);
                        }
                    }
                } else if ("\"/\\bfnrt".indexOf(json[i]) < 0) {
                    throw error("Bad escape sequence in string", i + 1);
                }
            }
        }
    }

    private Token token() {
        skipSpacesAndComments();
        tokenStart = next;
        int character = read();
        return switch (character) {
            case '{' -> Token.OBJECT_BEGIN;
            case '}' -> Token.OBJECT_END;
            case '[' -> Token.ARRAY_BEGIN;
            case ']' -> Token.ARRAY_END;
            case ',' -> Token.COMMA;
            case ':' -> Token.COLON;
            case '"' -> string();
            case 't' -> literal("rue");
            case 'f' -> literal("alse");
            case 'n' -> literal("ull");
            case END -> Token.END;
            default -> character == '-' || isDigit(character) ? number() : Token.ERROR;
        };
    }

    private Token string() {
        while (true) {
            int character = read();
            if (character == '\\') {
                read();
            } else if (character == '"') {
                return Token.STRING;
            } else if (character == END) {
                return Token.ERROR;
            }
        }
    }

    private Token literal(String rest) {
        for (int i = 0; i < rest.length(); i++) {
            if (peek(i) != rest.charAt(i)) {
                return Token.ERROR;
            }
        }
        next += rest.length();
        return Token.SCALAR;
    }

    private Token number() {
        digits();
        if (peek(0) == '.') {
            next++;
            digits();
        }
        if (peek(0) == 'e' || peek(0) == 'E') {
            next++;
            if (peek(0) == '+' || peek(0) == '-') {
                next++;
            }
            digits();
        }
        return Token.SCALAR;
    }

    private void digits() {
        while (isDigit(peek(0))) {
            next++;
        }
    }

    private void skipSpacesAndComments() {
        while (true) {
            while (peek(0) == ' ' || peek(0) == '\t' || peek(0) == '\r' || peek(0) == '\n') {
                next++;
            }
            if (peek(0) != '/' || !skipComment()) {
                return;
            }
        }
    }

    private boolean skipComment() {
        int end = next + 2;
        if (peek(1) == '/') {
            while (end < json.length && json[end] != '\n' && json[end] != '\r') {
                end++;
            }
        } else if (peek(1) == '*') {
            while (end + 1 < json.length && !(json[end] == '*' && json[end + 1] == '/')) {
                end++;
            }
            end += 2;
        } else {
            return false;
        }
        if (end > json.length) {
            return false;
        }
        next = end;
        return true;
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    private int peek(int offset) {
        return next + offset < json.length ? json[next + offset] : END;
    }

    private int read() {
        return next < json.length ? json[next++] & 0xFF : END;
    }

    private SyntaxError error(String message) {
        return new SyntaxError("* " + place(tokenStart) + "\n  " + message + "\n");
    }

    private SyntaxError error(String message, int seeOffset) {
        return new SyntaxError(
                "* " + place(tokenStart) + "\n  " + message + "\nSee " + place(seeOffset) + " for detail.\n");
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

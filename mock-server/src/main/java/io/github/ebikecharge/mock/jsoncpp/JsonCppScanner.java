package io.github.ebikecharge.mock.jsoncpp;

/** Splits a JSON text into tokens as JsonCpp does: with comments as white space, and numbers of digits as they come. */
final class JsonCppScanner {
    private static final int END = -1;

    private final byte[] json;
    private int next;
    private int start;

    JsonCppScanner(byte[] json) {
        this.json = json;
    }

    enum Token {
        OBJECT_BEGIN,
        OBJECT_END,
        ARRAY_BEGIN,
        ARRAY_END,
        STRING,
        NUMBER,
        LITERAL,
        COMMA,
        COLON,
        END,
        ERROR
    }

    /** Reads the next token. */
    Token read() {
        skipSpacesAndComments();
        start = next;
        int character = readByte();
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

    /** Offset of the first byte of the token that was read last. */
    int start() {
        return start;
    }

    /** Offset behind the last byte of the token that was read last. */
    int end() {
        return next;
    }

    private Token string() {
        while (true) {
            int character = readByte();
            if (character == '\\') {
                readByte();
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
        return Token.LITERAL;
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
        return Token.NUMBER;
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

    private int readByte() {
        return next < json.length ? json[next++] & 0xFF : END;
    }
}

package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.conformance.kit.Exchange.Request;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The command that sends a request once more. */
final class Curl {
    private static final List<String> SENT_BY_CURL = List.of("User-Agent", "Accept");
    private static final String OF_DATA = "Content-Type";

    private Curl() {}

    static String of(URI target, Request request) {
        boolean hasBody =
                request.body().length > 0 || request.header("Content-Length").isPresent(); // an empty one, too
        StringBuilder line = new StringBuilder("curl -i --http1.1 --path-as-is --globoff");
        if (request.method().equals("HEAD")) {
            line.append(" --head");
        } else if (!request.method().equals(hasBody ? "POST" : "GET")) {
            line.append(" -X ").append(request.method());
        }
        request.headers().stream()
                .filter(header -> !List.of("Host", "Content-Length").contains(header.name()))
                .forEach(header -> line.append(" -H ")
                        .append(quoted(header.value().isEmpty() ? header.name() + ';' : header.toString())));
        Stream.concat(SENT_BY_CURL.stream(), hasBody ? Stream.of(OF_DATA) : Stream.empty())
                .filter(name -> request.header(name).isEmpty())
                .forEach(name -> line.append(" -H ").append(quoted(name + ':')));
        if (hasBody) {
            line.append(" --data-binary ").append(quoted(new String(request.body(), UTF_8)));
        }
        return line.append(' ')
                .append(quoted(target.getScheme() + "://" + target.getRawAuthority() + request.target()))
                .toString();
    }

    private static String quoted(String text) {
        return '\'' + text.replace("'", "'\\''") + '\'';
    }
}

package io.github.ebikecharge.mock.cli;

import java.net.URI;
import org.apache.commons.cli.Option;

/** {@code --base-url}: whom a command calls. */
final class BaseUrlOption {
    static final String DEFAULT = "http://127.0.0.1:8080";
    static final Option OPTION =
            Command.option("base-url", "URL", "Scheme, host and port to call (default: " + DEFAULT + ").");

    private BaseUrlOption() {}

    /** @throws UsageException if it is no such thing */
    static URI read(Arguments arguments) {
        return arguments.get(OPTION, "http://HOST:PORT", BaseUrlOption::parse).orElseGet(() -> URI.create(DEFAULT));
    }

    private static URI parse(String value) {
        URI url = URI.create(value);
        if (url.getHost() == null || !String.valueOf(url.getScheme()).matches("https?")) {
            throw new IllegalArgumentException();
        }
        return url;
    }
}

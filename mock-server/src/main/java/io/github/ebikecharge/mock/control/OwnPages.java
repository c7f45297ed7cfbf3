package io.github.ebikecharge.mock.control;

import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Keeps web pages from elsewhere away from the control API: a browser on this machine would carry their requests here. What
 * is not a browser says nothing of an origin, and is let through.
 *
 * @see <a href="https://www.w3.org/TR/fetch-metadata/">Fetch Metadata</a>
 */
final class OwnPages implements Handler {
    private static final Pattern PORT = Pattern.compile(":[0-9]*$");
    /** Nobody can make an address lead elsewhere, as the owner of a name can. */
    private static final Pattern ADDRESS = Pattern.compile("\\[[0-9A-Fa-f:.]+]|[0-9]+(?:\\.[0-9]+){0,3}");

    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    private final ControlOptions options;

    OwnPages(ControlOptions options) {
        this.options = options;
    }

    @Override
    public void handle(Context context) {
        String host = context.header("Host");
        if (options.token() == null && host != null && !isOwn(host)) {
            throw new ForbiddenResponse(
                    ("The control API does not answer to the name in Host: %s, which its owner could let lead here."
                                    + " Use 127.0.0.1 or localhost, or allow the name at the start of the mock:"
                                    + " --control-host NAME, in code ControlOptions.withHosts")
                            .formatted(host));
        }
        String origin = context.header("Origin");
        if (origin != null
                && !origin.equalsIgnoreCase("http://" + host)
                && !origin.equalsIgnoreCase("https://" + host)) {
            throw elsewhere("Origin: " + origin + ", where the request went to Host: " + host);
        }
        String site = context.header("Sec-Fetch-Site");
        if (site != null && !OWN_SITE.contains(site) && !isVisit(context)) {
            throw elsewhere("Sec-Fetch-Site: " + site);
        }
    }

    private boolean isOwn(String host) {
        String name = PORT.matcher(host).replaceFirst("").toLowerCase(Locale.ROOT);
        return ADDRESS.matcher(name).matches()
                || name.equals("localhost")
                || options.hosts().contains(name);
    }

    /** Somebody follows a link: the page that it stands on sees nothing of what comes. */
    private static boolean isVisit(Context context) {
        return context.method().equals(HandlerType.GET) && "document".equals(context.header("Sec-Fetch-Dest"));
    }

    private static ForbiddenResponse elsewhere(String header) {
        return new ForbiddenResponse(
                "The control API answers no web pages but the mock's own, and this request comes from"
                        + " another (" + header
                        + "). Open the mock's page at /_mock/, ask from outside of a browser, or, behind a"
                        + " proxy, pass the header Host on as it comes");
    }
}

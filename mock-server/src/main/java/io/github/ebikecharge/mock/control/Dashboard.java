package io.github.ebikecharge.mock.control;

import io.github.ebikecharge.mock.generated.control.ControlApiRoutes;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.NotFoundResponse;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Serves the page on which a person sees what happens, and makes things happen. It uses nothing but the control API. */
public final class Dashboard {
    /** Below it are the page's parts, open to everybody as the page is. */
    static final String PARTS = "/_mock/dashboard/";

    private static final String RESOURCES = Documentation.PAGE + "dashboard/";
    private static final String EXAMPLES = "signed-examples.json";
    private static final Pattern NAME = Pattern.compile("[a-z]+(?:-[a-z]+)*\\.(css|js|svg)");
    private static final Map<String, String> TYPES =
            Map.of("css", "text/css; charset=utf-8", "js", "text/javascript; charset=utf-8", "svg", "image/svg+xml");

    private Dashboard() {}

    static void register(JavalinDefaultRoutingApi routes) {
        String page = ControlApiRoutes.GET_DASHBOARD.path();
        routes.get(page, context -> send(context, RESOURCES + "index.html", "text/html; charset=utf-8"));
        routes.get(page.substring(0, page.length() - 1), context -> context.redirect(page));
        routes.get(PARTS + EXAMPLES, context -> send(context, "META-INF/ebike-charge/" + EXAMPLES, "application/json"));
        routes.get(PARTS + "{name}", context -> {
            Matcher name = NAME.matcher(context.pathParam("name"));
            if (!name.matches()) {
                throw new NotFoundResponse("The page has no such part");
            }
            send(context, RESOURCES + name.group(), TYPES.getOrDefault(name.group(1), ""));
        });
    }

    /** What a client sent is shown on it: no script runs and no host is asked but the page's own. */
    private static void send(Context context, String resource, String type) throws IOException {
        context.header("Cache-Control", "no-cache")
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                                + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
                .header("Referrer-Policy", "same-origin")
                .header("X-Content-Type-Options", "nosniff");
        Documentation.send(context, resource, type);
    }

    /**
     * Leads a browser that asks the gateway for {@code /} to the page. Whoever else asks is answered as ever.
     *
     * @param port the control API's, where that is another; else 0
     */
    public static void leadThere(JavalinDefaultRoutingApi routes, IntSupplier port) {
        routes.before("/", context -> {
            String accept = context.header("Accept");
            if (context.method().equals(HandlerType.GET) && accept != null && accept.contains("text/html")) {
                String page = ControlApiRoutes.GET_DASHBOARD.path();
                context.redirect(elsewhere(context, port.getAsInt()) + page);
                context.skipRemainingHandlers();
            }
        });
    }

    private static String elsewhere(Context context, int port) {
        return port == 0 ? "" : "http://%s:%d".formatted(context.req().getServerName(), port);
    }
}

package io.github.ebikecharge.mock.control;

import io.github.ebikecharge.mock.generated.control.ControlApiRoutes;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.UnauthorizedResponse;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.List;
import java.util.Set;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Lets those use the control API who send the token; what tells and changes nothing is open. */
final class ControlAccess implements Handler {
    private static final String SCHEME = "Bearer ";
    private static final Set<String> OPEN = Set.of(
            ControlApiRoutes.GET_DASHBOARD.path(),
            ControlApiRoutes.GET_HEALTH.path(),
            ControlApiRoutes.GET_DOCUMENT.path());

    private final byte[] token;

    ControlAccess(String token) {
        this.token = token.getBytes(UTF_8);
    }

    @Override
    public void handle(Context context) {
        if (isOpen(context.path())) {
            return;
        }
        List<String> given = Collections.list(context.req().getHeaders("Authorization"));
        String authorization = given.size() == 1 ? given.get(0) : "";
        boolean bearer = authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        if (!bearer || !isToken(authorization.substring(SCHEME.length()).strip())) {
            context.header("WWW-Authenticate", "Bearer");
            throw new UnauthorizedResponse((bearer ? "This is not the control token" : "The control token is missing")
                    + ". Send the header Authorization: Bearer TOKEN; the token was given to the mock when it"
                    + " started, or printed by it");
        }
    }

    private static boolean isOpen(String path) {
        String page = ControlApiRoutes.GET_DOCUMENTATION.path();
        return OPEN.contains(path)
                || path.equals(page)
                || path.startsWith(page + "/")
                || path.startsWith(Dashboard.PARTS);
    }

    private boolean isToken(String sent) {
        return MessageDigest.isEqual(token, sent.getBytes(UTF_8));
    }
}

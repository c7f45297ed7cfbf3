package io.github.ebikecharge.mock.control;

import io.github.ebikecharge.mock.generated.control.ControlApiRoutes;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/** Serves the control API's document, and a page to read it and try it out. */
final class Documentation {
    /** What a browser is served from: in a jar of its own, which an embedded mock does without. */
    static final String PAGE = "META-INF/ebike-charge/page/";

    private static final String WEBJAR = "META-INF/maven/org.webjars/swagger-ui/pom.properties";
    private static final Map<String, String> ASSETS =
            Map.of("swagger-ui.css", "text/css", "swagger-ui-bundle.js", "text/javascript");
    private static final ClassLoader CLASS_PATH = Documentation.class.getClassLoader();

    /** By name, as long as somebody reads them or there is room. */
    private static final Map<String, SoftReference<byte[]>> READ = new ConcurrentHashMap<>();

    private Documentation() {}

    static void register(JavalinDefaultRoutingApi routes) {
        String page = ControlApiRoutes.GET_DOCUMENTATION.path();
        routes.get(
                ControlApiRoutes.GET_DOCUMENT.path(),
                context -> send(context, "META-INF/openapi/mock-control.yaml", "application/yaml"));
        routes.get(page, context -> {
            webJarVersion();
            send(context, PAGE + "docs.html", "text/html; charset=utf-8");
        });
        ASSETS.forEach((name, type) -> routes.get(
                page + "/" + name,
                context -> send(
                        context,
                        "META-INF/resources/webjars/swagger-ui/%s/%s".formatted(webJarVersion(), name),
                        type)));
    }

    private static String webJarVersion() throws IOException {
        try (InputStream properties = CLASS_PATH.getResourceAsStream(WEBJAR)) {
            if (properties == null) {
                throw new NotFoundResponse(
                        "The page needs org.webjars:swagger-ui on the class path, as the runnable jar"
                                + " has it; the document itself is at " + ControlApiRoutes.GET_DOCUMENT.path());
            }
            Properties webJar = new Properties();
            webJar.load(properties);
            return webJar.getProperty("version");
        }
    }

    static void send(Context context, String resource, String contentType) throws IOException {
        SoftReference<byte[]> read = READ.get(resource);
        byte[] bytes = read == null ? null : read.get();
        if (bytes == null) {
            bytes = read(resource);
            READ.put(resource, new SoftReference<>(bytes));
        }
        LongAnswers.sendShared(context.contentType(contentType), bytes);
    }

    private static byte[] read(String resource) throws IOException {
        try (InputStream content = CLASS_PATH.getResourceAsStream(resource)) {
            if (content == null) {
                throw new NotFoundResponse(
                        ("The page has its own jar: put io.github.ebikecharge:ebike-charge-mock-server with the"
                                        + " classifier page on the class path, or start the runnable jar (%s is missing)")
                                .formatted(resource));
            }
            return content.readAllBytes();
        }
    }
}

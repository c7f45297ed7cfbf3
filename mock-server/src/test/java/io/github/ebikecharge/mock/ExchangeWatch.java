package io.github.ebikecharge.mock;

import io.github.ebikecharge.api.OpenApiDocument;
import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Holds every exchange of every mock in the tests to the document that it belongs to, in both directions: what is answered
 * with success was asked as documented, and every answer is one that is documented. A test that leads to another exchange
 * fails. JUnit finds it by itself, in every module that has this test jar.
 */
public final class ExchangeWatch implements LauncherSessionListener, AfterEachCallback, AfterAllCallback {
    private static final OpenApiDocument GATEWAY =
            OpenApiDocument.ofResource(ConfirmChargeRequest.class, "/META-INF/openapi/ebike-charge.yaml");
    private static final OpenApiDocument CONTROL =
            OpenApiDocument.ofResource(MockWechatPayServer.class, "/META-INF/openapi/mock-control.yaml");
    /** What the page and the document's page are made of, where they are, and that they are there. */
    private static final Pattern OF_THE_PAGE = Pattern.compile(
            "(GET|HEAD) /_mock/(dashboard|docs)/[a-z0-9./-]+ -> (200|304)|GET / -> 302|HEAD /_mock/[a-z.]+ -> 200");

    private static final Queue<String> FAULTS = new ConcurrentLinkedQueue<>();
    private static final Map<String, LongAdder> HELD = new ConcurrentHashMap<>();
    private static final Set<Method> PASSED = ConcurrentHashMap.newKeySet();
    /** Of a test with parameters one is enough. */
    private static final Set<Method> FAILED = ConcurrentHashMap.newKeySet();

    private static final Set<Exemption> USED = ConcurrentHashMap.newKeySet();

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        HttpServer.watch = () -> new WatchingHandler(ExchangeWatch::ended);
    }

    /** Jetty would keep what is thrown here to itself. */
    private static void ended(WatchedExchange exchange) {
        try {
            faults(exchange).forEach(fault -> FAULTS.add(exchange + ": " + fault));
        } catch (RuntimeException | Error e) {
            FAULTS.add(exchange + ": cannot be held to the document: " + e);
        }
    }

    /** What an exchange does not keep of the document that it belongs to. */
    static List<String> faults(WatchedExchange exchange) {
        boolean ofControl = exchange.path().startsWith("/_mock");
        OpenApiDocument document = ofControl ? CONTROL : GATEWAY;
        Optional<OpenApiDocument.Operation> operation = document.operation(exchange.method(), exchange.target());
        if (operation.isEmpty()) {
            count("no operation of the documents");
            return isRefusal(exchange, ofControl)
                            || OF_THE_PAGE.matcher(exchange.toString()).matches()
                    ? List.of()
                    : List.of("is no operation of the document");
        }
        count(operation.get().id());
        List<String> faults = new ArrayList<>();
        boolean passedTheChecks = List.of(403, 429).contains(exchange.status()) && !ofControl;
        if (exchange.status() < 300 || passedTheChecks) {
            document.faultsOfRequest(
                            operation.get(), exchange.target(), exchange.requestHeaders()::get, exchange.requestBody())
                    .forEach(fault -> faults.add("request: " + fault));
        }
        if (exchange.isWhole()) {
            String answer = new String(exchange.answerBody(), UTF_8);
            document.faultsOfAnswer(operation.get(), exchange.status(), exchange.answerHeaders()::get, answer)
                    .forEach(fault -> faults.add("answer: " + fault));
            answer.lines()
                    .filter(line -> line.startsWith("data: ") && line.endsWith("}"))
                    .flatMap(line -> document.faults("Event", line.substring(6)).stream())
                    .forEach(fault -> faults.add("event: " + fault));
        } else {
            count("cut short, on purpose or by the caller: the request alone is held");
        }
        return faults;
    }

    private static boolean isRefusal(WatchedExchange exchange, boolean ofControl) {
        return ofControl
                ? List.of(401, 403, 404, 405).contains(exchange.status())
                : List.of(400, 404, 405).contains(exchange.status()) && exchange.answerBody().length == 0;
    }

    private static void count(String kind) {
        HELD.computeIfAbsent(kind, new_ -> new LongAdder()).increment();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        (context.getExecutionException().isEmpty() ? PASSED : FAILED).add(context.getRequiredTestMethod());
        report(context.getRequiredTestClass());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        report(context.getRequiredTestClass());
        List<Exemption> unused = Exemption.unused(context.getRequiredTestClass(), passed(PASSED, FAILED), USED);
        if (!unused.isEmpty()) {
            throw new AssertionError("No test needs these any more: take them out: " + unused);
        }
    }

    /** The tests that passed, each with all its parameters. */
    static Set<Method> passed(Set<Method> passed, Set<Method> failed) {
        Set<Method> whole = new HashSet<>(passed);
        whole.removeAll(failed);
        return whole;
    }

    private static void report(Class<?> testClass) {
        List<String> faults = new ArrayList<>();
        for (String fault = FAULTS.poll(); fault != null; fault = FAULTS.poll()) {
            Optional<Exemption> exemption = Exemption.of(testClass, fault);
            if (exemption.isPresent()) {
                USED.add(exemption.get());
                count("exempt: " + exemption.get().reason());
            } else {
                faults.add(fault);
            }
        }
        if (!faults.isEmpty()) {
            throw new AssertionError("Not as documented:\n" + String.join("\n", faults));
        }
    }

    /** Says how many were held; what other engines' tests led to is told here at the latest. */
    @Override
    public void launcherSessionClosed(LauncherSession session) {
        HttpServer.watch = () -> null;
        if (!HELD.isEmpty()) {
            System.out.println("Exchanges held to the documents: " + new TreeMap<>(HELD));
        }
        report(ExchangeWatch.class);
    }
}

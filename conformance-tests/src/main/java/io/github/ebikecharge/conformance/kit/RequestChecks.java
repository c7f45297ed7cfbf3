package io.github.ebikecharge.conformance.kit;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BinaryNode;
import io.github.ebikecharge.api.wire.AuthorizationHeader;
import io.github.ebikecharge.api.wire.SignatureVerificationException;
import io.github.ebikecharge.api.wire.SignedMessage;
import io.github.ebikecharge.api.wire.Verifier;
import io.github.ebikecharge.api.wire.WechatPayHeaders;
import io.github.ebikecharge.conformance.kit.Exchange.Request;
import io.github.ebikecharge.conformance.kit.Result.Finding;
import io.github.ebikecharge.conformance.kit.Result.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What holds for every request of a client: looked for in all that the hostile gateway was sent. */
final class RequestChecks {

    /** A rule, which requests it speaks of, and what is wrong with the first of them that does not keep it. */
    private record RequestCheck(Check check, Kind kind, Function<Exchange, Optional<String>> fault) {}

    /** Which requests a rule speaks of, and what is said where none of these came. */
    private record Kind(Predicate<Request> test, String lack) {}

    private static final JsonMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final Kind ANY = new Kind(request -> true, "no request came");
    private static final Kind SIGNED = new Kind(
            request -> authorization(request).isPresent(), "no request with an Authorization that could be read came");
    private static final Kind WITH_BODY = new Kind(request -> request.body().length > 0, "no request with a body came");
    private static final Kind WITH_SERIAL = new Kind(
            request -> !request.header(WechatPayHeaders.SERIAL)
                    .orElse("")
                    .isEmpty(), // the official SDK sends an empty one
            "no request with a Wechatpay-Serial came");
    private static final Kind CONFIRM = new Kind(HostileGateway::isConfirm, "no confirm came");

    private final GatewayKeys keys;
    private final List<RequestCheck> checks = new ArrayList<>();
    private final Set<String> nonces = new HashSet<>();
    private final Map<String, Request> firsts = new HashMap<>();

    private RequestChecks(GatewayKeys keys, List<Exchange> exchanges) {
        this.keys = keys;
        Set<String> targets = new HashSet<>();
        Set<String> repeated = new HashSet<>();
        exchanges.stream()
                .map(Exchange::request)
                .filter(WITH_BODY.test)
                .map(Request::target)
                .filter(target -> !targets.add(target))
                .forEach(repeated::add);
        add(
                "request.authorization",
                "Every request has a well-formed Authorization",
                Sources.AUTHORIZATION,
                ANY,
                this::form);
        add(
                "request.signature",
                "The signature is the merchant's, over the target and the body exactly as they are sent",
                Sources.SIGNING,
                ANY,
                this::signature);
        checks.add(new RequestCheck(
                check(
                        "request.time",
                        "It was signed less than five minutes ago",
                        Sources.AUTHORIZATION,
                        Basis.DOCUMENTED),
                SIGNED,
                RequestChecks::time));
        add("request.nonce", "No nonce is used twice", Sources.AUTHORIZATION, Basis.ASSUMED, SIGNED, this::nonce);
        add(
                "request.accept",
                "Accept is application/json",
                Sources.BASIC_RULES,
                ANY,
                request -> header(request, "Accept", "application/json"));
        add(
                "request.user-agent",
                "User-Agent says who calls",
                Sources.BASIC_RULES,
                ANY,
                request -> header(request, "User-Agent", ""));
        add(
                "request.content-type",
                "A body has Content-Type application/json",
                Sources.BASIC_RULES,
                WITH_BODY,
                request -> header(request, "Content-Type", "application/json"));
        add(
                "request.serial",
                "Wechatpay-Serial, where it is sent, names a key of the platform",
                Sources.SWITCHING,
                WITH_SERIAL,
                this::serial);
        add(
                "request.body",
                "The body of a confirm is what the contract asks for",
                "ebike-charge.yaml, ConfirmChargeRequest",
                CONFIRM,
                RequestChecks::schema);
        add(
                "request.repeat",
                "A repeat has the values of the first request",
                Sources.STATUSES,
                new Kind(request -> repeated.contains(request.target()), "no request came twice"),
                this::repeat);
    }

    /** Looks at them in the order in which they came. */
    static List<Result> results(GatewayKeys keys, Profile profile, List<Exchange> exchanges) {
        return new RequestChecks(keys, exchanges)
                .checks.stream()
                        .filter(check -> profile.looksAt(check.check.basis()))
                        .map(check -> result(check, profile, exchanges))
                        .toList();
    }

    private static Result result(RequestCheck check, Profile profile, List<Exchange> exchanges) {
        List<Exchange> looked = exchanges.stream()
                .filter(exchange -> check.kind.test.test(exchange.request()))
                .toList();
        if (looked.isEmpty()) {
            return new Result(
                    check.check, Outcome.NOT_APPLICABLE, List.of(new Finding(check.kind.lack, "", List.of())));
        }
        for (Exchange exchange : looked) {
            Optional<String> fault = check.fault.apply(exchange);
            if (fault.isPresent()) {
                return new Result(
                        check.check,
                        profile.onlyWarns(check.check.basis()) ? Outcome.WARNING : Outcome.DEVIATION,
                        List.of(new Finding(fault.get(), "", List.of(exchange))));
            }
        }
        return new Result(check.check, Outcome.KEPT, List.of(), looked);
    }

    private void add(String id, String rule, String source, Kind kind, Function<Request, Optional<String>> fault) {
        add(id, rule, source, Basis.DOCUMENTED, kind, fault);
    }

    private void add(
            String id, String rule, String source, Basis basis, Kind kind, Function<Request, Optional<String>> fault) {
        checks.add(new RequestCheck(check(id, rule, source, basis), kind, exchange -> fault.apply(exchange.request())));
    }

    private static Check check(String id, String rule, String source, Basis basis) {
        return new Check(id, rule, Sources.of(source), basis, trial -> {});
    }

    private static Optional<String> header(Request request, String name, String start) {
        return request.header(name)
                .filter(value -> !value.isBlank() && value.startsWith(start))
                .map(value -> Optional.<String>empty())
                .orElseGet(() -> Optional.of(request.header(name)
                        .map(value -> "%s is \"%s\"".formatted(name, value))
                        .orElse("there is no " + name)));
    }

    private static Optional<AuthorizationHeader> authorization(Request request) {
        try {
            return Optional.of(AuthorizationHeader.parse(
                    request.header(WechatPayHeaders.AUTHORIZATION).orElse(null)));
        } catch (SignatureVerificationException e) {
            return Optional.empty(); // the check of the form tells
        }
    }

    private Optional<String> form(Request request) {
        try {
            AuthorizationHeader.parse(
                    request.header(WechatPayHeaders.AUTHORIZATION).orElse(null));
            return Optional.empty();
        } catch (SignatureVerificationException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Optional<String> signature(Request request) {
        Optional<AuthorizationHeader> sent = authorization(request);
        if (sent.isEmpty()) {
            return Optional.of("there is no signature that could be read");
        }
        AuthorizationHeader header = sent.get();
        if (!header.mchid().equals(keys.merchant().mchid())
                || !header.serialNo().equals(keys.merchant().serialNo())) {
            return Optional.of("mchid and serial_no are not those that this gateway handed out");
        }
        try {
            header.scheme()
                    .verify(
                            keys.merchantCertificate().getPublicKey(),
                            SignedMessage.ofRequest(
                                    request.method(),
                                    request.target(),
                                    header.timestamp(),
                                    header.nonceStr(),
                                    request.body()),
                            header.signature());
            return Optional.empty();
        } catch (SignatureVerificationException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> time(Exchange exchange) {
        return authorization(exchange.request())
                .map(header -> Math.abs(exchange.at().getEpochSecond() - header.timestamp()))
                .filter(seconds -> seconds > Verifier.MAX_CLOCK_SKEW.toSeconds())
                .map("its timestamp was %d seconds from this machine's clock"::formatted);
    }

    private Optional<String> nonce(Request request) {
        return authorization(request)
                .map(AuthorizationHeader::nonceStr)
                .filter(nonce -> !nonces.add(nonce))
                .map("the nonce has been used before: "::concat);
    }

    private Optional<String> serial(Request request) {
        return request.header(WechatPayHeaders.SERIAL)
                .filter(serial -> !serial.equals(GatewayKeys.PUBLIC_KEY_ID) && !serial.equals(keys.platformSerial()))
                .map("it names a key that this gateway does not have: "::concat);
    }

    private static Optional<String> schema(Request request) {
        return Schemas.faults("ConfirmChargeRequest", new String(request.body(), UTF_8)).stream()
                .findFirst();
    }

    private Optional<String> repeat(Request request) {
        Request first = firsts.putIfAbsent(request.target(), request);
        return first == null || values(first).equals(RequestChecks::compare, values(request))
                ? Optional.empty()
                : Optional.of("the values are others than in the first request to %s: %s"
                        .formatted(request.target(), new String(first.body(), UTF_8)));
    }

    /** 1 and 1.0 are one value. */
    private static int compare(JsonNode one, JsonNode other) {
        return one.isNumber() && other.isNumber()
                ? one.decimalValue().compareTo(other.decimalValue())
                : one.equals(other) ? 0 : 1;
    }

    /** The body as JSON, whatever the order of its keys; its bytes if it is none. */
    private static JsonNode values(Request request) {
        try {
            return EXACT.readTree(request.body());
        } catch (IOException e) {
            return BinaryNode.valueOf(request.body());
        }
    }
}

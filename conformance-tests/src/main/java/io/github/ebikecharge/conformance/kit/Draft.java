package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.api.wire.MerchantCredentials;
import io.github.ebikecharge.conformance.kit.Exchange.Header;
import io.github.ebikecharge.conformance.kit.Exchange.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A request that is being written, and is as it should be wherever nothing else is said. */
final class Draft {
    private final String method;
    private final String target;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private byte[] body;
    private @Nullable Consumer<Authorization> signing = authorization -> {};
    private boolean rightlySigned = true;

    Draft(String host, String method, String target, byte[] body) {
        this.method = method;
        this.target = target;
        this.body = body;
        headers.put("Host", host);
        headers.put("User-Agent", "ebike-charge-conformance-tests");
        headers.put("Accept", "application/json");
        if (method.equals("POST")) {
            headers.put("Content-Type", "application/json");
        }
    }

    Draft header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    Draft without(String header) {
        headers.remove(header);
        return this;
    }

    Draft body(String text) {
        body = text.getBytes(UTF_8);
        return this;
    }

    /** Without any Authorization. */
    Draft unsigned() {
        signing = null;
        rightlySigned = false;
        return this;
    }

    /** With an Authorization that is no signature of this request. */
    Draft wronglySigned(Consumer<Authorization> mistake) {
        signing = mistake;
        rightlySigned = false;
        return this;
    }

    /** With an Authorization that verifies, written in another way than usual. */
    Draft signed(Consumer<Authorization> variation) {
        signing = variation;
        return this;
    }

    byte[] body() {
        return body;
    }

    Request sign(MerchantCredentials merchant, long now) {
        List<Header> lines = new ArrayList<>();
        headers.forEach((name, value) -> lines.add(new Header(name, value)));
        if (method.equals("POST") || body.length > 0) {
            lines.add(new Header("Content-Length", Integer.toString(body.length)));
        }
        if (signing != null) {
            String value = Authorization.of(merchant, now, method, target, body, signing);
            lines.add(new Header("Authorization", value));
        }
        return new Request(method, target, lines, body, rightlySigned);
    }
}

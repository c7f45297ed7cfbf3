package io.github.ebikecharge.conformance.kit;

import java.util.List;

/** What holds below the protocol: routes, methods, connections. */
final class TransportChecks {
    private static final byte[] NOTHING = {};

    private TransportChecks() {}

    static void add(Rules rules) {
        rules.seen(
                "transport.keep-alive",
                "A connection serves one request after the other",
                Sources.SUCCESS_AS_SEEN,
                t -> t.sendTogether(List.of(t.certificates(), t.confirm(), t.certificates()))
                        .get(1)
                        .accepted());
        rules.seen(
                "transport.unknown-route",
                "An unknown route answers 404 without a body, before any credentials are looked at",
                Sources.STATUSES,
                t -> t.send(t.draft("GET", "/v3/no/such/route", NOTHING).unsigned())
                        .status(404)
                        .body("")
                        .isUnsigned());
        rules.seen(
                "transport.other-method",
                "A known route answers 405 without a body to another method, before any credentials are looked at",
                Sources.STATUSES,
                t -> t.send(t.draft("GET", Trial.confirmTarget(t.server().contractId), NOTHING)
                                .unsigned())
                        .status(405)
                        .body("")
                        .isUnsigned());
        rules.assumed(
                "transport.head",
                "HEAD is another method as well: 405",
                Sources.STATUSES,
                t -> t.send(t.draft("HEAD", Trial.confirmTarget(t.server().contractId), NOTHING)
                                .unsigned())
                        .status(405));
        rules.assumed( // no dump shows how the gateway would sign what it compresses
                "transport.gzip-offered",
                "Where a client offers gzip, the answer is not compressed, and signed as ever",
                Sources.VERIFYING,
                t -> {
                    Reply reply = t.send(t.confirm().header("Accept-Encoding", "gzip"))
                            .status(200);
                    if (reply.header("Content-Encoding").isEmpty()) {
                        reply.verifies();
                    } else {
                        reply.finding("expected no compression, which no answer in production had", "Content-Encoding");
                    }
                });
    }
}

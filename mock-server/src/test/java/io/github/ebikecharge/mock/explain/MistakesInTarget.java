package io.github.ebikecharge.mock.explain;

import java.util.List;

/** Another path or query signed than sent. */
final class MistakesInTarget {
    private static final String PLAIN = "/v3/ebike/charge/contracts/contract-ok/confirm";
    private static final String ESCAPED = "/v3/ebike/charge/contracts/a%20b%E4%B8%AD/confirm";
    private static final String QUERY = "/v3/bills?bill_date=2019-06-11&algorithm_type=A%2FB";

    private MistakesInTarget() {}

    private static Mistake mistake(String sent, String signed, Cause cause) {
        return new Mistake(signed, new Attempt().target(sent).signingTarget(signed), cause);
    }

    static List<Mistake> mistakes() {
        return List.of(
                mistake(ESCAPED, "/v3/ebike/charge/contracts/a b中/confirm", Cause.TARGET_DECODED),
                mistake(ESCAPED, ESCAPED.replace("E4%B8%AD", "e4%b8%ad"), Cause.TARGET_ENCODED_OTHERWISE),
                mistake(ESCAPED.replace("E4%B8%AD", "e4%b8%ad"), ESCAPED, Cause.TARGET_ENCODED_OTHERWISE),
                mistake(ESCAPED, ESCAPED.replace("%20", "+"), Cause.TARGET_ENCODED_OTHERWISE),
                mistake(ESCAPED, ESCAPED.replace("%", "%25"), Cause.TARGET_ENCODED_OTHERWISE),
                mistake(PLAIN, PLAIN.replace("/", "%2F"), Cause.TARGET_ENCODED_OTHERWISE),
                mistake(QUERY, "/v3/bills", Cause.QUERY_MISSING),
                mistake(PLAIN, PLAIN + "?", Cause.QUERY_MARK_ADDED),
                mistake(QUERY, "/v3/bills?algorithm_type=A%2FB&bill_date=2019-06-11", Cause.QUERY_REORDERED),
                mistake(QUERY, "/v3/bills?bill_date=2019-06-11&algorithm_type=A/B", Cause.QUERY_DECODED),
                mistake(PLAIN, "https://api.mch.weixin.qq.com" + PLAIN, Cause.TARGET_WITH_HOST),
                mistake(PLAIN, "http://localhost:8080" + PLAIN, Cause.TARGET_WITH_HOST),
                mistake(PLAIN, "https://localhost" + PLAIN, Cause.TARGET_WITH_HOST),
                mistake(PLAIN, PLAIN.substring(1), Cause.TARGET_SLASHES_CHANGED),
                mistake(PLAIN, PLAIN + "/", Cause.TARGET_SLASHES_CHANGED),
                mistake(PLAIN, "/" + PLAIN, Cause.TARGET_SLASHES_CHANGED),
                mistake(PLAIN, PLAIN.replace("contract-ok", "{contract_id}"), Cause.TARGET_TEMPLATE),
                mistake(PLAIN, PLAIN.substring(3), Cause.TARGET_PREFIX_MISSING),
                mistake(PLAIN, PLAIN + "#", Cause.TARGET_WITH_FRAGMENT),
                mistake(PLAIN, "", Cause.LINE_EMPTY),
                mistake(
                        PLAIN.replace("contract-ok", "Contract"),
                        PLAIN.replace("contract-ok", "contract"),
                        Cause.TARGET_CASE_CHANGED));
    }
}

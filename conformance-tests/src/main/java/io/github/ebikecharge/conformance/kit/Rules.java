package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.conformance.kit.Check.Probe;
import java.util.ArrayList;
import java.util.List;

/** Every check there is, group by group. */
final class Rules {
    private final List<Check> checks = new ArrayList<>();

    private Rules() {}

    static List<Check> all() {
        Rules rules = new Rules();
        SigningChecks.add(rules);
        AnswerSignatureChecks.add(rules);
        RefusalChecks.add(rules);
        CatalogueChecks.add(rules);
        DataChecks.add(rules);
        TransportChecks.add(rules);
        CertificateChecks.add(rules);
        ObservedChecks.add(rules); // last: they look at all that the others have exchanged
        return List.copyOf(rules.checks);
    }

    void documented(String id, String rule, String source, Probe probe) {
        add(id, rule, source, Basis.DOCUMENTED, probe);
    }

    void seen(String id, String rule, String source, Probe probe) {
        add(id, rule, source, Basis.SEEN, probe);
    }

    void assumed(String id, String rule, String source, Probe probe) {
        add(id, rule, source, Basis.ASSUMED, probe);
    }

    private void add(String id, String rule, String source, Basis basis, Probe probe) {
        checks.add(new Check(id, rule, Sources.of(source), basis, probe));
    }
}

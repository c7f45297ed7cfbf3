package io.github.ebikecharge.conformance.kit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ebikecharge.api.wire.Certificates;
import io.github.ebikecharge.api.wire.Pem;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.conformance.kit.Result.Outcome;
import io.github.ebikecharge.conformance.kit.TeamStub.Flaw;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What the kit sees only where a server signs wrongly on purpose, or two of its certificates sign. */
class ProbesAndRotationTest {
    private static final GatewayKeys KEYS = new GatewayKeys();
    private static SelfSigned older;
    private static SelfSigned newer;

    @TempDir
    private Path directory;

    private KitRun kit;

    @BeforeAll
    static void make() {
        older = SelfSigned.of("Tenpay.com sign");
        newer = SelfSigned.of("Tenpay.com sign");
    }

    @BeforeEach
    void begin() {
        kit = new KitRun(directory);
    }

    @Test
    void findsThatTheRepeatOfAProbeIsAProbeAsWell() throws Exception {
        assertThat(deviationsOf(Flaw.PROBES_THE_REPEAT, List.of(older))).containsExactly("probes.repeat-verifies");
        assertThat(kit.out()).containsOnlyOnce("the repeat is answered with a wrong signature on purpose as well");
    }

    @Test
    void findsThatACertificateSignsThatIsNotListed() throws Exception {
        assertThat(deviationsOf(Flaw.LISTS_ALL_BUT_ONE, List.of(older, newer)))
                .containsExactly("rotation.every-certificate-listed");
        assertThat(kit.out())
                .containsOnlyOnce("signs, and is not in the list: ")
                .contains("signs, and is not in the list: " + Certificates.serialNo(older.certificate()));
    }

    @Test
    void findsNothingInCertificatesThatSignInTurnAndAreListed() throws Exception {
        assertThat(deviationsOf(Flaw.NONE, List.of(older, newer))).as(kit.out()).isEmpty();
        assertThat(kit.ids(Outcome.KEPT)).contains("rotation.every-certificate-listed", "keys.certificate");
    }

    private List<String> deviationsOf(Flaw flaw, List<SelfSigned> certificates) throws Exception {
        ObjectNode credentials = WireJson.read(WireJson.write(KEYS.toJson("")), ObjectNode.class);
        credentials.remove(List.of("platform_public_key_id", "platform_public_key"));
        ArrayNode known = credentials.putArray("platform_certificates");
        certificates.forEach(each -> known.addObject().put("certificate", Pem.write(each.certificate())));
        try (TeamStub stub =
                TeamStub.withCertificates(flaw, KEYS.merchantCertificate(), certificates, GatewayKeys.API_V3_KEY)) {
            int status = kit.against(stub.url(), WireJson.write(credentials), Profile.lenient);

            List<String> deviations = kit.ids("failure");
            assertThat(status).isEqualTo(deviations.isEmpty() ? 0 : 1);
            return deviations;
        }
    }
}

package io.github.ebikecharge.mock.control;

import io.github.ebikecharge.api.wire.Certificates;
import io.github.ebikecharge.api.wire.MerchantCredentials;
import io.github.ebikecharge.api.wire.Pem;
import io.github.ebikecharge.mock.demo.DemoKeys;
import io.github.ebikecharge.mock.explain.Cause;
import io.github.ebikecharge.mock.gateway.PlatformKeys;
import io.github.ebikecharge.mock.generated.control.ControlApi;
import io.github.ebikecharge.mock.model.Explanation;
import io.github.ebikecharge.mock.model.ExplanationText;
import io.github.ebikecharge.mock.model.Fault;
import io.github.ebikecharge.mock.model.Health;
import io.github.ebikecharge.mock.model.MockConfiguration;
import io.github.ebikecharge.mock.model.MockCredentials;
import io.github.ebikecharge.mock.model.PlatformCertificateEntry;
import io.github.ebikecharge.mock.model.RequestDetail;
import io.github.ebikecharge.mock.model.RequestList;
import io.javalin.http.NotFoundResponse;
import java.security.cert.X509Certificate;

/** What the control API does. */
public final class Control implements ControlApi {
    private final DemoKeys demoKeys;
    private final PlatformKeys platformKeys;
    private final Settings settings;
    private final Journal journal;

    /** Controls a mock with these keys. */
    public Control(DemoKeys demoKeys, PlatformKeys platformKeys, Settings settings, Journal journal) {
        this.demoKeys = demoKeys;
        this.platformKeys = platformKeys;
        this.settings = settings;
        this.journal = journal;
    }

    @Override
    public Health getHealth() {
        return new Health("UP");
    }

    @Override
    public MockCredentials getCredentials() {
        MerchantCredentials merchant = demoKeys.merchant();
        return new MockCredentials(
                merchant.mchid(),
                merchant.serialNo(),
                Pem.write(merchant.privateKey()),
                Pem.write(demoKeys.merchantCertificate()),
                DemoKeys.API_V3_KEY,
                platformKeys.certificates().stream().map(Control::entry).toList(),
                platformKeys.publicKeyId(),
                Pem.write(platformKeys.publicKey()));
    }

    private static PlatformCertificateEntry entry(X509Certificate certificate) {
        return new PlatformCertificateEntry(Certificates.serialNo(certificate), Pem.write(certificate));
    }

    @Override
    public MockConfiguration getConfiguration() {
        return settings.current();
    }

    @Override
    public MockConfiguration setConfiguration(MockConfiguration configuration) {
        settings.replace(configuration);
        return settings.current();
    }

    @Override
    public MockConfiguration addFault(Fault fault) {
        settings.add(fault);
        return settings.current();
    }

    @Override
    public void removeFaults() {
        settings.faults().clear();
    }

    @Override
    public RequestList listRequests() {
        return new RequestList(
                journal.entries().stream().map(Journal.Entry::summary).toList());
    }

    @Override
    public void forgetRequests() {
        journal.clear();
    }

    @Override
    public RequestDetail getRequest(String id) {
        return entry(id).detail();
    }

    @Override
    public Explanation explainRequest(String id) {
        var explanation = journal.explain(entry(id));
        return Explanation.builder()
                .cause(explanation.cause().wireName())
                .also(explanation.also().stream().map(Cause::wireName).toList())
                .text(new ExplanationText(
                        explanation.text().en(), explanation.text().zh()))
                .expectedMessage(explanation.expectedMessage())
                .signedMessage(explanation.signedMessage())
                .build();
    }

    private Journal.Entry entry(String id) {
        return journal.find(id)
                .orElseThrow(() -> new NotFoundResponse("The journal holds no request " + id
                        + "; it never came, was forgotten, or left when newer ones came"));
    }
}

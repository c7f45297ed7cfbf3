package io.github.ebikecharge.mock.control;

import io.github.ebikecharge.api.wire.MerchantCredentials;
import io.github.ebikecharge.api.wire.Signer;
import io.github.ebikecharge.mock.generated.control.SigningApi;
import io.github.ebikecharge.mock.model.RequestSignature;
import io.github.ebikecharge.mock.model.RequestToSign;
import java.time.Clock;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Signs for callers that cannot. */
public final class Signing implements SigningApi {
    private final MerchantCredentials merchant;
    private final Signer signer;

    /** Signs as {@code merchant}, by the mock's clock. */
    public Signing(MerchantCredentials merchant, Clock clock) {
        this.merchant = merchant;
        this.signer = new Signer(merchant.serialNo(), merchant.privateKey(), clock);
    }

    @Override
    public RequestSignature sign(RequestToSign request) {
        return new RequestSignature(signer.signRequest(
                        merchant.mchid(),
                        request.method(),
                        request.target(),
                        request.body().getBytes(UTF_8))
                .toHeaderValue());
    }
}

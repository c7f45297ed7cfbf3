package io.github.ebikecharge.mock.explain;

import io.github.ebikecharge.api.wire.AuthorizationHeader;
import io.github.ebikecharge.api.wire.SignatureScheme;
import io.github.ebikecharge.api.wire.SignatureVerificationException;
import io.github.ebikecharge.api.wire.SignedMessage;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** An SM2 signature (国密): it verifies or not, and reveals nothing of what was signed. */
final class Sm2Reading {
    private final AuthorizationHeader header;
    private final ReceivedRequest request;

    private Sm2Reading(AuthorizationHeader header, ReceivedRequest request) {
        this.header = header;
        this.request = request;
    }

    /** Empty if the request is not signed with SM2, or its header cannot be read. */
    static Optional<Sm2Reading> of(ReceivedRequest request) {
        try {
            AuthorizationHeader header = AuthorizationHeader.parse(request.authorization());
            return header.scheme() == SignatureScheme.SM2_WITH_SM3
                    ? Optional.of(new Sm2Reading(header, request))
                    : Optional.empty();
        } catch (SignatureVerificationException e) {
            return Optional.empty();
        }
    }

    /** What is wrong with serial number, merchant number or signature. */
    List<Finding> findings(Collection<KnownKey> keys) {
        List<KnownKey> sm2 = keys.stream()
                .filter(key -> key.key().getAlgorithm().equals("EC"))
                .toList();
        Optional<KnownKey> signer = sm2.stream().filter(this::verifies).findFirst();
        boolean named = sm2.stream()
                .anyMatch(key ->
                        key.serial().equals(header.serialNo()) && header.mchid().equals(key.mchid()));
        return signer.isEmpty() && named
                ? List.of(Cause.SM2_SIGNATURE_WRONG.found(header.serialNo()))
                : new Identity(sm2, header.mchid(), header.serialNo()).findings(signer, request.body());
    }

    private boolean verifies(KnownKey key) {
        SignedMessage message = SignedMessage.ofRequest(
                request.method(), request.target(), header.timestamp(), header.nonceStr(), request.body());
        try {
            header.scheme().verify(key.key(), message, header.signature());
            return true;
        } catch (SignatureVerificationException e) {
            return false;
        }
    }
}

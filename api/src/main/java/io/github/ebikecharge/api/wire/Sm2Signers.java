package io.github.ebikecharge.api.wire;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Signatures of SM2 (国密). Setting one up for signing computes the public point anew, which takes three times as long as
 * signing: so they are kept for the next message under the same key.
 */
final class Sm2Signers {
    private static final String ALGORITHM = "SM3withSM2";
    private static final IdentityCache<PrivateKey, Queue<Signature>> IDLE =
            new IdentityCache<>(key -> new ConcurrentLinkedQueue<>());

    private Sm2Signers() {}

    static byte[] sign(PrivateKey key, SignedMessage message) throws GeneralSecurityException {
        Queue<Signature> idle = IDLE.get(key);
        Signature signer = idle.poll();
        if (signer == null) {
            signer = Signature.getInstance(ALGORITHM, BouncyCastle.PROVIDER);
            signer.initSign(key);
        }
        message.update(signer);
        byte[] signature = signer.sign();
        idle.add(signer); // one that threw is not used again
        return signature;
    }

    static Signature verifying(PublicKey key) throws GeneralSecurityException {
        Signature verifier = Signature.getInstance(ALGORITHM, BouncyCastle.PROVIDER);
        verifier.initVerify(key);
        return verifier;
    }
}

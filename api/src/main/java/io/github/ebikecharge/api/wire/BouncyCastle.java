package io.github.ebikecharge.api.wire;

import java.security.Provider;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * The provider of what the JDK has not: SM2, SM3, SM4 (国密). It is not registered with the JDK, and made only once
 * this class is touched: whoever keeps to RSA never pays for it.
 */
final class BouncyCastle {
    static final Provider PROVIDER = new BouncyCastleProvider();

    private BouncyCastle() {}
}

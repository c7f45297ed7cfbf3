package io.github.ebikecharge.api.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

/** Keys with their certificates in a PKCS#12 file, the form of {@code apiclient_cert.p12}. */
public final class Pkcs12 {
    private Pkcs12() {}

    /**
     * Opens a file with keys of RSA or of SM2.
     *
     * @throws IOException if it is not PKCS#12 or the password is another one
     * @throws GeneralSecurityException if what it holds cannot be read
     */
    public static KeyStore open(InputStream p12, char[] password) throws IOException, GeneralSecurityException {
        byte[] file = p12.readAllBytes();
        try {
            return load(KeyStore.getInstance("PKCS12"), file, password);
        } catch (IOException e) {
            // the JDK does not know the curve of SM2 and takes such a file for one with another password
            return load(KeyStore.getInstance("PKCS12", BouncyCastle.PROVIDER), file, password);
        }
    }

    private static KeyStore load(KeyStore store, byte[] file, char[] password)
            throws IOException, GeneralSecurityException {
        store.load(new ByteArrayInputStream(file), password);
        return store;
    }
}

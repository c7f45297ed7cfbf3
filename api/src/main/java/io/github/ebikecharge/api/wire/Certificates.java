package io.github.ebikecharge.api.wire;

import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** What API v3 reads from X.509 certificates. */
public final class Certificates {
    private Certificates() {}

    /**
     * The serial number as it stands in {@code serial_no} and {@code Wechatpay-Serial} (证书序列号): every byte as two
     * upper-case hexadecimal digits.
     */
    public static String serialNo(X509Certificate certificate) {
        byte[] bytes = certificate.getSerialNumber().toByteArray();
        int sign = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
        return HexFormat.of().withUpperCase().formatHex(bytes, sign, bytes.length);
    }

    /**
     * The common name of the subject: of a merchant certificate the merchant number (商户号).
     *
     * @throws IllegalArgumentException if the subject has none
     */
    public static String commonName(X509Certificate certificate) {
        try {
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                Attribute name = part.toAttributes().get("CN");
                if (name != null) {
                    return String.valueOf(name.get());
                }
            }
        } catch (NamingException e) {
            throw new IllegalArgumentException("The certificate's subject is no name", e);
        }
        throw new IllegalArgumentException("The certificate's subject has no common name");
    }
}

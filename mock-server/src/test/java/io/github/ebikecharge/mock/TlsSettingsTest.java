package io.github.ebikecharge.mock;

import io.github.ebikecharge.mock.tls.CertificateAuthority;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is offered to callers of {@code --tls}; greeted by hand, for the JDK itself offers nothing outdated. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsSettingsTest {
    private static final int SERVER_HELLO = 0x16;
    private static final int ALERT = 0x15;
    private static final String TLS_1_2 = "0303";
    private static final String ECDHE_RSA_AES128_GCM = "c02f";

    private MockWechatPayServer mock;

    @BeforeAll
    void start() {
        mock = MockWechatPayServer.builder()
                .tls(CertificateAuthority.create(Clock.systemUTC()), 0)
                .start();
    }

    @AfterAll
    void stop() {
        mock.close();
    }

    /** The first record that answers a ClientHello: its type, and in hexadecimal what it says. */
    private record Greeting(int type, String content) {}

    private Greeting greet(String version, String ciphers) throws IOException {
        URI url = mock.tlsBaseUrl().orElseThrow();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(hello(version, HexFormat.of().parseHex(ciphers)));
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int type = in.readUnsignedByte();
            in.readUnsignedShort();
            byte[] content = new byte[in.readUnsignedShort()];
            in.readFully(content);
            return new Greeting(type, HexFormat.of().formatHex(content));
        }
    }

    private static byte[] hello(String version, byte[] ciphers) throws IOException {
        // supported_groups: P-256; ec_point_formats: uncompressed; signature_algorithms: RSA with SHA-256 and SHA-1,
        // PSS
        byte[] extensions = HexFormat.of().parseHex("000a000400020017" + "000b00020100" + "000d00080006040102010804");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.write(HexFormat.of().parseHex(version));
        out.write(new byte[32]);
        out.writeByte(0);
        out.writeShort(ciphers.length);
        out.write(ciphers);
        out.writeShort(0x0100);
        out.writeShort(extensions.length);
        out.write(extensions);
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        DataOutputStream all = new DataOutputStream(record);
        all.writeByte(SERVER_HELLO);
        all.writeShort(0x0301);
        all.writeShort(body.size() + 4);
        all.writeInt(0x0100_0000 | body.size());
        all.write(body.toByteArray());
        return record.toByteArray();
    }

    @Test
    void takesTls12WithForwardSecrecy() throws Exception {
        Greeting greeting = greet(TLS_1_2, ECDHE_RSA_AES128_GCM);

        assertThat(greeting.type()).isEqualTo(SERVER_HELLO);
        assertThat(greeting.content().substring(8, 12)).isEqualTo(TLS_1_2);
    }

    @ParameterizedTest
    @CsvSource({
        "SSL 3.0, 0300, c013002f",
        "TLS 1.0, 0301, c013c014002f",
        "TLS 1.1, 0302, c013c014002f",
        "RSA key exchange, 0303, 009c009d003c002f0035",
        "CBC with SHA-1, 0303, c013c014",
        "3DES, 0303, c0120016000a",
        "RC4, 0303, c01100050004",
        "no encryption, 0303, c010003b00020001",
        "nobody's certificate, 0303, c0180034006c00a6"
    })
    void refuses(String name, String version, String ciphers) throws Exception {
        Greeting greeting = greet(version, ciphers);

        assertThat(greeting.type()).as(name).isEqualTo(ALERT);
        assertThat(greeting.content()).as(name).startsWith("02");
    }
}

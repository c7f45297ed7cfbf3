package io.github.ebikecharge.conformance;

import com.wechat.pay.contrib.apache.httpclient.WechatPayHttpClientBuilder;
import com.wechat.pay.java.core.exception.HttpException;
import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.api.model.ConfirmChargeResponse;
import io.github.ebikecharge.api.wire.MerchantCredentials;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.model.Fault;
import io.github.ebikecharge.mock.model.FaultKind;
import io.github.ebikecharge.mock.tls.CertificateAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.util.List;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.conn.BasicHttpClientConnectionManager;
import org.apache.http.util.EntityUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * SDKs with WeChat Pay's host written into them reach the mock under that name. They are given no more than a name
 * that leads to the loopback interface, and the local certificate authority to trust; port 443, which only some users
 * may open, is forwarded to the mock's.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest {
    private MockWechatPayServer wechatPay;
    private OfficialSdk sdk;
    private int port;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        Clock clock = Clock.systemUTC();
        CertificateAuthority.in(directory, clock);
        wechatPay = MockWechatPayServer.builder()
                .tls(CertificateAuthority.in(directory, clock), 0)
                .start();
        port = wechatPay.tlsBaseUrl().orElseThrow().getPort();
        sdk = new OfficialSdk(wechatPay);
    }

    @AfterAll
    void stop() {
        wechatPay.close();
    }

    @Test
    void theOfficialSdkDownloadsTheCertificatesAndConfirms() throws Exception {
        OkHttpClient transport = transport(trust());

        assertThat(OfficialSdk.confirm(sdk.automaticCertificateMode(transport), transport, OfficialSdk.CONTRACT_ID))
                .isNotEmpty();
    }

    @Test
    void nobodyWhoDoesNotTrustTheAuthorityIsConnected() throws Exception {
        TrustManagerFactory system = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        system.init((KeyStore) null);

        assertThatThrownBy(() -> sdk.automaticCertificateMode(transport(system)))
                .isInstanceOf(HttpException.class)
                .hasStackTraceContaining("SSLHandshakeException");
    }

    @Test
    void theApacheClientSignsAndVerifies() throws Exception {
        try (CloseableHttpClient client = apacheClient();
                CloseableHttpResponse answer = client.execute(confirm())) {
            assertThat(answer.getStatusLine().getStatusCode()).isEqualTo(200);
            assertThat(answer.getFirstHeader("Wechatpay-Signature")).isNotNull();
            assertThat(WireJson.read(EntityUtils.toByteArray(answer.getEntity()), ConfirmChargeResponse.class)
                            .chargingToken())
                    .isNotEmpty();
        }
    }

    @Test
    void theApacheClientRefusesATamperedAnswer() throws Exception {
        wechatPay.inject(
                Fault.builder().kind(FaultKind.WRONG_BODY_BYTE).count(1).build());

        try (CloseableHttpClient client = apacheClient()) {
            assertThatThrownBy(() -> client.execute(confirm())).hasStackTraceContaining("签名验证失败");
        }
    }

    private TrustManagerFactory trust() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", wechatPay.certificateAuthority().orElseThrow());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return trust;
    }

    private static SSLContext context(TrustManagerFactory trust) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private OkHttpClient transport(TrustManagerFactory trust) throws Exception {
        return new OkHttpClient.Builder()
                .dns(host -> List.of(InetAddress.getLoopbackAddress()))
                .socketFactory(new ForwardedPort())
                .sslSocketFactory(context(trust).getSocketFactory(), (X509TrustManager) trust.getTrustManagers()[0])
                .build();
    }

    /** It signs, and verifies, only for WeChat Pay's hosts. */
    private CloseableHttpClient apacheClient() throws Exception {
        MerchantCredentials merchant = wechatPay.merchant();
        return WechatPayHttpClientBuilder.create()
                .withMerchant(merchant.mchid(), merchant.serialNo(), merchant.privateKey())
                .withWechatPay(wechatPay.platformCertificates())
                .setConnectionManager(new BasicHttpClientConnectionManager(
                        RegistryBuilder.<ConnectionSocketFactory>create()
                                .register("https", new SSLConnectionSocketFactory(context(trust())))
                                .build(),
                        null,
                        null,
                        host -> new InetAddress[] {InetAddress.getLoopbackAddress()}))
                .build();
    }

    private HttpPost confirm() {
        HttpPost request = new HttpPost("https://api.mch.weixin.qq.com:%d/v3/ebike/charge/contracts/%s/confirm"
                .formatted(port, OfficialSdk.CONTRACT_ID));
        request.setHeader("Accept", "application/json");
        request.setEntity(new StringEntity(
                new String(WireJson.write(ConfirmChargeRequest.example()), StandardCharsets.UTF_8),
                ContentType.APPLICATION_JSON));
        return request;
    }

    /** Leads port 443 to the mock's, as a port forward does. */
    private final class ForwardedPort extends SocketFactory {
        @Override
        public Socket createSocket() {
            return new Socket() {
                @Override
                public void connect(SocketAddress endpoint, int timeout) throws IOException {
                    super.connect(new InetSocketAddress(((InetSocketAddress) endpoint).getAddress(), port), timeout);
                }
            };
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }
    }
}

package io.github.ebikecharge.mock.cli;

import io.github.ebikecharge.api.wire.Certificates;
import io.github.ebikecharge.api.wire.CredentialFiles;
import io.github.ebikecharge.api.wire.Pem;
import io.github.ebikecharge.mock.demo.DemoKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.Option;

/** {@code export-credentials}: the demo merchant's files. */
final class ExportCredentialsCommand implements Command {
    @Override
    public List<String> description() {
        return List.of(
                "Writes the demo credentials under the file names of WeChat Pay; those of SM2 (国密) to DIR/sm2.",
                "DIR is made if it is not there.");
    }

    @Override
    public String operand() {
        return "DIR";
    }

    @Override
    public List<Option> options() {
        return List.of();
    }

    @Override
    public int run(Arguments arguments) throws IOException {
        Path directory = arguments
                .operandPath(operand())
                .orElseThrow(() -> new UsageException("DIR is missing: the directory to write to"));
        DemoKeys keys = DemoKeys.load();
        Map<String, String> files = Map.of(
                "apiclient_key.pem",
                Pem.write(keys.merchant().privateKey()),
                "apiclient_cert.pem",
                Pem.write(keys.merchantCertificate()),
                "pub_key.pem",
                Pem.write(keys.publicKey()),
                CredentialFiles.PUBLIC_KEY_ID,
                DemoKeys.PUBLIC_KEY_ID + "\n",
                CredentialFiles.API_V3_KEY,
                DemoKeys.API_V3_KEY + "\n",
                platformFile(keys.platformCertificate()),
                Pem.write(keys.platformCertificate()));
        Map<String, String> sm2Files = Map.of(
                "apiclient_key.pem",
                Pem.write(keys.sm2Merchant().privateKey()),
                "apiclient_cert.pem",
                Pem.write(keys.sm2MerchantCertificate()),
                CredentialFiles.API_V3_KEY,
                DemoKeys.API_V3_KEY + "\n",
                platformFile(keys.sm2PlatformCertificate()),
                Pem.write(keys.sm2PlatformCertificate()));
        try {
            write(directory, files, keys.merchantPkcs12());
            write(directory.resolve("sm2"), sm2Files, keys.sm2MerchantPkcs12());
        } catch (IOException e) {
            throw new IOException("Cannot write to %s: %s".formatted(directory, e), e);
        }
        arguments.out().println("wrote the demo credentials to " + directory);
        return 0;
    }

    private static String platformFile(X509Certificate certificate) {
        return "wechatpay_" + Certificates.serialNo(certificate) + ".pem";
    }

    private static void write(Path directory, Map<String, String> files, InputStream pkcs12) throws IOException {
        Files.createDirectories(directory);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(directory.resolve(file.getKey()), file.getValue());
        }
        try (pkcs12) {
            Files.copy(pkcs12, directory.resolve("apiclient_cert.p12"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}

package io.github.ebikecharge.mock.cli;

import io.github.ebikecharge.api.wire.WechatPayHeaders;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.apache.commons.cli.Option;

/** {@code health}: whether a mock is ready. */
final class HealthCommand implements Command {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @Override
    public List<String> description() {
        return List.of(
                "Asks a running mock whether it is ready.", "Exits with 0 only if it is: for containers and scripts.");
    }

    @Override
    public List<Option> options() {
        return List.of(BaseUrlOption.OPTION);
    }

    @Override
    public int run(Arguments arguments) throws IOException, InterruptedException {
        URI baseUrl = BaseUrlOption.read(arguments);
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build();
        HttpRequest request = HttpRequest.newBuilder(baseUrl.resolve("/_mock/health"))
                .timeout(PATIENCE)
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 404
                    && answer.headers().firstValue(WechatPayHeaders.REQUEST_ID).isPresent()) {
                arguments.out().println("The gateway answers; the control API is elsewhere, or off");
                return 0;
            }
            arguments.out().println(answer.body());
            return answer.statusCode() == 200 ? 0 : 1;
        } catch (IOException e) {
            throw new IOException("No mock answers at " + baseUrl, e);
        }
    }
}

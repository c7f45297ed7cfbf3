package io.github.ebikecharge.mock.cli;

import io.github.ebikecharge.api.wire.WechatPayHeaders;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "health",
        description = {
            "Asks a running mock whether it is ready.",
            "Exits with 0 only if it is: for containers and scripts."
        },
        mixinStandardHelpOptions = true)
final class HealthCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private BaseUrlOption baseUrlOption = new BaseUrlOption();

    @Override
    public Integer call() throws IOException, InterruptedException {
        URI baseUrl = baseUrlOption.read(spec.commandLine());
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
                spec.commandLine().getOut().println("The gateway answers; the control API is elsewhere, or off");
                return 0;
            }
            spec.commandLine().getOut().println(answer.body());
            return answer.statusCode() == 200 ? 0 : 1;
        } catch (IOException e) {
            throw new IOException("No mock answers at " + baseUrl, e);
        }
    }
}

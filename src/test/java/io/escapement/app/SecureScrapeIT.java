package io.escapement.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.escapement.alert.webhook.Receiver;
import io.escapement.browser.NeedsProgram;
import io.escapement.grafana.Monitoring;
import io.escapement.grafana.Programs;
import io.escapement.web.SelfSigned;
import io.escapement.web.access.Token;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A real Prometheus and a server with TLS and tokens: what is commented out in the shipped prometheus.yml is what it takes. */
@Timeout(400)
@NeedsProgram({Programs.PROMETHEUS, Programs.PROMTOOL, Programs.ALERTMANAGER})
class SecureScrapeIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path directory;

    @Test
    void aTokenThatMayReadIsEnoughAndNoneIsNot() throws Exception {
        SelfSigned signed = SelfSigned.make(directory, "127.0.0.1");
        String token = Token.generate(new SecureRandom());
        Path tokens = secret("tokens", "read " + token + " prometheus\n");
        ServerOptions options = new ServerOptions();
        new CommandLine(options)
                .parseArgs(
                        "--port=0",
                        "--bind=0.0.0.0",
                        "--token-file=" + tokens,
                        "--tls-cert=" + signed.certificate(),
                        "--tls-key=" + signed.key());
        try (Station station = new Station(StoreOptions.in(directory.resolve("store")));
                Receiver receiver = new Receiver()) {
            String target = "127.0.0.1:" + port(station.serve(options));
            Path with = Files.createDirectory(directory.resolve("with"));
            try (Monitoring monitoring = new Monitoring(
                    with, target, receiver.host(), shipped -> uncommented(shipped, signed, secret("token", token)))) {
                await("a scrape")
                        .atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(health(monitoring)).isEqualTo("up"));
                assertThat(monitoring.query("escapement_runs")).isNotEmpty();
            }
            Path without = Files.createDirectory(directory.resolve("without"));
            try (Monitoring monitoring = new Monitoring(
                    without, target, receiver.host(), shipped -> uncommented(shipped, signed, secret("token", "")))) {
                await("a refusal")
                        .atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(health(monitoring)).contains("401"));
            }
        }
    }

    private Path secret(String name, String content) {
        try {
            Path file = Files.writeString(directory.resolve(name), content);
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String port(String url) {
        return url.replaceAll(".*:(\\d+).*", "$1");
    }

    private static String uncommented(String shipped, SelfSigned signed, Path token) {
        String changed = shipped.replaceAll(
                        "(?m)^    # (authorization:|  credentials_file: |scheme: |tls_config:|  ca_file: )", "    $1")
                .replace("/etc/prometheus/escapement.token", token.toString())
                .replace("/etc/prometheus/escapement.pem", signed.certificate().toString());
        assertThat(changed)
                .doesNotContain("# authorization")
                .contains("scheme: https\n", "ca_file: " + signed.certificate());
        return changed;
    }

    /** Of the server as a target: "up", or why it is not. */
    private static String health(Monitoring monitoring) throws IOException, InterruptedException {
        for (JsonNode target : monitoring.ask("api/v1/targets").path("activeTargets")) {
            if (target.at("/labels/job").asText().equals("escapement")) {
                String error = target.path("lastError").asText();
                return error.isEmpty() ? target.path("health").asText() : error;
            }
        }
        return "no target";
    }
}

package io.escapement.grafana;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * A real Prometheus and a real Alertmanager with the shipped files. Changed in them are addresses, and times that nobody would wait for in a
 * test: a rule's {@code for} is two seconds, one scrapes and evaluates every second, and Alertmanager hardly waits.
 */
public final class Monitoring implements AutoCloseable {

    private static final Path SHIPPED = Path.of("grafana");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final List<String> RULES = List.of("recording.rules.yml", "alerting.rules.yml");

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Process> processes = new ArrayList<>();
    private final Path directory;
    private final URI prometheus;
    private final URI alertmanager;

    /**
     * @param directory for their files
     * @param target host and port of the server that is scraped
     * @param receiver host and port that is told of alerts
     */
    public Monitoring(Path directory, String target, String receiver) throws IOException {
        this(directory, target, receiver, configuration -> configuration);
    }

    /** @param changed what else is changed in Prometheus' configuration */
    public Monitoring(Path directory, String target, String receiver, UnaryOperator<String> changed)
            throws IOException {
        this.directory = directory;
        List<String> free = free(2);
        String first = free.get(0);
        String second = free.get(1);
        prometheus = URI.create("http://" + first + "/");
        alertmanager = URI.create("http://" + second + "/");
        String configuration = replaced(
                changed.apply(Files.readString(SHIPPED.resolve("prometheus/prometheus.yml"))),
                "localhost:8080",
                target,
                "localhost:9090",
                first,
                "localhost:9093",
                second,
                "interval: 15s",
                "interval: 1s");
        Files.writeString(directory.resolve("prometheus.yml"), configuration);
        for (String file : RULES) {
            String rules = Files.readString(SHIPPED.resolve("prometheus").resolve(file));
            Files.writeString(directory.resolve(file), rules.replaceAll("(?m)^( +for:) \\d+m$", "$1 2s"));
        }
        Files.writeString(
                directory.resolve("alertmanager.yml"),
                replaced(
                        Files.readString(SHIPPED.resolve("alertmanager/alertmanager.yml")),
                        "localhost:9099",
                        receiver,
                        "group_wait: 10s",
                        "group_wait: 100ms",
                        "group_interval: 1m",
                        "group_interval: 1s"));
        start(
                Programs.ALERTMANAGER,
                "--config.file=" + directory.resolve("alertmanager.yml"),
                "--storage.path=" + directory.resolve("alertmanager"),
                "--web.listen-address=" + second,
                "--cluster.listen-address=");
        start(
                Programs.PROMETHEUS,
                "--config.file=" + directory.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + directory.resolve("tsdb"),
                "--web.listen-address=" + first,
                "--enable-feature=exemplar-storage");
        ready(alertmanager);
        ready(prometheus);
    }

    private static String replaced(String text, String... pairs) {
        String changed = text;
        for (int i = 0; i < pairs.length; i += 2) {
            if (!changed.contains(pairs[i])) {
                throw new IllegalStateException("'" + pairs[i] + "' is not in the shipped file: " + text);
            }
            changed = changed.replace(pairs[i], pairs[i + 1]);
        }
        return changed;
    }

    /** Different ones, since all are taken before any is let go. Neither program can be asked which port it took. */
    private static List<String> free(int count) throws IOException {
        List<ServerSocket> taken = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                taken.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return taken.stream()
                    .map(socket -> "127.0.0.1:" + socket.getLocalPort())
                    .toList();
        } finally {
            for (ServerSocket socket : taken) {
                socket.close();
            }
        }
    }

    private void start(String... command) throws IOException {
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log(command[0]).toFile())
                .start());
    }

    private Path log(String program) {
        return directory.resolve(Path.of(program).getFileName() + ".log");
    }

    private void ready(URI server) {
        await("an answer of " + server).atMost(PATIENCE).ignoreExceptions().until(() -> {
            for (Process process : processes) {
                if (!process.isAlive()) {
                    throw new AssertionError(logs());
                }
            }
            return client.send(
                                    HttpRequest.newBuilder(server.resolve("-/ready"))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        });
    }

    /** All that the two programs said. */
    public String logs() throws IOException {
        return Files.readString(log(Programs.PROMETHEUS)) + Files.readString(log(Programs.ALERTMANAGER));
    }

    public URI prometheus() {
        return prometheus;
    }

    /** The data of an answer of Prometheus' API. */
    public JsonNode ask(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(prometheus.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        JsonNode answer = new JsonMapper().readTree(response.body());
        if (!answer.path("status").asText().equals("success")) {
            throw new IllegalStateException(path + ": " + response.body());
        }
        return answer.path("data");
    }

    /** What an expression yields now. */
    public JsonNode query(String expression) throws IOException, InterruptedException {
        return ask("api/v1/query?query=" + encoded(expression)).path("result");
    }

    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        for (Process process : processes) {
            process.destroy();
        }
        for (Process process : processes) {
            try {
                if (!process.waitFor(20, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}

package io.escapement.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged program as a process of its own, with little memory, serving on a free port. */
final class Victim implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern URL = Pattern.compile("http://127\\.0\\.0\\.1:([0-9]+)");
    private static final Duration START = Duration.ofMinutes(2);
    private static final String HEAP = "-Xmx128m";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final Path output;
    private final int port;

    /** @param fileBlocks of 512 bytes that a file of the process may have, or 0 for any number */
    private Victim(Path store, double interval, int fileBlocks) throws IOException {
        String jar = System.getProperty("escapement.jar");
        if (jar == null || !Files.isRegularFile(Path.of(jar))) {
            throw new IllegalStateException("escapement.jar is " + jar + "; run the tests with mvn verify");
        }
        List<String> command = new ArrayList<>();
        if (fileBlocks > 0) {
            // The soft limit alone, which may be raised again.
            command.addAll(List.of("/bin/sh", "-c", "ulimit -S -f " + fileBlocks + " && exec \"$@\"", "sh"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                HEAP,
                "-jar",
                jar,
                "serve",
                "--no-alerts",
                "--port",
                "0",
                "--store",
                store == null ? "none" : store.toString(),
                "--store-interval",
                String.valueOf(interval)));
        output = Files.createTempFile("escapement", ".out");
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        await("the server's address").atMost(START).until(() -> found() > 0 || !process.isAlive());
        port = found();
        if (port < 0) {
            throw new IllegalStateException("the program ended at once: " + said());
        }
    }

    static Victim inMemory() throws IOException {
        return new Victim(null, 1, 0);
    }

    /** @param interval seconds between two writes */
    static Victim storing(Path store, double interval) throws IOException {
        return new Victim(store, interval, 0);
    }

    static Victim withSmallFiles(Path store, double interval, int blocks) throws IOException {
        return new Victim(store, interval, blocks);
    }

    private int found() throws IOException {
        Matcher matcher = URL.matcher(said());
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : -1;
    }

    /** Everything it has said so far. */
    String said() throws IOException {
        return Files.readString(output);
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** As {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    String text(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
        return answer.body();
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return JSON.readTree(text(path));
    }

    /** One number of the meters. */
    double meter(String name) throws IOException, InterruptedException {
        Matcher line =
                Pattern.compile("(?m)^" + Pattern.quote(name) + " (\\S+)$").matcher(text("/metrics"));
        return line.find() ? Double.parseDouble(line.group(1)) : 0;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(output);
    }
}

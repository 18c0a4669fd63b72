package io.escapement.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.escapement.web.SelfSigned;
import io.escapement.web.access.Token;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** A station that other machines could reach, with TLS and tokens: programs feed it, and nothing tells a token. */
class SecureServerIT {

    private static final Path PYTHON = Path.of("/usr/bin/python3");

    @TempDir
    private static Path directory;

    private static final ListAppender<ILoggingEvent> LOGGED = new ListAppender<>();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String CONTROL = Token.generate(RANDOM);
    private static final String INGEST = Token.generate(RANDOM);

    private static Station station;
    private static String url;
    private static Path certificate;
    private static Path tokens;
    private static SSLContext trusting;

    @BeforeAll
    static void serve() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        LOGGED.start();
        root.addAppender(LOGGED);
        ((Logger) LoggerFactory.getLogger("io.escapement")).setLevel(Level.DEBUG);
        SelfSigned made = SelfSigned.make(directory, "127.0.0.1");
        certificate = made.certificate();
        trusting = made.trusting();
        tokens = directory.resolve("tokens");
        Files.writeString(tokens, "control " + CONTROL + " ops\ningest " + INGEST + " jobs\n");
        Files.setPosixFilePermissions(tokens, PosixFilePermissions.fromString("rw-------"));
        ServerOptions options = new ServerOptions();
        new CommandLine(options)
                .parseArgs(
                        "--port=0",
                        "--bind=0.0.0.0",
                        "--token-file=" + tokens,
                        "--tls-cert=" + certificate,
                        "--tls-key=" + made.key(),
                        "--hsts-days=1");
        station = new Station(StoreOptions.in(directory.resolve("store")));
        url = station.serve(options);
    }

    @AfterAll
    static void close() {
        station.close();
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).detachAppender(LOGGED);
        ((Logger) LoggerFactory.getLogger("io.escapement")).setLevel(null);
    }

    private static HttpResponse<String> ask(String path, String token) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return HttpClient.newBuilder()
                .sslContext(trusting)
                .build()
                .send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void theAddressSpeaksTlsAndSaysSo() throws IOException, InterruptedException {
        assertThat(url).startsWith("https://127.0.0.1:");
        HttpResponse<String> response = ask("/api/v1/runs", CONTROL);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Strict-Transport-Security")).contains("max-age=86400");
        assertThat(ask("/api/v1/runs", null).statusCode()).isEqualTo(401);
        assertThatThrownBy(() -> HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create(url.replace("https:", "http:") + "/health/live"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void modernProtocolsAreSpoken(String protocol) throws IOException {
        try (SSLSocket socket = (SSLSocket) trusting.getSocketFactory()
                .createSocket("127.0.0.1", URI.create(url).getPort())) {
            socket.setEnabledProtocols(new String[] {protocol});
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
        }
    }

    private static int ingest(ByteArrayOutputStream err, String... more) throws IOException {
        Path lines = directory.resolve("lines.ndjson");
        Files.writeString(lines, "{\"loss\":1}\n{\"loss\":0.5}\n{\"loss\":0.25}\n");
        String[] args = new String[more.length + 4];
        args[0] = "ingest";
        args[1] = lines.toString();
        args[2] = "--to";
        args[3] = url;
        System.arraycopy(more, 0, args, 4, more.length);
        return Main.execute(
                new PrintStream(new ByteArrayOutputStream()), new PrintStream(err, true, StandardCharsets.UTF_8), args);
    }

    @Test
    void thePipeFeedsItWithATokenAndTheCertificate() throws IOException {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code =
                ingest(err, "--name", "piped", "--token-file", tokens.toString(), "--ca-file", certificate.toString());
        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
        assertThat(station.catalogue().newest(10))
                .anyMatch(run -> run.header().name().equals("piped"));
        assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain(INGEST, CONTROL);
    }

    @Test
    void withoutThemThePipeSaysWhatIsWrong() throws IOException {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        assertThat(ingest(err, "--ca-file", certificate.toString())).isEqualTo(ExitCode.ERROR);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("a token with the role ingest is needed");
        err.reset();
        assertThat(ingest(err, "--token-file", tokens.toString())).isEqualTo(ExitCode.ERROR);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("PKIX", "not trusted", "--ca-file");
        err.reset();
        Path nowhere = directory.resolve("none.pem");
        assertThat(ingest(err, "--ca-file", nowhere.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("--ca-file is " + nowhere + ", which cannot be used: no such file or directory");
    }

    @Test
    void thePythonClientFeedsItToo() throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                Files.isExecutable(PYTHON) || "true".equals(System.getenv("CI")), PYTHON + " is not installed");
        Path script = directory.resolve("loop.py");
        Files.writeString(script, """
            import escapement
            run = escapement.watch(name='pythonic')
            run.log(0, loss=1.0)
            run.end('converged', 'done')
            assert run.flush(60)
            """);
        ProcessBuilder builder = new ProcessBuilder(PYTHON.toString(), script.toString()).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "PYTHONPATH",
                        Path.of("src/main/python").toAbsolutePath().toString(),
                        "PYTHONDONTWRITEBYTECODE",
                        "1",
                        "ESCAPEMENT_URL",
                        url,
                        "ESCAPEMENT_CA_FILE",
                        certificate.toString(),
                        "ESCAPEMENT_TOKEN",
                        INGEST));
        Process python = builder.start();
        String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(python.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(python.exitValue()).as(said).isZero();
        assertThat(said).doesNotContain(INGEST);
        assertThat(station.catalogue().newest(10))
                .anyMatch(run -> run.header().name().equals("pythonic"));
    }

    /** Whatever is wrong with a token, its text goes nowhere: not into an answer, a header, a metric or the log. */
    @Test
    void tokensAreToldNowhere() throws IOException, InterruptedException {
        String wrong = Token.generate(RANDOM);
        StringBuilder all = new StringBuilder();
        for (HttpResponse<String> response : List.of(
                ask("/api/v1/runs", wrong),
                ask("/api/v1/runs", INGEST),
                ask("/api/v1/runs", CONTROL),
                ask("/metrics", CONTROL),
                ask("/api/v1/session", CONTROL),
                ask("/nothing?token=" + wrong, wrong),
                session(CONTROL),
                session(INGEST),
                session(wrong))) {
            all.append(response.statusCode()).append(response.headers().map()).append(response.body());
        }
        List<ILoggingEvent> logged = logged();
        logged.forEach(event -> all.append(event.getFormattedMessage())
                .append(
                        event.getThrowableProxy() == null
                                ? ""
                                : event.getThrowableProxy().getMessage()));
        assertThat(logged)
                .anyMatch(event -> event.getFormattedMessage().contains("a token from 127.0.0.1 is not known"));
        assertThat(all.toString()).contains("escapement_runs").doesNotContain(wrong, INGEST, CONTROL);
        assertThat(ProcessHandle.current().info().commandLine().orElse("")).doesNotContain(CONTROL);
    }

    /** What has been logged so far, while other threads go on. An appender is called under its own lock. */
    private static List<ILoggingEvent> logged() {
        synchronized (LOGGED) {
            return List.copyOf(LOGGED.list);
        }
    }

    private static HttpResponse<String> session(String token) throws IOException, InterruptedException {
        return HttpClient.newBuilder()
                .sslContext(trusting)
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create(url + "/api/v1/session"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"token\":\"" + token + "\"}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void theCookieIsKeptToTls() throws IOException, InterruptedException {
        String cookie = session(CONTROL).headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie)
                .startsWith("__Host-escapement-" + URI.create(url).getPort() + "=")
                .contains("; Secure; HTTPOnly; SameSite=Strict");
    }

    @Test
    void filesThatAreNoCertificateAreNamed() throws IOException {
        Path nothing = Files.writeString(directory.resolve("nothing.pem"), "nothing");
        for (Path file : List.of(nothing, directory.resolve("absent.pem"))) {
            ServerOptions options = new ServerOptions();
            new CommandLine(options).parseArgs("--port=0", "--tls-cert=" + file, "--tls-key=" + file);
            try (Station other = new Station()) {
                assertThatThrownBy(() -> other.serve(options))
                        .isInstanceOf(SetupProblem.class)
                        .hasMessageContaining(file.toString());
            }
        }
    }
}

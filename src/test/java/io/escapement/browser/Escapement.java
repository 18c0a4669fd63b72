package io.escapement.browser;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged program as a process of its own, serving on a free port. */
final class Escapement implements AutoCloseable {

    private static final Pattern URL = Pattern.compile("http://[0-9.]+:[0-9]+(?=[/\\s])");

    private final Process process;
    private final Path output;
    private final String url;

    /** @param arguments without the port */
    Escapement(String... arguments) throws IOException {
        this(Path.of(""), arguments);
    }

    /** @param directory where the program works */
    Escapement(Path directory, String... arguments) throws IOException {
        this(directory, 0, arguments);
    }

    /** @param port of an earlier one, for a page that waits for it; 0 for any free one */
    Escapement(Path directory, int port, String... arguments) throws IOException {
        String jar = System.getProperty("escapement.jar");
        if (jar == null || !Files.isRegularFile(Path.of(jar))) {
            throw new IllegalStateException("escapement.jar is " + jar + "; run the tests with mvn verify");
        }
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--port", String.valueOf(port)));
        output = Files.createTempFile("escapement", ".out");
        process = new ProcessBuilder(command)
                .directory(directory.toAbsolutePath().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        await("the server's address").atMost(Duration.ofSeconds(60)).until(() -> find() != null || !process.isAlive());
        url = find();
        if (url == null) {
            throw new IllegalStateException("the program ended at once: " + Files.readString(output));
        }
    }

    private String find() throws IOException {
        Matcher matcher = URL.matcher(Files.readString(output));
        return matcher.find() ? matcher.group() : null;
    }

    String url() {
        return url;
    }

    int port() {
        return Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
    }

    boolean alive() {
        return process.isAlive();
    }

    /** As by kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(output);
    }
}

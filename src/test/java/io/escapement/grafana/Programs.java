package io.escapement.grafana;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's Prometheus and Alertmanager, and the tools that come with them. */
public final class Programs {

    public static final String PROMETHEUS = "/usr/bin/prometheus";
    public static final String PROMTOOL = "/usr/bin/promtool";
    public static final String ALERTMANAGER = "/usr/bin/prometheus-alertmanager";
    public static final String AMTOOL = "/usr/bin/amtool";

    private static final int SECONDS = 60;

    private Programs() {}

    /** How a program ended, and all that it said. */
    public record Ended(int code, String output) {}

    /** @param input for the program to read, or null */
    public static Ended run(String input, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("escapement", ".out");
        Path given = Files.createTempFile("escapement", ".in");
        try {
            Files.writeString(given, input == null ? "" : input);
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .redirectInput(given.toFile())
                    .start();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " has not ended within " + SECONDS + " s: " + said(output));
            }
            return new Ended(process.exitValue(), said(output));
        } finally {
            Files.delete(output);
            Files.delete(given);
        }
    }

    private static String said(Path output) throws IOException {
        return Files.readString(output, StandardCharsets.UTF_8);
    }
}

package io.escapement.app;

import io.escapement.run.Command;
import io.escapement.run.Run;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a scrape costs over HTTP: of a server without runs, of the same with live runs, and again when they have ended and are still
 * shown, so that the series are the same and nothing happens. The last is the baseline of the second. The runs' steps cost
 * nothing, so that what is measured is events; they go to logs and meters, as in a server without viewers.
 */
final class ScrapeBench {

    /** Of which the first tenth is for the compiler and the runs to get going. */
    private static final double WARM_UP = 0.1;

    private static final long PAUSE_MILLIS = 50;
    private static final String ACCEPT = "application/openmetrics-text;version=1.0.0";

    private final int runs;
    private final long rate;
    private final int scrapes;
    private final HttpClient client = HttpClient.newHttpClient();

    /**
     * @param rate events a second of all runs together
     * @param scrapes of each of the three measurements
     */
    ScrapeBench(int runs, long rate, int scrapes) {
        this.runs = runs;
        this.rate = rate;
        this.scrapes = scrapes;
    }

    /** Quantiles in milliseconds, and how many samples the last scrape had. */
    private record Cost(double median, double high, long series) {

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "p50 %.2f ms, p99 %.2f ms, %d series", median, high, series);
        }
    }

    void run(PrintStream out) throws Exception {
        ServerOptions options = new ServerOptions();
        options.bind = "127.0.0.1";
        options.port = 0;
        try (Station station = new Station()) {
            URI metrics = URI.create(station.serve(options) + "/metrics");
            out.printf(Locale.ROOT, "no runs:          %s%n", cost(metrics));
            List<Run> live = new ArrayList<>();
            for (int i = 0; i < runs; i++) {
                Run run = station.runs()
                        .create(
                                FreeSteps.header("none", "free", "escapement bench scrape"),
                                new FreeSteps(rate / runs).pipeline(Long.MAX_VALUE));
                live.add(run);
                run.start();
            }
            long before = iterations(metrics);
            long began = System.nanoTime();
            Cost busy = cost(metrics);
            double seconds = (System.nanoTime() - began) / 1e9;
            double achieved = (iterations(metrics) - before) / seconds;
            out.printf(
                    Locale.ROOT,
                    "%d live runs:     %s, at %.2f million events/s (asked for: %.2f)%n",
                    runs,
                    busy,
                    achieved / 1e6,
                    rate / 1e6);
            for (Run run : live) {
                run.command(Command.STOP, "the benchmark");
            }
            for (Run run : live) {
                run.ended().get();
            }
            Cost idle = cost(metrics);
            out.printf(Locale.ROOT, "the same, ended:  %s%n", idle);
            out.printf(
                    Locale.ROOT,
                    "live against ended: p50 %.1f times, p99 %.1f times (goal: p99 of live runs below 50 ms)%n",
                    busy.median / idle.median,
                    busy.high / idle.high);
        }
    }

    private Cost cost(URI metrics) throws IOException, InterruptedException {
        int warmUp = (int) Math.ceil(scrapes * WARM_UP);
        double[] millis = new double[scrapes];
        String body = "";
        for (int i = -warmUp; i < scrapes; i++) {
            long began = System.nanoTime();
            body = scrape(metrics);
            if (i >= 0) {
                millis[i] = (System.nanoTime() - began) / 1e6;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        Arrays.sort(millis);
        long series = body.lines().filter(line -> !line.startsWith("#")).count();
        return new Cost(millis[(scrapes - 1) / 2], millis[(int) Math.ceil(0.99 * scrapes) - 1], series);
    }

    private long iterations(URI metrics) throws IOException, InterruptedException {
        return scrape(metrics)
                .lines()
                .filter(line -> line.startsWith("escapement_iterations_total{"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private String scrape(URI metrics) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(metrics).header("Accept", ACCEPT).build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("status " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }
}

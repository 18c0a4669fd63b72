package io.escapement.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How smoothly twenty runs are compared while each of them sends twenty iterations a second: prints frames per second and the page's heap.
 * Takes {@value #USUAL_SECONDS} s; {@code -Descapement.compare.seconds=600} makes it longer, and then the heap must not have grown.
 */
@NeedsProgram({Chromium.PROGRAM, Chromium.NODE})
@Timeout(1200)
class CompareLoadIT {

    private static final int RUNS = 20;
    private static final int HERTZ = 20;
    private static final int USUAL_SECONDS = 4;

    /** Seconds between two figures of a long measurement. */
    private static final int STEP = 10;

    /** What the heap's low points may differ by, bytes: rows go on being added until a run's overview is full. */
    private static final double HEAP_SLACK = 40e6;

    /** Counts animation frames for so many ms. */
    private static final String FRAMES =
            "ms => new Promise(done => { let n = 0; const from = performance.now(); const tick = () => {"
                    + " const past = performance.now() - from; n++;"
                    + " past >= ms ? done(1000 * n / past) : requestAnimationFrame(tick); };"
                    + " requestAnimationFrame(tick); })";

    private record Sample(double framesPerSecond, double heap) {}

    @Test
    void twentyLiveRunsAtTwentyHertz() throws IOException {
        int seconds = Integer.getInteger("escapement.compare.seconds", USUAL_SECONDS);
        try (Escapement server = new Escapement("serve", "--store", "none");
                Chromium chromium = new Chromium()) {
            Page page = chromium.newPage(1440, 1000);
            List<String> ids = new ArrayList<>();
            List<Feed> feeds = new ArrayList<>();
            HttpClient client = HttpClient.newHttpClient();
            for (int i = 0; i < RUNS; i++) {
                ids.add(register(page, server, i));
                feeds.add(new Feed(client.newWebSocketBuilder()
                        .buildAsync(
                                URI.create(server.url().replace("http", "ws") + "/api/v1/ingest?run=" + ids.get(i)),
                                new WebSocket.Listener() {})
                        .join()));
            }
            ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
            try {
                int[] iteration = {0};
                ScheduledFuture<?> sending = clock.scheduleAtFixedRate(
                        () -> send(feeds, iteration[0]++), 0, 1000 / HERTZ, TimeUnit.MILLISECONDS);
                page.navigate(server.url() + "/compare?runs=" + String.join(",", ids));
                await("all runs are drawn")
                        .pollInSameThread()
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> curves(page).size() == RUNS);
                List<?> before = seqs(page);
                List<Sample> samples = measure(page, seconds);
                report(seconds, samples);
                List<?> after = seqs(page);
                for (int i = 0; i < RUNS; i++) {
                    assertThat(((Number) after.get(i)).longValue())
                            .as("newest event of run %d", i)
                            .isGreaterThan(((Number) before.get(i)).longValue());
                }
                assertFlat(samples);
                assertThat(sending.isDone())
                        .as("whether sending has broken off")
                        .isFalse();
            } finally {
                clock.shutdownNow();
                feeds.forEach(Feed::close);
            }
        }
    }

    private static String register(Page page, Escapement server, int number) {
        return page.request()
                .post(
                        server.url() + "/api/v1/runs",
                        RequestOptions.create()
                                .setHeader("Content-Type", "application/json")
                                .setData("{\"source\":\"external\",\"name\":\"run " + number + "\"}"))
                .text()
                .replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
    }

    /** A run's connection: a line is left out while the one before is on its way. */
    private static final class Feed {
        private final WebSocket socket;
        private CompletableFuture<WebSocket> sent = CompletableFuture.completedFuture(null);

        Feed(WebSocket socket) {
            this.socket = socket;
        }

        void send(String line) {
            if (sent.isDone()) {
                sent = socket.sendText(line, true);
            }
        }

        void close() {
            socket.abort();
        }
    }

    /** An iteration of each run: losses that fall at different rates, with a ripple. */
    private static void send(List<Feed> feeds, int k) {
        for (int i = 0; i < feeds.size(); i++) {
            double loss = Math.exp(-0.001 * (i + 1) * k) * (1.5 + Math.sin(0.1 * k + i));
            feeds.get(i)
                    .send("{\"iteration\":" + k + ",\"loss\":" + loss + ",\"gradientNorm\":" + Math.sqrt(loss)
                            + ",\"distance\":" + 2 * loss + "}\n");
        }
    }

    private static List<Sample> measure(Page page, int seconds) {
        List<Sample> samples = new ArrayList<>();
        for (int past = 0; past < seconds; past += STEP) {
            int ms = 1000 * Math.min(STEP, seconds - past);
            double frames = ((Number) page.evaluate(FRAMES, ms)).doubleValue();
            double heap = ((Number) page.evaluate("performance.memory.usedJSHeapSize")).doubleValue();
            samples.add(new Sample(frames, heap));
        }
        return samples;
    }

    private static void report(int seconds, List<Sample> samples) {
        double slowest =
                samples.stream().mapToDouble(Sample::framesPerSecond).min().orElseThrow();
        double mean =
                samples.stream().mapToDouble(Sample::framesPerSecond).average().orElseThrow();
        System.out.printf(
                "compare: %d live runs at %d Hz for %d s: %.1f frames/s (slowest stretch %.1f), heap %.0f to %.0f MB%n",
                RUNS,
                HERTZ,
                seconds,
                mean,
                slowest,
                samples.stream().mapToDouble(Sample::heap).min().orElseThrow() / 1e6,
                samples.stream().mapToDouble(Sample::heap).max().orElseThrow() / 1e6);
    }

    /** Garbage comes and goes: what counts are the low points of the first and the last third. */
    private static void assertFlat(List<Sample> samples) {
        int third = samples.size() / 3;
        if (third < 3) {
            return;
        }
        double first = samples.subList(0, third).stream()
                .mapToDouble(Sample::heap)
                .min()
                .orElseThrow();
        double last = samples.subList(samples.size() - third, samples.size()).stream()
                .mapToDouble(Sample::heap)
                .min()
                .orElseThrow();
        assertThat(last).as("low point of the heap in the last third, bytes").isLessThan(first + HEAP_SLACK);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> stats(Page page) {
        Map<String, Object> stats = (Map<String, Object>) page.evaluate("window.escapement?.stats() ?? {}");
        return stats;
    }

    private static List<?> curves(Page page) {
        return (List<?>) stats(page).getOrDefault("curves", List.of());
    }

    private static List<?> seqs(Page page) {
        return (List<?>) stats(page).get("seqs");
    }
}

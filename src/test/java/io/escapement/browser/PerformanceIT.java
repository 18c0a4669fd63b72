package io.escapement.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import io.escapement.event.Names;
import io.escapement.event.RunEvent;
import io.escapement.event.Stamp;
import io.escapement.event.Values;
import io.escapement.store.RunLog;
import io.escapement.store.TestRuns;
import io.escapement.web.ServedPages;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Measures the pages in Chromium and prints what it finds, with the load of the machine: how long a run of ten million
 * iterations takes to open, and how many frames a second there are while 20 runs go on. Times are printed and not asserted, because
 * other programs may run; what is asserted is that what was measured was there. {@code -Descapement.performance.seconds=600} makes the
 * second measurement long enough to see whether memory is flat.
 */
@NeedsProgram({Chromium.PROGRAM, Chromium.NODE})
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class PerformanceIT {

    private static final int ITERATIONS = Integer.getInteger("escapement.performance.iterations", 10_000_000);
    private static final int RUNS = 20;
    private static final int HERTZ = 20;
    private static final long SECONDS = Long.getLong("escapement.performance.seconds", 5);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Names FIGURES =
            Names.of(Values.LOSS, Values.GRADIENT_NORM, Values.STEP_SIZE, Values.DISTANCE, Values.GRADIENT_EVALUATIONS);

    /** Animation frames, and times between them, until told to stop. */
    private static final String COUNT_FRAMES = """
            seconds => new Promise(done => {
              const gaps = [];
              const start = performance.now();
              let last = start;
              const frame = now => {
                gaps.push(now - last);
                last = now;
                if (now - start < 1000 * seconds) requestAnimationFrame(frame);
                else {
                  gaps.sort((a, b) => a - b);
                  done({
                    perSecond: (1000 * gaps.length) / (now - start),
                    p95: gaps[Math.floor(0.95 * gaps.length)],
                    longest: gaps.at(-1)
                  });
                }
              };
              requestAnimationFrame(frame);
            })""";

    private static final String ALL_SEEN = """
            (() => {
              const { ready, seqs } = window.escapement?.stats?.() ?? {};
              return ready === %d ? Math.min(...seqs.map(seq => seq ?? -1)) : -1;
            })()""".formatted(RUNS);

    private static Chromium chromium;

    @BeforeAll
    static void open() {
        chromium = new Chromium();
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static void print(String format, Object... arguments) {
        System.out.println("PERFORMANCE " + String.format(Locale.ROOT, format, arguments)
                + String.format(
                        Locale.ROOT,
                        " (load %.1f on %d cores)",
                        load(),
                        Runtime.getRuntime().availableProcessors()));
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    private static RunEvent.Iteration iteration(int i) {
        Duration elapsed = Duration.ofNanos(100_000L * i);
        double loss = 1e-9 + Math.exp(-i / 1e6) * (1 + 0.1 * Math.sin(i));
        return new RunEvent.Iteration(
                new Stamp(1, i, i, 0, TestRuns.STARTED.plus(elapsed), elapsed),
                Values.of(FIGURES, loss, loss / 3, 0.01, Math.sqrt(loss), 2.0 * i),
                null);
    }

    @Test
    void aRunOfTenMillionIterationsOpens() {
        try (ServedPages server = new ServedPages();
                Page page = chromium.newPage(1440, 1000)) {
            RunLog log = server.newRun("long");
            long began = System.nanoTime();
            for (int i = 0; i < ITERATIONS; i++) {
                log.append(iteration(i));
            }
            print("%,d iterations appended in %.1f s", ITERATIONS, (System.nanoTime() - began) * 1e-9);
            // Once for the browser's caches, as somebody has who opens a second run.
            page.navigate(server.url() + "/runs");
            CDPSession session = watched(page);
            for (String visit : List.of("first", "second")) {
                double worked = worked(session);
                page.navigate(server.url() + "/runs/long");
                await().pollInSameThread()
                        .atMost(PATIENCE)
                        .until(() -> number(page.evaluate("performance.getEntriesByName('chart-drawn').length")) >= 4);
                Object painted =
                        page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1");
                Object drawn = page.evaluate("performance.getEntriesByName('chart-drawn')[3].startTime");
                Object script = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd");
                print(
                        "%s visit: first paint %.0f ms, modules loaded %.0f ms, four charts drawn %.0f ms after navigation; %.0f ms of the main thread",
                        visit, number(painted), number(script), number(drawn), 1000 * (worked(session) - worked));
            }
            Map<?, ?> stats = (Map<?, ?>) page.evaluate("window.escapement.stats()");
            assertThat(number(stats.get("lastSeq"))).isEqualTo(ITERATIONS - 1);
            assertThat(number(((Map<?, ?>) stats.get("points")).get("loss"))).isBetween(2000.0, 4096.0);
        }
    }

    @Test
    void twentyLiveRunsAreWatched() {
        String ids = IntStream.range(0, RUNS).mapToObj(r -> "live" + r).collect(Collectors.joining(","));
        ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
        try (ServedPages server = new ServedPages()) {
            List<RunLog> logs = new ArrayList<>();
            for (String id : ids.split(",", -1)) {
                logs.add(server.newRun(id));
            }
            int[] next = {0};
            Future<?> unused = writer.scheduleAtFixedRate(
                    () -> {
                        for (int k = 0; k < 20; k++) {
                            RunEvent event = iteration(next[0]++);
                            logs.forEach(log -> log.append(event));
                        }
                    },
                    0,
                    1000 / HERTZ,
                    TimeUnit.MILLISECONDS);
            watch("the page of one of", server.url() + "/runs/live0", "window.escapement?.stats?.().lastSeq ?? -1");
            watch("all on one page of", server.url() + "/compare?runs=" + ids, ALL_SEEN);
        } finally {
            writer.shutdownNow();
        }
    }

    /**
     * Watches a page for a while.
     *
     * @param seen script that gives the number of the newest event that the page has of every run it shows, −1 before
     */
    private static void watch(String what, String url, String seen) {
        try (Page page = chromium.newPage(1440, 1000)) {
            page.navigate(url);
            await().pollInSameThread().atMost(PATIENCE).until(() -> number(page.evaluate(seen)) > 200);
            CDPSession session = watched(page);
            double before = heap(session);
            double seenBefore = number(page.evaluate(seen));
            long left = SECONDS;
            while (left > 0) {
                long piece = Math.min(60, left);
                double worked = worked(session);
                Map<?, ?> frames = (Map<?, ?>) page.evaluate(COUNT_FRAMES, (int) piece);
                left -= piece;
                print(
                        "%s %d live runs at %d Hz: %.1f frames a second, 95 %% within %.0f ms, longest %.0f ms; main thread busy %.0f %%; heap %.1f MB after %.1f MB",
                        what,
                        RUNS,
                        HERTZ,
                        number(frames.get("perSecond")),
                        number(frames.get("p95")),
                        number(frames.get("longest")),
                        100 * (worked(session) - worked) / piece,
                        heap(session) / 1e6,
                        before / 1e6);
            }
            assertThat(number(page.evaluate(seen))).isGreaterThan(seenBefore);
        }
    }

    /** A session that counts what the page's main thread works, on that thread's own clock, so that other programs do not count. */
    private static CDPSession watched(Page page) {
        CDPSession session = page.context().newCDPSession(page);
        JsonObject clock = new JsonObject();
        clock.addProperty("timeDomain", "threadTicks");
        session.send("Performance.enable", clock);
        return session;
    }

    /** Seconds of processor time that the main thread has spent on tasks. */
    private static double worked(CDPSession session) {
        for (JsonElement metric : session.send("Performance.getMetrics").getAsJsonArray("metrics")) {
            if (metric.getAsJsonObject().get("name").getAsString().equals("TaskDuration")) {
                return metric.getAsJsonObject().get("value").getAsDouble();
            }
        }
        return Double.NaN;
    }

    /** Bytes of JavaScript's heap after a collection. */
    private static double heap(CDPSession session) {
        session.send("HeapProfiler.collectGarbage");
        return session.send("Runtime.getHeapUsage").get("usedSize").getAsDouble();
    }
}

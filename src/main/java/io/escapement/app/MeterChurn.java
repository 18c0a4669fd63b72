package io.escapement.app;

import io.escapement.event.Names;
import io.escapement.event.PointVerdict;
import io.escapement.event.RunEvent;
import io.escapement.event.RunState;
import io.escapement.event.Stamp;
import io.escapement.event.StopReason;
import io.escapement.event.Values;
import io.escapement.meter.MeteredRun;
import io.escapement.meter.RunMeters;
import io.escapement.meter.Scrape;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Whether meters are forgotten with their runs: runs that come, have gauges of their own, end and go, with a scrape now and then,
 * and the heap after a collection early and late. The meters alone, because logs are kept on purpose.
 */
final class MeterChurn {

    private static final int ITERATIONS = 20;
    private static final int SCRAPE_EVERY = 10;
    private static final double MEGA = 1e6;
    private static final Names FIGURES = Names.of(Values.LOSS, Values.GRADIENT_NORM, Values.DISTANCE);

    private final int runs;
    private final PrometheusMeterRegistry registry = RunMeters.registry();
    private final RunMeters meters = new RunMeters(
            registry,
            Version.current(),
            EscapeChoice.MECHANISMS,
            new RunMeters.Settings(20, Duration.ZERO),
            Clock.systemUTC());

    MeterChurn(int runs) {
        this.runs = runs;
    }

    void run(PrintStream out) {
        int early = runs / 10;
        comeAndGo(early);
        long heapEarly = usedHeap();
        long seriesEarly = series();
        comeAndGo(runs - early);
        long heapLate = usedHeap();
        out.printf(
                Locale.ROOT,
                "runs that come and go: heap %.1f MB after %d, %.1f MB after %d: ratio %.3f, %.1f bytes a run; %d"
                        + " series, then %d; refused %s (goal: ratio at most 1.05)%n",
                heapEarly / MEGA,
                early,
                heapLate / MEGA,
                runs,
                heapLate / (double) heapEarly,
                (heapLate - heapEarly) / (double) (runs - early),
                seriesEarly,
                series(),
                refused());
    }

    private void comeAndGo(int count) {
        for (int i = 0; i < count; i++) {
            MeteredRun run = meters.open(FreeSteps.header("none", "free", "escapement bench scrape"));
            for (int k = 0; k <= ITERATIONS; k++) {
                run.accept(new RunEvent.Iteration(stamp(k), Values.of(FIGURES, 1.0 / (k + 1), 0.5, 0.25), null));
            }
            run.accept(new RunEvent.Verdict(
                    stamp(ITERATIONS),
                    RunState.CONVERGED,
                    new StopReason.GradientSmall(1e-9, 1e-6),
                    new PointVerdict.Undecided("a benchmark judges nothing"),
                    Values.none(),
                    null));
            if (i % SCRAPE_EVERY == 0) {
                scrape();
            }
        }
    }

    private static Stamp stamp(long iteration) {
        return new Stamp(1, iteration, iteration, 0, Instant.now(), Duration.ofMillis(2 * iteration));
    }

    private String scrape() {
        return Scrape.of(registry, meters, null).body();
    }

    private long series() {
        return scrape().lines().filter(line -> !line.startsWith("#")).count();
    }

    private String refused() {
        return scrape().lines()
                .filter(line -> line.startsWith("escapement_metered_runs_refused_total "))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst()
                .orElseThrow();
    }

    private static long usedHeap() {
        System.gc();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}

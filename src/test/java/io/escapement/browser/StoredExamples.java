package io.escapement.browser;

import io.escapement.event.RunEvent;
import io.escapement.event.RunHeader;
import io.escapement.store.RunLog;
import io.escapement.store.TestRuns;
import io.escapement.store.disk.RunStore;
import io.escapement.store.disk.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/** A store with many short runs, as a server finds it that has been there for long. */
final class StoredExamples {

    /** More than this wait for the store at no time, which gives up what is too much. */
    private static final int AT_ONCE = 500;

    private static final int ITERATIONS = 20;

    private StoredExamples() {}

    /** Id of the run with a number, which is older than any that a test starts. */
    static String id(int number) {
        return String.format("01AAAAAAAA%016d", number);
    }

    /** Runs named "run 0" and so on; run i has the loss 1/(i + 1) at its end, and every third has escaped. */
    static void fill(Path directory, int runs, long seed) {
        Random random = new Random(seed);
        try (RunStore store = new RunStore(StoreSettings.in(directory).withInterval(Duration.ofHours(1)), took -> {})) {
            for (int i = 0; i < runs; i++) {
                RunHeader bare = TestRuns.bareHeader(id(i));
                RunLog log = new RunLog(bare.labelled("run " + i, java.util.List.of(), ""));
                store.record(log);
                TestRuns events = new TestRuns();
                for (int k = 0; k < ITERATIONS; k++) {
                    log.append(events.iteration(k, 1.0 + random.nextDouble(), Math.exp(-k) * random.nextDouble()));
                }
                if (i % 3 == 0) {
                    log.append(events.stationary(ITERATIONS, TestRuns.spurious(), 0.33));
                    log.append(events.escape(ITERATIONS, RunEvent.EscapeOutcome.ACCEPTED, "out"));
                }
                log.append(events.iteration(ITERATIONS, 1.0 / (i + 1), 0.5));
                log.append(events.end(ITERATIONS));
                if (i % AT_ONCE == AT_ONCE - 1) {
                    store.flush();
                }
            }
            store.flush();
        }
    }
}

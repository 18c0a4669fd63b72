package io.escapement.store.disk;

import io.escapement.store.RunLog;
import io.escapement.store.TestRuns;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that is to be killed: writes one run for ever, and says on standard output up to which event a write that is
 * through must have taken it.
 */
final class KilledWriter {

    /** Iterations from one landmark to the next. */
    static final int SPACING = 50;

    private KilledWriter() {}

    public static void main(String[] arguments) {
        AtomicLong last = new AtomicLong(-1);
        AtomicLong before = new AtomicLong(-1);
        StoreSettings settings = StoreSettings.in(Path.of(arguments[0])).withInterval(Duration.ofMillis(10));
        RunStore store = new RunStore(settings, took -> {
            // What was there when the write before this one was through, this one has taken.
            System.out.println(before.getAndSet(last.get()) + " ");
            System.out.flush();
        });
        RunLog log = new RunLog(TestRuns.header(arguments[1]));
        store.record(log);
        TestRuns events = new TestRuns();
        for (int i = 0; ; i++) {
            if (i % SPACING == 0) {
                log.append(events.message(i, "at " + i));
            }
            log.append(events.iteration(i, loss(i), 1));
            last.set(log.last());
            if (i % 20 == 0) {
                LockSupport.parkNanos(100_000);
            }
        }
    }

    static double loss(long iteration) {
        return Math.sin((double) iteration);
    }
}

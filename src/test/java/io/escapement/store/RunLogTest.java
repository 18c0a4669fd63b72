package io.escapement.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.escapement.event.Names;
import io.escapement.event.Phase;
import io.escapement.event.RunEvent;
import io.escapement.event.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunLogTest {

    @Test
    void anEmptyLogHasAnEmptySnapshot() {
        Change change = new RunLog(TestRuns.header("r")).snapshot();
        assertThat(change.seq()).isEqualTo(-1);
        assertThat(change.columns().rows()).isZero();
        assertThat(change.landmarks()).isEmpty();
        assertThat(change.status().lastEvent()).isNull();
    }

    @Test
    void aDeltaHasOnlyWhatChanged() {
        RunLog log = new RunLog(TestRuns.header("r"));
        TestRuns events = new TestRuns();
        for (int i = 0; i < 10; i++) {
            log.append(events.iteration(i, 1.0 / (i + 1), 1));
        }
        RunEvent message = events.message(9, "half way");
        log.append(message);
        log.append(events.iteration(10, 0.05, 1));
        Change delta = log.since(8, log.last());
        assertThat(delta.whole()).isFalse();
        assertThat(delta.seq()).isEqualTo(11);
        assertThat(delta.columns().rows()).isEqualTo(2);
        assertThat(delta.columns().bucket(0)).isEqualTo(9);
        assertThat(delta.landmarks()).containsExactly(message);
        assertThat(delta.conflated()).isZero();
        assertThat(log.since(11, 11).columns().rows()).isZero();
    }

    @Test
    void conflatedIterationsAreCounted() {
        RunLog log = new RunLog(TestRuns.header("r"), 8, 100);
        TestRuns events = new TestRuns();
        for (int i = 0; i < 64; i++) {
            log.append(events.iteration(i, 1, 1));
        }
        assertThat(log.snapshot().columns().level()).isEqualTo(3);
        log.append(events.heartbeat(63));
        long from = log.last();
        log.append(events.heartbeat(63));
        log.append(events.message(63, "still level 3 after this one"));
        assertThat(log.since(from, log.last()).conflated()).isZero();
        from = log.last() - 2;
        assertThat(log.since(from, log.last()).conflated()).isZero();
        assertThat(log.since(58, log.last()).whole()).isFalse();
        // Iterations 59 to 63 share one bucket of eight.
        assertThat(log.since(58, log.last()).conflated()).isEqualTo(4);
    }

    @Test
    void aReaderFromBeforeTheLevelRoseGetsEverything() {
        RunLog log = new RunLog(TestRuns.header("r"), 8, 100);
        TestRuns events = new TestRuns();
        for (int i = 0; i < 9; i++) {
            log.append(events.iteration(i, 1, 1));
        }
        assertThat(log.since(7, 8).whole()).isTrue();
        assertThat(log.since(8, 8).whole()).isFalse();
    }

    @Test
    void aPositionThatNobodyCouldHaveGetsEverything() {
        RunLog log = new RunLog(TestRuns.header("r"));
        log.append(new TestRuns().iteration(0, 1, 1));
        assertThat(log.since(5, 0).whole()).isTrue();
        assertThat(log.since(0, 5).whole()).isTrue();
        assertThat(log.since(-1, 0).whole()).isTrue();
    }

    @Test
    void aNewSeriesGivesEverythingAgain() {
        RunLog log = new RunLog(TestRuns.header("r"));
        TestRuns events = new TestRuns();
        log.append(events.iteration(0, Values.of(Names.of("loss"), 1)));
        log.append(events.iteration(1, Values.of(Names.of("loss", "mine"), 1, Double.NaN)));
        Change change = log.since(0, 1);
        assertThat(change.whole()).isTrue();
        assertThat(change.columns().value("mine", Columns.Of.LAST, 0))
                .as("absent")
                .isEmpty();
        assertThat(change.columns().value("mine", Columns.Of.LAST, 1))
                .as("a measured NaN")
                .hasValue(Double.NaN);
    }

    @Test
    void chatterDoesNotPushOutFindings() {
        RunLog log = new RunLog(TestRuns.header("r"), 8, 20);
        TestRuns events = new TestRuns();
        RunEvent judged = events.stationary(0, TestRuns.spurious(), 0.3);
        log.append(judged);
        for (int i = 0; i < 50; i++) {
            log.append(events.phase(i, Phase.DESCEND, "again"));
        }
        Change change = log.snapshot();
        assertThat(change.landmarks()).hasSize(11).contains(judged);
        assertThat(change.landmarksDropped()).isEqualTo(40);
    }

    @Test
    void seriesComeInAtMostThePointsAskedFor() {
        RunLog log = new RunLog(TestRuns.header("r"));
        TestRuns events = new TestRuns();
        for (int i = 0; i < 1000; i++) {
            log.append(events.iteration(i, i, 1));
        }
        Columns columns = log.series(Set.of("loss"), 96, 895, 50);
        assertThat(columns.names()).containsExactly("loss");
        assertThat(columns.rows()).isLessThanOrEqualTo(50);
        assertThat(columns.level()).isEqualTo(4);
        assertThat(columns.value("loss", Columns.Of.FIRST, 0)).hasValue(96);
        assertThat(columns.value("loss", Columns.Of.MAX, columns.rows() - 1)).hasValue(895);
        assertThat(log.series(Set.of(), 10, 12, 50).rows()).isEqualTo(3);
        assertThat(log.series(Set.of(), 12, 10, 50).rows()).isZero();
        assertThat(log.series(Set.of(), 5000, Long.MAX_VALUE, 50).rows()).isZero();
    }

    @Test
    void theSparkOfARunWithoutNormsIsOfTheLoss() {
        RunLog log = new RunLog(TestRuns.header("r"));
        assertThat(log.spark(60).points()).isEmpty();
        TestRuns events = new TestRuns();
        for (int i = 0; i < 500; i++) {
            log.append(events.iteration(i, Values.of(Names.of("loss", "other"), Math.pow(10, -i / 100.0), 7)));
        }
        SparkLine spark = log.spark(60);
        assertThat(spark.figure()).isEqualTo("loss");
        assertThat(spark.points()).hasSize(60);
        assertThat(spark.points().get(59)).isCloseTo(-4.99, org.assertj.core.api.Assertions.within(1e-9));
    }

    @Test
    void theSparkEndsWithTheNewestNorm() {
        RunLog log = new RunLog(TestRuns.header("r"));
        TestRuns events = new TestRuns();
        for (int i = 0; i < 500; i++) {
            log.append(events.iteration(i, 1, Math.pow(10, -i / 100.0)));
        }
        SparkLine spark = log.spark(60);
        assertThat(spark.figure()).isEqualTo("gradientNorm");
        assertThat(spark.points()).hasSize(60);
        assertThat(spark.points().get(59)).isCloseTo(-4.99, org.assertj.core.api.Assertions.within(1e-9));
    }

    /** A reader that starts with a snapshot and applies deltas while a writer goes on must end with the log's content. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void snapshotAndDeltasAddUpUnderAConcurrentWriter(long seed) {
        RunLog log = new RunLog(TestRuns.header("r"), 256, 20_000);
        int iterations = 30_000;
        // No rows are moved between these two, so the reader who is at the first gets a delta before the writer goes
        // on.
        int meeting = 8_300;
        int parting = 14_000;
        Semaphore reached = new Semaphore(0);
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            Random random = new Random(seed);
            TestRuns events = new TestRuns();
            for (int i = 0; i < iterations; i++) {
                if (i == meeting || i == parting) {
                    reached.acquireUninterruptibly();
                }
                log.append(
                        i % 5 == 4 && i > iterations / 2
                                ? events.iteration(i, Values.of(Names.of("loss", "late"), random.nextDouble(), i))
                                : events.iteration(i, random.nextDouble(), i));
                if (random.nextInt(50) == 0) {
                    log.append(events.message(i, "message " + i));
                }
            }
        });
        ReaderModel reader = new ReaderModel();
        boolean met = false;
        boolean parted = false;
        while (!writer.isDone()) {
            reader.catchUp(log);
            if (!met && log.last() >= meeting - 1) {
                met = true;
                reader.catchUp(log);
                reached.release();
            } else if (met && !parted && reader.deltas > 0) {
                parted = true;
                reached.release();
            }
        }
        writer.join();
        reader.catchUp(log);
        ReaderModel fresh = new ReaderModel();
        fresh.apply(log.snapshot());
        assertThat(reader.rows).as("seed %d", seed).isEqualTo(fresh.rows);
        assertThat(reader.level).isEqualTo(fresh.level);
        assertThat(reader.landmarks).isEqualTo(fresh.landmarks);
        assertThat(reader.deltas).as("deltas, or the test shows nothing").isPositive();
    }

    /** Were its parts of different moments, a process that is killed after it was stored would leave a tail in one of them only. */
    @Test
    void anIncrementIsOfOneMomentWhileAWriterGoesOn() {
        RunLog log = new RunLog(TestRuns.header("r"), 256, 20_000);
        log.record();
        int iterations = 300_000;
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            TestRuns events = new TestRuns();
            for (int i = 0; i < iterations; i++) {
                log.append(events.iteration(i, 1, 1));
            }
        });
        long saved = -1;
        long next = 0;
        int taken = 0;
        while (next < iterations) {
            boolean last = writer.isDone();
            Increment news = log.increment(saved);
            saved = news.last();
            // One, or where rows moved while they were copied one of every try.
            for (SeriesBlock block : news.recent()) {
                // A reader who is late finds the newest ones, in buckets before them.
                assertThat(block.firstIteration()).isLessThanOrEqualTo(next);
                next = block.lastIteration() + 1;
                taken++;
            }
            if (!news.recent().isEmpty()) {
                assertThat(next)
                        .as("as far as the status")
                        .isEqualTo(news.status().iteration() + 1);
            }
            if (last) {
                break;
            }
        }
        writer.join();
        assertThat(next).isEqualTo(iterations);
        assertThat(taken).as("or the test shows nothing").isGreaterThan(3);
    }

    /** Does what the page does with changes. */
    private static final class ReaderModel {
        final java.util.TreeMap<Long, List<Object>> rows = new java.util.TreeMap<>();
        final List<RunEvent> landmarks = new java.util.ArrayList<>();
        private final Set<Long> seen = new HashSet<>();
        private long position = -1;
        int level;
        int deltas;

        void catchUp(RunLog log) {
            apply(position < 0 ? log.snapshot() : log.since(position, log.last()));
        }

        void apply(Change change) {
            if (change.whole()) {
                rows.clear();
                landmarks.clear();
                seen.clear();
                level = change.columns().level();
            } else {
                deltas++;
                assertThat(change.columns().level()).isEqualTo(level);
            }
            Columns columns = change.columns();
            for (int r = 0; r < columns.rows(); r++) {
                List<Object> row = new java.util.ArrayList<>();
                row.add(columns.iteration(r));
                for (String name : new String[] {"loss", "gradientNorm", "late"}) {
                    for (Columns.Of of : Columns.Of.values()) {
                        row.add(columns.value(name, of, r));
                    }
                }
                rows.put(columns.bucket(r), row);
            }
            for (RunEvent event : change.landmarks()) {
                assertThat(seen.add(event.stamp().seq()))
                        .as("told twice of %s", event)
                        .isTrue();
                landmarks.add(event);
            }
            position = change.seq();
        }
    }

    @Test
    void theCatalogueDropsTheOldestEndedRunsOnly() {
        RunCatalogue catalogue = new RunCatalogue(2, Long.MAX_VALUE);
        for (int i = 0; i < 6; i++) {
            RunLog log = new RunLog(TestRuns.header("r" + i));
            if (i != 1) {
                log.append(new TestRuns().end(0));
            }
            catalogue.add(log);
        }
        assertThat(catalogue.newest(10)).extracting(log -> log.header().id()).containsExactly("r5", "r4", "r1");
        assertThat(catalogue.before("r4", 10))
                .extracting(log -> log.header().id())
                .containsExactly("r1");
        assertThat(catalogue.find("r0")).isEmpty();
    }

    @Test
    void theCatalogueDropsEndedRunsThatHoldTooMuchMemory() {
        RunCatalogue catalogue = new RunCatalogue(100, 100_000);
        for (int i = 0; i < 20; i++) {
            RunLog log = new RunLog(TestRuns.header("r" + i));
            TestRuns events = new TestRuns();
            for (int k = 0; k < 500; k++) {
                log.append(events.iteration(k, 1, 1));
            }
            log.append(events.end(499));
            catalogue.add(log);
        }
        assertThat(catalogue.newest(100)).hasSizeBetween(1, 5);
        assertThat(catalogue.newest(1).get(0).header().id()).isEqualTo("r19");
    }
}

package io.escapement.store.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.escapement.event.Names;
import io.escapement.event.Phase;
import io.escapement.event.RunEvent;
import io.escapement.event.RunState;
import io.escapement.event.Values;
import io.escapement.store.Attachment;
import io.escapement.store.Change;
import io.escapement.store.Columns;
import io.escapement.store.Listed;
import io.escapement.store.RunCatalogue;
import io.escapement.store.RunFilter;
import io.escapement.store.RunLog;
import io.escapement.store.StreamJson;
import io.escapement.store.TestRuns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunStoreTest {

    /** Longer than any test: what is written is written because a test asked for it, or because a store was closed. */
    private static final Duration NEVER = Duration.ofHours(1);

    @TempDir
    private Path directory;

    private StoreSettings settings() {
        return StoreSettings.in(directory).withInterval(NEVER);
    }

    private RunStore open() {
        return new RunStore(settings(), took -> {});
    }

    private static RunLog recorded(RunStore store, String id) {
        RunLog log = new RunLog(TestRuns.header(id));
        store.record(log);
        return log;
    }

    /** A run with everything in it, of {@code iterations} iterations. */
    private static void perform(RunLog log, int iterations, Random random) {
        TestRuns events = new TestRuns();
        log.append(events.phase(0, Phase.DESCEND, "begins"));
        for (int i = 0; i < iterations; i++) {
            double loss = random.nextInt(50) == 0 ? Double.NaN : random.nextGaussian();
            log.append(events.iteration(i, loss, Math.abs(random.nextGaussian())));
            if (i % 997 == 500) {
                log.append(events.stationary(i, TestRuns.spurious(), 0.3));
                log.append(events.escape(i, RunEvent.EscapeOutcome.ACCEPTED, "out"));
                log.append(events.heartbeat(i));
            }
        }
        log.append(events.end(iterations));
    }

    /** All that a viewer is told of a run. */
    private static String told(RunLog log) {
        Change change = log.snapshot();
        return StreamJson.text(json -> {
            json.writeStartArray();
            StreamJson.header(json, log.header());
            StreamJson.status(json, change.status());
            json.writeNumber(change.seq());
            json.writeNumber(change.columns().level());
            StreamJson.columns(json, change.columns());
            StreamJson.events(json, log.header().id(), change.landmarks());
            StreamJson.summary(json, log);
            json.writeEndArray();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 300, 5000, 20_000})
    void aRunReadBackTellsTheSameToTheLastBit(int iterations) {
        RunLog log;
        try (RunStore store = open()) {
            log = recorded(store, "A");
            perform(log, iterations, new Random(iterations));
        }
        try (RunStore store = open()) {
            RunLog back = store.find("A").orElseThrow();
            assertThat(told(back)).isEqualTo(told(log));
            assertThat(back.ended()).isTrue();
            assertThat(back.since(log.last(), log.last()).columns().rows()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void itMakesNoDifferenceInHowManyPiecesItWasWritten(long seed) {
        Random random = new Random(seed);
        RunLog log;
        try (RunStore store = open()) {
            log = recorded(store, "A");
            TestRuns events = new TestRuns();
            long iteration = 0;
            for (int e = 0; e < 12_000; e++) {
                log.append(events.iteration(iteration, random.nextGaussian(), 1));
                iteration += random.nextInt(3);
                if (random.nextInt(1500) == 0) {
                    store.flush();
                }
            }
            log.append(events.end(iteration));
        }
        try (RunStore store = open()) {
            assertThat(told(store.find("A").orElseThrow())).as("seed %d", seed).isEqualTo(told(log));
        }
    }

    @Test
    void theListShowsARunWithoutNormsByItsLoss() {
        RunLog log;
        try (RunStore store = open()) {
            log = recorded(store, "A");
            TestRuns events = new TestRuns();
            for (int i = 0; i < 200; i++) {
                log.append(events.iteration(i, Values.of(Names.of(Values.LOSS), Math.pow(10, -i))));
            }
            TestRuns normed = new TestRuns();
            recorded(store, "B").append(normed.iteration(0, 1, 0.1));
        }
        try (RunStore store = open()) {
            List<Listed> listed = store.list(null, 9, RunFilter.ALL);
            assertThat(listed).extracting(run -> run.spark(60).figure()).containsExactly("gradientNorm", "loss");
            assertThat(listed.get(1).spark(60))
                    .isEqualTo(log.spark(60))
                    .isEqualTo(store.find("A").orElseThrow().spark(60));
            assertThat(listed.get(1).spark(7).points()).hasSize(7).endsWith(-199.0);
        }
    }

    @Test
    void detailHasEveryIterationWhereTheOverviewHasBuckets() {
        int iterations = 20_000;
        List<Double> losses = new ArrayList<>();
        try (RunStore store = open()) {
            RunLog log = recorded(store, "A");
            TestRuns events = new TestRuns();
            Random random = new Random(5);
            for (int i = 0; i < iterations; i++) {
                losses.add(random.nextGaussian());
                log.append(events.iteration(i, losses.get(i), 1));
                if (i % 1000 == 999) {
                    store.flush();
                }
            }
            log.append(events.end(iterations));
        }
        try (RunStore store = open()) {
            RunCatalogue catalogue = new RunCatalogue(store);
            RunLog log = catalogue.find("A").orElseThrow();
            assertThat(log.snapshot().columns().level()).isEqualTo(3);
            Columns columns = catalogue.series(log, Set.of(Values.LOSS), 7_000, 7_500, 1000);
            assertThat(columns.level()).isZero();
            assertThat(columns.rows()).isEqualTo(501);
            for (int row = 0; row < columns.rows(); row++) {
                assertThat(columns.value(Values.LOSS, Columns.Of.LAST, row).orElseThrow())
                        .isEqualTo(losses.get(7_000 + row));
            }
            assertThat(catalogue.series(log, Set.of(), 0, Long.MAX_VALUE, 500).rows())
                    .isBetween(250, 500);
        }
    }

    /** Buckets against a reference that has every number, though there is room for little. */
    @Test
    void oldDetailIsCoarsenedInAlignedBucketsWithTheirExtremes() {
        int iterations = 200_000;
        double[] losses = new Random(6).doubles(iterations).toArray();
        StoreSettings little = settings().withDetailBytes(3_000_000);
        try (RunStore store = new RunStore(little, took -> {})) {
            RunLog log = recorded(store, "A");
            TestRuns events = new TestRuns();
            for (int i = 0; i < iterations; i++) {
                log.append(events.iteration(i, losses[i], 1));
                if (i % 4000 == 3999) {
                    store.flush();
                }
            }
            store.flush();
            List<Integer> levels = new ArrayList<>();
            long[] covered = {0};
            store.detail("A", block -> {
                levels.add(block.level());
                Columns columns = block.columns(Set.of(Values.LOSS));
                for (int row = 0; row < columns.rows(); row++) {
                    long first = columns.bucket(row) << block.level();
                    if (first > covered[0]) {
                        throw new AssertionError("iterations " + covered[0] + " to " + first + " are missing");
                    }
                    long end = columns.iteration(row) + 1;
                    double max = Double.NEGATIVE_INFINITY;
                    for (long i = Math.max(first, covered[0]); i < end; i++) {
                        max = Math.max(max, losses[(int) i]);
                    }
                    if (columns.value(Values.LOSS, Columns.Of.MAX, row).orElseThrow() != max) {
                        throw new AssertionError("bucket " + columns.bucket(row) + " of level " + block.level()
                                + " has another maximum than " + max);
                    }
                    covered[0] = end;
                }
            });
            assertThat(covered[0]).isEqualTo(iterations);
            assertThat(levels)
                    .isSortedAccordingTo((a, b) -> Integer.compare(b, a))
                    .endsWith(0);
            assertThat(levels.get(0)).isPositive();
        }
    }

    @Test
    void aRunWhoseStoreWasClosedBeforeItsEndIsLost() {
        try (RunStore store = open()) {
            RunLog log = recorded(store, "A");
            TestRuns events = new TestRuns();
            log.append(events.iteration(0, 3, 1));
            log.append(events.iteration(1, 2, 1));
        }
        try (RunStore store = open()) {
            RunLog log = store.find("A").orElseThrow();
            assertThat(log.status().state()).isEqualTo(RunState.LOST);
            assertThat(log.status().sentence())
                    .contains("Its process was ended")
                    .contains("loss 2");
            assertThat(log.ended()).isTrue();
            assertThat(log.snapshot().columns().rows()).isEqualTo(2);
            assertThat(store.list(null, 10, new RunFilter(RunState.LOST, "")))
                    .extracting(run -> run.header().id())
                    .containsExactly("A");
        }
    }

    @Test
    void twoProcessesSeeEachOthersRunsWhileTheyGoOn() {
        try (RunStore one = open();
                RunStore other = open()) {
            RunLog log = recorded(one, "A");
            TestRuns events = new TestRuns();
            log.append(events.iteration(0, 3, 1));
            one.flush();
            RunLog seen = other.find("A").orElseThrow();
            assertThat(seen.status().state()).isEqualTo(RunState.RUNNING);
            RunLog own = recorded(other, "B");
            own.append(new TestRuns().iteration(0, 1, 1));
            other.flush();
            for (int i = 1; i < 10; i++) {
                log.append(events.iteration(i, 3 - i, 1));
            }
            log.append(events.end(9));
            one.flush();
            long before = seen.last();
            other.flush();
            assertThat(told(seen)).isEqualTo(told(log));
            Change news = seen.since(before, seen.last());
            assertThat(news.whole()).isFalse();
            assertThat(news.columns().rows()).isEqualTo(9);
            assertThat(other.list(null, 10, RunFilter.ALL))
                    .extracting(run -> run.header().id())
                    .containsExactly("B", "A");
            assertThat(one.list(null, 10, RunFilter.ALL)).hasSize(2);
        }
    }

    @Test
    void theListIsPagedAndSearched() {
        try (RunStore store = open()) {
            for (int i = 0; i < 30; i++) {
                RunLog log = recorded(store, String.format("R%02d", i));
                perform(log, 10, new Random(i));
            }
            store.flush();
            RunCatalogue catalogue = new RunCatalogue(store);
            RunLog live = new RunLog(TestRuns.header("R99"));
            catalogue.add(live);
            List<String> ids = new ArrayList<>();
            String cursor = null;
            do {
                List<Listed> page = catalogue.list(cursor, 7, RunFilter.ALL);
                cursor = page.size() < 7 ? null : page.get(6).header().id();
                page.forEach(run -> ids.add(run.header().id()));
            } while (cursor != null);
            assertThat(ids)
                    .hasSize(31)
                    .doesNotHaveDuplicates()
                    .startsWith("R99", "R29", "R28")
                    .endsWith("R00");
            assertThat(store.list(null, 100, new RunFilter(null, "r1"))).hasSize(10);
            assertThat(store.list(null, 100, new RunFilter(null, "ORACLE"))).hasSize(30);
            assertThat(store.list(null, 100, new RunFilter(null, "100%"))).isEmpty();
            assertThat(store.list(null, 100, new RunFilter(RunState.LIMIT, "a run")))
                    .hasSize(30);
            assertThat(store.list(null, 100, new RunFilter(RunState.LOST, ""))).isEmpty();
        }
    }

    @Test
    void landmarksWaitForTheStoreBeyondTheirUsualRoom() {
        try (RunStore store = open()) {
            RunLog log = recorded(store, "A");
            TestRuns events = new TestRuns();
            for (int i = 0; i < 30_000; i++) {
                log.append(events.message(i, "m" + i));
            }
            log.append(events.end(30_000));
            store.flush();
            List<String> written = new ArrayList<>();
            store.landmarks("A", written::add);
            assertThat(written).hasSize(30_001);
            assertThat(store.status().eventsMissed()).isZero();
        }
    }

    @Test
    void headersWithoutTheOptionalPartsAreReadBack() {
        try (RunStore store = open()) {
            RunLog log = new RunLog(TestRuns.bareHeader("A"));
            store.record(log);
            log.append(new TestRuns().iteration(0, Values.of(Map.of("loss", Double.POSITIVE_INFINITY))));
            store.flush();
            try (RunStore other = open()) {
                RunLog back = other.find("A").orElseThrow();
                assertThat(back.header()).isEqualTo(log.header());
                assertThat(told(back)).isEqualTo(told(log));
            }
        }
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsReportedAndTheRunGoesOn() throws Exception {
        Path file = Files.createFile(directory.resolve("taken"));
        try (RunStore store = new RunStore(StoreSettings.in(file).withInterval(NEVER), took -> {})) {
            RunLog log = recorded(store, "A");
            perform(log, 100, new Random(1));
            store.flush();
            assertThat(store.status().state()).isEqualTo("failing");
            assertThat(store.status().sentence()).contains(file.toString());
            assertThat(store.find("A")).containsSame(log);
            assertThat(store.list(null, 10, RunFilter.ALL)).isEmpty();
            Files.delete(file);
            store.flush();
            assertThat(store.status().state()).isEqualTo("writing");
            assertThat(store.list(null, 10, RunFilter.ALL)).hasSize(1);
            assertThat(told(store.find("A").orElseThrow())).isEqualTo(told(log));
        }
    }

    @Test
    void whatIsNoDatabaseIsNotTouched() throws Exception {
        Path file = directory.resolve(Database.NAME);
        Files.writeString(file, "somebody's notes, longer than the header of a database would be; ".repeat(20));
        String before = Files.readString(file);
        try (RunStore store = open()) {
            store.flush();
            assertThat(store.status().sentence()).contains("is not a database of Escapement");
        }
        assertThat(Files.readString(file)).isEqualTo(before);
    }

    /** Content that grows. */
    private static final class Growing implements Attachment {
        private volatile long version;

        @Override
        public long version() {
            return version;
        }

        @Override
        public long bytes() {
            return version;
        }

        @Override
        public byte[] content() {
            return new byte[] {(byte) version};
        }
    }

    @Test
    void whatIsKeptBesideTheEventsIsWrittenAndIsWholeAtTheEnd() {
        Growing path = new Growing();
        try (RunStore store = open()) {
            RunLog log = new RunLog(TestRuns.header("attached"));
            log.attach(path);
            store.record(log);
            TestRuns events = new TestRuns();
            log.append(events.iteration(0, 1, 1));
            path.version = 3;
            store.flush();
            assertThat(store.attachment("attached", Attachment.PATH)).hasValue(new byte[] {3});
            path.version = 4;
            log.append(events.iteration(1, 1, 1));
            log.append(events.end(1));
            store.flush();
            assertThat(store.attachment("attached", Attachment.PATH)).hasValue(new byte[] {4});
            assertThat(store.attachment("attached", Attachment.LANDSCAPE)).isEmpty();
            assertThat(store.attachment("another", Attachment.PATH)).isEmpty();
            store.attach("attached", Attachment.LANDSCAPE, new byte[] {9});
        }
        try (RunStore store = open()) {
            RunCatalogue catalogue = new RunCatalogue(store);
            RunLog log = catalogue.find("attached").orElseThrow();
            assertThat(catalogue.attachment(log, Attachment.PATH)).hasValue(new byte[] {4});
            assertThat(catalogue.attachment(log, Attachment.LANDSCAPE)).hasValue(new byte[] {9});
            store.delete("attached");
            assertThat(store.attachment("attached", Attachment.PATH))
                    .as("goes with its run")
                    .isEmpty();
        }
    }
}

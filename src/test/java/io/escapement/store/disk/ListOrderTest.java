package io.escapement.store.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.escapement.event.RunEvent;
import io.escapement.event.RunHeader;
import io.escapement.event.RunState;
import io.escapement.store.Listed;
import io.escapement.store.RunCatalogue;
import io.escapement.store.RunFilter;
import io.escapement.store.RunLog;
import io.escapement.store.RunOrder;
import io.escapement.store.TestRuns;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lists in every order and with every filter, of runs some of which are in memory and some on the disk only. */
class ListOrderTest {

    private static final long SEED = 20261129;
    private static final int RUNS = 60;

    @TempDir
    private Path directory;

    private RunStore store;
    private RunCatalogue catalogue;

    private static RunHeader header(int i, Random random) {
        RunHeader bare = TestRuns.bareHeader(String.format("R%02d", i));
        RunHeader named = new RunHeader(
                bare.id(),
                List.of("Ünder", "alpha", "Beta", "_100%", "alpha").get(random.nextInt(5)),
                random.nextBoolean() ? "pmc" : "Gaussian",
                random.nextBoolean() ? "gd" : "prec-gd",
                random.nextBoolean() ? "none" : "sod-multi",
                i,
                bare.started(),
                "",
                i % 4 == 0 ? Map.of("experiment", i % 8 == 0 ? "sweep" : "sweep-2") : Map.of(),
                bare.figures(),
                Double.NaN,
                null);
        List<String> tags = random.nextInt(3) == 0 ? List.of("good one", "archived") : List.of("good");
        return named.labelled(named.name(), random.nextBoolean() ? tags : List.of(), i % 10 == 0 ? "a \"note\"" : "");
    }

    private static void perform(RunLog log, Random random) {
        TestRuns events = new TestRuns();
        int iterations = random.nextInt(4);
        for (int i = 0; i < iterations; i++) {
            double loss = List.of(Double.NaN, Double.POSITIVE_INFINITY, 0.5, 0.25, random.nextDouble())
                    .get(random.nextInt(5));
            log.append(events.iteration(i, loss, random.nextInt(3)));
        }
        if (random.nextBoolean()) {
            log.append(events.stationary(iterations, TestRuns.spurious(), 0.3));
            log.append(events.escape(iterations, RunEvent.EscapeOutcome.ACCEPTED, "out"));
        }
        if (random.nextBoolean()) {
            log.append(events.end(iterations));
        } else if (iterations == 0) {
            log.append(events.message(0, "no iteration so far"));
        }
    }

    @BeforeEach
    void fill() {
        Random random = new Random(SEED);
        store = new RunStore(StoreSettings.in(directory).withInterval(Duration.ofHours(1)), took -> {});
        catalogue = new RunCatalogue(store);
        for (int i = 0; i < RUNS; i++) {
            RunLog log = new RunLog(header(i, random));
            store.record(log);
            perform(log, random);
            if (random.nextInt(3) == 0) {
                catalogue.add(log);
            }
        }
        store.flush();
        // Those in memory move on, and what is stored of them must not be shown.
        for (RunLog log : catalogue.newestFirst()) {
            log.append(new TestRuns().attempt(2).iteration(7, random.nextDouble(), 1));
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    private List<Listed> all(RunFilter filter, RunOrder order, int page) {
        List<Listed> all = new ArrayList<>();
        List<Listed> next;
        RunOrder.Place after = null;
        do {
            next = catalogue.page(filter, order, after, page);
            assertThat(next).hasSizeLessThanOrEqualTo(page);
            all.addAll(next);
            after = next.isEmpty() ? null : order.place(next.get(next.size() - 1));
        } while (!next.isEmpty());
        return all;
    }

    @ParameterizedTest
    @EnumSource(RunOrder.Column.class)
    void everyOrderHasEveryRunOnceInPlaceAndWhatIsNotKnownLast(RunOrder.Column column) {
        for (boolean descending : new boolean[] {true, false}) {
            RunOrder order = new RunOrder(column, descending);
            List<Listed> runs = all(RunFilter.ALL, order, 7);
            assertThat(runs).hasSize(RUNS);
            assertThat(runs).extracting(run -> run.header().id()).doesNotHaveDuplicates();
            RunOrder.Place before = null;
            for (Listed run : runs) {
                RunOrder.Place place = order.place(run);
                if (before != null) {
                    assertThat(inOrder(before, place, descending))
                            .as(column + " " + before + " before " + place + ", seed " + SEED)
                            .isTrue();
                }
                before = place;
            }
            assertThat(all(RunFilter.ALL, order, 200))
                    .extracting(run -> run.header().id())
                    .isEqualTo(runs.stream().map(run -> run.header().id()).toList());
        }
    }

    /** Said anew, and not as the code says it. */
    private static boolean inOrder(RunOrder.Place one, RunOrder.Place other, boolean descending) {
        if (one.key() == null || other.key() == null) {
            return other.key() == null && (one.key() != null || one.id().compareTo(other.id()) > 0);
        }
        int order = one.key() instanceof Double number
                ? Double.compare(number, (Double) other.key())
                : ((String) one.key()).compareTo((String) other.key());
        return order == 0 ? one.id().compareTo(other.id()) > 0 : (order < 0) != descending;
    }

    @Test
    void filtersHoldForRunsInMemoryAndOnTheDisk() {
        List<Listed> runs = all(RunFilter.ALL, RunOrder.NEWEST_FIRST, 200);
        RunFilter stalledOrLimit =
                new RunFilter(EnumSet.of(RunState.LIMIT, RunState.STALLED), "", "", "", "", "", "", "", "");
        check(runs, stalledOrLimit, run -> run.status().state() == RunState.LIMIT);
        check(
                runs,
                new RunFilter(null, "", "good one"),
                run -> run.header().tags().contains("good one"));
        check(
                runs,
                RunFilter.ALL.without("archived"),
                run -> !run.header().tags().contains("archived"));
        check(
                runs,
                new RunFilter(Set.of(), "", "", "", "gauss", "prec", "SOD", "", ""),
                run -> run.header().problem().equals("Gaussian")
                        && run.header().solver().equals("prec-gd")
                        && run.header().escape().equals("sod-multi"));
        check(
                runs,
                new RunFilter(Set.of(), "", "", "", "", "", "", "spurious-minimum", ""),
                run -> "spurious-minimum".equals(run.status().verdict()));
        for (String experiment : List.of("sweep", "none")) {
            String named = experiment.equals("none") ? "" : experiment;
            check(
                    runs,
                    new RunFilter(Set.of(), "", "", "", "", "", "", "", experiment),
                    run -> run.header()
                            .settings()
                            .getOrDefault("experiment", "")
                            .equals(named));
        }
        check(runs, new RunFilter(null, "\"NOTE\""), run -> !run.header().note().isEmpty());
        check(runs, new RunFilter(null, "_100%"), run -> run.header().name().equals("_100%"));
    }

    private void check(List<Listed> runs, RunFilter filter, java.util.function.Predicate<Listed> wanted) {
        List<String> expected =
                runs.stream().filter(wanted).map(run -> run.header().id()).toList();
        assertThat(expected)
                .as("the test's runs have some, seed " + SEED)
                .isNotEmpty()
                .hasSizeLessThan(RUNS);
        assertThat(all(filter, RunOrder.NEWEST_FIRST, 7))
                .extracting(run -> run.header().id())
                .isEqualTo(expected);
        Map<RunState, Long> counts = new EnumMap<>(RunState.class);
        runs.stream().filter(wanted).forEach(run -> counts.merge(run.status().state(), 1L, Long::sum));
        assertThat(catalogue.count(filter)).isEqualTo(counts);
    }

    @Test
    void rowsAndEscapesOfRunsInMemoryAndOnTheDisk() {
        List<Listed> runs = all(RunFilter.ALL, RunOrder.NEWEST_FIRST, 200);
        Map<String, List<Integer>> ticks = new HashMap<>();
        runs.forEach(run -> ticks.put(run.header().id(), run.sparkEscapes(60)));
        long escapes = runs.stream().mapToInt(run -> run.status().escapes()).sum();
        assertThat(escapes).isPositive();
        assertThat(catalogue.escapesSince(TestRuns.STARTED)).isEqualTo(escapes);
        assertThat(catalogue.escapesSince(TestRuns.STARTED.plusSeconds(60))).isZero();
        assertThat(catalogue.named(List.of("R03", "none\u0000", "R04")))
                .extracting(run -> run.header().id())
                .containsExactlyInAnyOrder("R03", "R04");
        assertThat(ticks.values()).anySatisfy(positions -> assertThat(positions).isNotEmpty());
    }
}

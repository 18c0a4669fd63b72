package io.escapement.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.escapement.event.Names;
import io.escapement.event.Phase;
import io.escapement.event.PointVerdict;
import io.escapement.event.RunEvent;
import io.escapement.event.RunState;
import io.escapement.event.StopReason;
import io.escapement.event.Values;
import io.escapement.store.TestRuns;
import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RunMetersTest {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MovableClock clock = new MovableClock();
    private final RunMeters meters =
            new RunMeters(registry, "0.1.0", new RunMeters.Settings(2, Duration.ofMinutes(5)), clock);
    private final TestRuns events = new TestRuns();

    private static final class MovableClock extends Clock {
        private Instant now = TestRuns.STARTED;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private String scrape() {
        return Scrape.of(registry, meters, null).body();
    }

    /** A run in which everything happens that has a meter. */
    private MeteredRun fullRun(String id) {
        MeteredRun run = meters.open(TestRuns.header(id));
        Names names = Names.of(Values.LOSS, Values.GRADIENT_NORM, Values.DISTANCE);
        run.accept(events.phase(0, Phase.DESCEND, ""));
        for (int i = 0; i <= 10; i++) {
            run.accept(events.iteration(i, Values.of(names, 1.0 / (i + 1), 0.5, 0.25)));
        }
        run.accept(new RunEvent.Stationary(
                events.iteration(10, Values.none()).stamp(),
                new StopReason.GradientSmall(1e-9, 1e-6),
                TestRuns.spurious(),
                Values.of(Map.of(Values.LAMBDA_MIN, -0.5, Values.OPTIMALITY_GAP, 0.33)),
                null));
        run.accept(events.escape(10, RunEvent.EscapeOutcome.ACCEPTED, ""));
        return run;
    }

    @Test
    void theCatalogueIsWhatAScrapeShows() {
        fullRun("r1");
        Map<String, String> expected = new TreeMap<>();
        for (RunMeter meter : RunMeter.values()) {
            expected.put(meter.exposedName(), meter.type().exposed() + ": " + meter.help());
        }
        Map<String, String> help = new TreeMap<>();
        Map<String, String> types = new TreeMap<>();
        scrape().lines().forEach(line -> {
            String[] words = line.split(" ", 4);
            if (line.startsWith("# HELP ")) {
                help.put(words[2], words[3]);
            } else if (line.startsWith("# TYPE ")) {
                types.put(words[2], words[3]);
            }
        });
        Map<String, String> shown = new TreeMap<>();
        help.forEach((name, text) -> shown.put(name, types.get(name) + ": " + text));
        // Micrometer adds the largest recent value to every timer by itself.
        shown.remove("escapement_iteration_duration_seconds_max");
        shown.remove("escapement_store_write_seconds_max");
        assertThat(shown).isEqualTo(expected);
    }

    @Test
    void theLabelsAreThoseOfTheCatalogue() {
        fullRun("r1");
        Map<String, Set<String>> tags = new TreeMap<>();
        for (Meter meter : registry.getMeters()) {
            Set<String> keys = meter.getId().getTags().stream()
                    .map(tag -> tag.getKey())
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(tags.computeIfAbsent(meter.getId().getName(), name -> keys))
                    .isEqualTo(keys);
        }
        Map<String, Set<String>> expected = new TreeMap<>();
        for (RunMeter meter : RunMeter.values()) {
            expected.put(meter.registryName(), new TreeSet<>(meter.tags()));
        }
        assertThat(tags).isEqualTo(expected);
    }

    @Test
    void everyVerdictIsThereFromTheStart() {
        for (Class<?> verdict : PointVerdict.class.getPermittedSubclasses()) {
            String label = verdict.getSimpleName()
                    .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                    .toLowerCase(java.util.Locale.ROOT);
            assertThat(scrape()).contains("escapement_verdicts_total{verdict=\"" + label + "\"} 0.0");
        }
    }

    @Test
    void aRunIsSeenInItsNumbers() {
        MeteredRun run = fullRun("r1");
        assertThat(scrape().lines())
                .contains(
                        "escapement_iterations_total{solver=\"gd\"} 10.0",
                        "escapement_escapes_total{mechanism=\"oracle-probe\",outcome=\"accepted\"} 1.0",
                        "escapement_escapes_total{mechanism=\"oracle-probe\",outcome=\"refused\"} 0.0",
                        "escapement_verdicts_total{verdict=\"spurious-minimum\"} 1.0",
                        "escapement_runs{state=\"running\"} 1.0",
                        "escapement_run_distance{run=\"r1\"} 0.25",
                        "escapement_run_lambda_min{run=\"r1\"} -0.5",
                        "escapement_run_iteration{run=\"r1\"} 10.0",
                        "escapement_run_info{problem=\"pmc\",run=\"r1\",solver=\"gd\"} 1",
                        // A millisecond per iteration, so a batch is one of them.
                        "escapement_iteration_duration_seconds_count{solver=\"gd\"} 10",
                        "escapement_iteration_duration_seconds_bucket{solver=\"gd\",le=\"1.0E-4\"} 0",
                        "escapement_iteration_duration_seconds_bucket{solver=\"gd\",le=\"0.001\"} 10");
        run.accept(events.phase(10, Phase.PAUSED, ""));
        assertThat(scrape()).contains("escapement_runs{state=\"paused\"} 1.0");
        run.accept(events.end(10));
        assertThat(scrape())
                .contains("escapement_runs{state=\"paused\"} 0.0")
                .contains("escapement_runs{state=\"limit\"} 1.0");
    }

    @Test
    void figuresNotKnownAreAbsent() {
        MeteredRun run = meters.open(TestRuns.header("r1"));
        run.accept(events.iteration(0, Values.of(Names.of(Values.LOSS), Double.NaN)));
        assertThat(scrape()).contains("escapement_run_loss{run=\"r1\"} NaN");
        assertThat(scrape()).doesNotContain("escapement_run_distance").doesNotContain("escapement_run_lambda_min");
    }

    @Test
    void tooManyRunsAreRefusedAndCountedAndTheEndedMakeRoomLater() {
        MeteredRun first = fullRun("r1");
        fullRun("r2");
        fullRun("r3");
        assertThat(scrape())
                .contains("escapement_metered_runs_refused_total 1.0")
                .contains("escapement_run_loss{run=\"r2\"}")
                .doesNotContain("run=\"r3\"")
                .contains("escapement_iterations_total{solver=\"gd\"} 30.0");
        first.close();
        clock.now = clock.now.plus(Duration.ofMinutes(4));
        assertThat(scrape()).as("still shown").contains("run=\"r1\"");
        clock.now = clock.now.plus(Duration.ofMinutes(2));
        assertThat(scrape()).doesNotContain("run=\"r1\"").contains("run=\"r2\"");
        fullRun("r4");
        assertThat(scrape()).contains("run=\"r4\"");
    }

    @Test
    void aRunClosedWithoutAVerdictHasFailed() {
        try (MeteredRun run = meters.open(TestRuns.header("r1"))) {
            run.accept(events.iteration(0, 1, 1));
        }
        assertThat(scrape()).contains("escapement_runs{state=\"failed\"} 1.0").contains("{state=\"running\"} 0.0");
        assertThat(RunState.FAILED.canEnd()).isTrue();
    }

    @Test
    void namesFromOutsideStayFew() {
        ClosedLabels labels = new ClosedLabels(3);
        assertThat(Arrays.asList("a", "b", "c", "d", "a", " ", "x".repeat(65)))
                .extracting(labels::of)
                .containsExactly("a", "b", "c", "other", "a", "other", "other");
    }

    @Test
    void viewersAreCounted() {
        meters.viewerJoined();
        meters.viewerJoined();
        meters.viewerLeft();
        meters.conflated(40);
        assertThat(scrape())
                .contains("escapement_stream_clients 1.0")
                .contains("escapement_stream_conflated_total 40.0");
    }

    @Test
    void openMetricsIsThereWhenAskedFor() {
        Scrape scrape = Scrape.of(registry, meters, "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
        assertThat(scrape.contentType()).startsWith("application/openmetrics-text");
        assertThat(scrape.body()).endsWith("# EOF\n");
    }

    @Test
    void aRunThatAgesIsCountedAsItStandsWhenAsked() {
        AtomicReference<RunState> standing = new AtomicReference<>(RunState.RUNNING);
        MeteredRun run = meters.openAgeing(TestRuns.header("other"), standing::get);
        standing.set(RunState.LOST);
        assertThat(scrape()).as("nothing has come yet").contains("escapement_runs{state=\"queued\"} 1.0");
        run.accept(events.iteration(0, 1, 1));
        assertThat(scrape()).contains("escapement_runs{state=\"lost\"} 1.0");
        run.accept(events.iteration(1, 1, 1));
        standing.set(RunState.STALLED);
        assertThat(scrape())
                .contains("escapement_runs{state=\"stalled\"} 1.0")
                .contains("escapement_runs{state=\"lost\"} 0.0");
        run.accept(events.end(1));
        assertThat(scrape()).contains("escapement_runs{state=\"stalled\"} 0.0");
    }
}

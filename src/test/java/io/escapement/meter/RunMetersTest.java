package io.escapement.meter;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.escapement.event.Names;
import io.escapement.event.Phase;
import io.escapement.event.PointVerdict;
import io.escapement.event.RunEvent;
import io.escapement.event.RunHeader;
import io.escapement.event.RunState;
import io.escapement.event.Stamp;
import io.escapement.event.StopReason;
import io.escapement.event.Values;
import io.escapement.store.TestRuns;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class RunMetersTest {

    private final PrometheusMeterRegistry registry = RunMeters.registry();
    private final MovableClock clock = new MovableClock();
    private final RunMeters meters = new RunMeters(
            registry, "0.1.0", List.of("oracle-probe"), new RunMeters.Settings(2, Duration.ofMinutes(5)), clock);
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

    /** Label keys by metric, of every sample of the scrape. */
    private Map<String, Set<String>> labels() {
        Map<String, Set<String>> labels = new TreeMap<>();
        Pattern sample = Pattern.compile("([a-z_]+)(\\{(.*)})? \\S+");
        scrape().lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            Matcher parts = sample.matcher(line);
            assertThat(parts.matches()).as(line).isTrue();
            Set<String> keys = new TreeSet<>();
            Matcher key = Pattern.compile("([a-z_]+)=\"[^\"]*\"").matcher(parts.group(3) == null ? "" : parts.group(3));
            while (key.find()) {
                keys.add(key.group(1));
            }
            boolean histogram = keys.remove("le") || parts.group(1).matches(".*_seconds_(count|sum)");
            String name = histogram ? parts.group(1).replaceFirst("_(bucket|count|sum)$", "") : parts.group(1);
            assertThat(labels.computeIfAbsent(name, first -> keys)).as(line).isEqualTo(keys);
        });
        return labels;
    }

    @Test
    void theCatalogueIsWhatAScrapeShows() {
        fullRun("r1").close();
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
        assertThat(shown).isEqualTo(expected);
    }

    @Test
    void theLabelsAreThoseOfTheCatalogue() {
        fullRun("r1").close();
        Map<String, Set<String>> expected = new TreeMap<>();
        for (RunMeter meter : RunMeter.values()) {
            expected.put(meter.exposedName(), new TreeSet<>(meter.tags()));
        }
        assertThat(labels()).isEqualTo(expected);
    }

    @Test
    void nothingIsRegisteredTwice() {
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(MeterRegistry.class);
        Level level = logger.getLevel();
        said.start();
        logger.addAppender(said);
        logger.setLevel(Level.DEBUG);
        try {
            fullRun("r1").close();
            fullRun("r2");
            fullRun("r1");
            clock.now = clock.now.plus(Duration.ofHours(1));
            fullRun("r3");
            registry.gauge("watched.logger", 1);
            assertThat(said.list).as("nothing yet").isEmpty();
            registry.gauge("watched.logger", 1);
            assertThat(said.list).as("whether such a message is seen at all").isNotEmpty();
        } finally {
            logger.setLevel(level);
            logger.detachAppender(said);
        }
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
                        "escapement_run_state{run=\"r1\",state=\"running\"} 1.0",
                        "escapement_run_state{run=\"r1\",state=\"stalled\"} 0.0",
                        "escapement_run_escapes{run=\"r1\"} 1.0",
                        "escapement_run_info{problem=\"pmc\",run=\"r1\",solver=\"gd\"} 1",
                        // A millisecond per iteration, so a batch is one of them.
                        "escapement_iteration_duration_seconds_count{solver=\"gd\"} 10",
                        "escapement_iteration_duration_seconds_bucket{solver=\"gd\",le=\"1.0E-4\"} 0",
                        "escapement_iteration_duration_seconds_bucket{solver=\"gd\",le=\"0.001\"} 10");
        run.accept(events.phase(10, Phase.PAUSED, ""));
        assertThat(scrape())
                .contains("escapement_runs{state=\"paused\"} 1.0")
                .contains("escapement_run_state{run=\"r1\",state=\"paused\"} 1.0")
                .doesNotContain("escapement_run_end_timestamp_seconds");
        run.accept(events.end(10));
        assertThat(scrape())
                .contains("escapement_run_state{run=\"r1\",state=\"paused\"} 0.0")
                .contains("escapement_run_state{run=\"r1\",state=\"limit\"} 1.0")
                .containsPattern("escapement_run_end_timestamp_seconds\\{run=\"r1\"} 1\\.\\d+E9")
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
    void anAttemptThatResumesTakesOverAndCountsOnlyWhatItDoes() {
        fullRun("r1").close();
        MeteredRun second = meters.open(TestRuns.header("r1"));
        second.accept(resumed(8, 0.125));
        second.accept(resumed(11, 0.1));
        assertThat(scrape().lines())
                .contains(
                        "escapement_iterations_total{solver=\"gd\"} 13.0",
                        "escapement_run_iteration{run=\"r1\"} 11.0",
                        "escapement_run_loss{run=\"r1\"} 0.1",
                        "escapement_run_escapes{run=\"r1\"} 0.0",
                        "escapement_metered_runs_refused_total 0.0")
                .noneMatch(line -> line.contains("escapement_run_end_timestamp_seconds{"));
    }

    private static RunEvent resumed(long iteration, double loss) {
        Stamp stamp = new Stamp(2, iteration, iteration, 0, TestRuns.STARTED, Duration.ofMillis(iteration));
        return new RunEvent.Iteration(stamp, Values.of(Names.of(Values.LOSS), loss), null);
    }

    @Test
    void trialsOfExperimentsHaveNoGaugesAndTakeNobodysPlace() {
        RunHeader header = TestRuns.header("t1");
        Map<String, String> settings = new TreeMap<>(header.settings());
        settings.put("experiment", "leac-table1");
        MeteredRun trial = meters.open(new RunHeader(
                "t1",
                header.name(),
                header.problem(),
                header.solver(),
                header.escape(),
                header.seed(),
                header.started(),
                header.command(),
                settings,
                header.figures(),
                header.gradientBound(),
                header.axes()));
        trial.accept(events.iteration(7, 1, 1));
        assertThat(scrape())
                .contains("escapement_iterations_total{solver=\"gd\"} 7.0")
                .contains("escapement_metered_runs_refused_total 0.0")
                .doesNotContain("run=\"t1\"");
    }

    @Test
    void withoutGaugesOfRunsNobodyIsRefused() {
        PrometheusMeterRegistry other = RunMeters.registry();
        RunMeters aggregate = new RunMeters(other, "0.1.0", List.of(), new RunMeters.Settings(0, Duration.ZERO), clock);
        aggregate.open(TestRuns.header("r1")).accept(events.iteration(3, 1, 1));
        assertThat(Scrape.of(other, aggregate, null).body())
                .contains("escapement_iterations_total{solver=\"gd\"} 3.0")
                .contains("escapement_metered_runs_refused_total 0.0")
                .doesNotContain("escapement_run_");
    }

    @Test
    void everyEscapeIsThereFromTheStart() {
        assertThat(scrape())
                .contains("escapement_escapes_total{mechanism=\"oracle-probe\",outcome=\"accepted\"} 0.0")
                .contains("escapement_escapes_total{mechanism=\"oracle-probe\",outcome=\"rejected\"} 0.0");
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
        meters.lagging(Duration.ofMillis(2500));
        assertThat(scrape())
                .contains("escapement_stream_lag_seconds 2.5")
                .contains("escapement_stream_clients 1.0")
                .contains("escapement_stream_conflated_total 40.0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1"
                        + " | true",
                "application/openmetrics-text | true",
                "APPLICATION/OpenMetrics-Text; charset=utf-8 | true",
                "text/plain, application/openmetrics-text;q=0.9 | false",
                "application/openmetrics-text;q=0 | false",
                "text/html,*/*;q=0.8 | false",
                "null | false"
            })
    void openMetricsIsThereWhenAskedFor(String accept, boolean open) {
        Scrape scrape = Scrape.of(registry, meters, accept);
        assertThat(scrape.contentType()).startsWith(open ? "application/openmetrics-text" : "text/plain");
        assertThat(scrape.body().endsWith("# EOF\n")).isEqualTo(open);
    }

    @Test
    void anExemplarLeadsToTheRun() {
        fullRun("r1");
        String open =
                Scrape.of(registry, meters, "application/openmetrics-text").body();
        assertThat(open)
                .containsPattern("escapement_iteration_duration_seconds_bucket\\{solver=\"gd\",le=\"0.001\"} 10 #"
                        + " \\{run_id=\"r1\"} 0\\.001 ");
        assertThat(open.lines().filter(line -> line.contains("run_id")))
                .as("Prometheus refuses a scrape with exemplars elsewhere")
                .allMatch(line -> line.startsWith("escapement_iteration_duration_seconds_bucket"));
        assertThat(scrape()).doesNotContain("run_id");
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

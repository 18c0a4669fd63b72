package io.escapement.app;

import io.escapement.meter.RunMeters;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/**
 * Which meters there are for Prometheus. On a command line {@code --meters} says the same as {@code --metrics}, but for {@code run}, where
 * it is what a power network is measured by.
 */
final class MeterOptions {

    private static final String AGGREGATE = "aggregate";

    /** Not "runs": that is a command's name, which no value before a command can have. */
    private static final String ALL = "all";

    private static final int MOST = 1000;

    @Option(
            names = "--metrics",
            paramLabel = "WHICH",
            defaultValue = ALL,
            description = "meters for Prometheus: aggregate for those over all runs alone, or all, with gauges of"
                    + " single runs (${DEFAULT-VALUE})")
    private String which = ALL;

    @Option(
            names = "--max-metered-runs",
            paramLabel = "N",
            defaultValue = "20",
            description =
                    "runs with gauges of their own at a time, ended ones that are still shown included; further ones"
                            + " are counted in escapement_metered_runs_refused_total (${DEFAULT-VALUE})")
    private int most = RunMeters.Settings.DEFAULT.most();

    @Option(
            names = "--meter-retention",
            paramLabel = "TIME",
            defaultValue = "10m",
            description = "how long a run's gauges are shown after its end, such as 90s or 1h (${DEFAULT-VALUE})")
    private String retention = "10m";

    /** Whether a value is one of these meters, and not of a network's. */
    static boolean isOne(String value) {
        return AGGREGATE.equals(value) || ALL.equals(value);
    }

    RunMeters.Settings settings() {
        if (!isOne(which)) {
            throw Check.unknown("--metrics", which, List.of(AGGREGATE, ALL));
        }
        Check.between("--max-metered-runs", most, 1, MOST);
        Duration after = Times.parse("--meter-retention", retention);
        return new RunMeters.Settings(which.equals(ALL) ? most : 0, after);
    }
}

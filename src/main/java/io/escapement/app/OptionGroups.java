package io.escapement.app;

import java.util.List;
import java.util.Map;

/** Options of a run in the groups in which a form shows them. An option that is in none is advanced. */
final class OptionGroups {

    static final String ADVANCED = "advanced";

    private static final Map<String, List<String>> GROUPS = Map.of(
            "problem",
            List.of(
                    "n",
                    "n2",
                    "n3",
                    "rank",
                    "truth-rank",
                    "rho",
                    "p",
                    "mask",
                    "epsilon",
                    "m",
                    "outliers",
                    "meters",
                    "kappa",
                    "support",
                    "tau",
                    "linear",
                    "frame",
                    "sigma",
                    "tosses",
                    "noise",
                    "loss",
                    "balance",
                    "ridge"),
            "start",
            List.of("init-scale", "init-error", "init-noise", "seed"),
            "solver",
            List.of("solver", "step", "damping", "system"),
            "escape",
            List.of("escape", "max-escapes", "implicit-region"),
            "stopping",
            List.of(
                    "max-iterations",
                    "max-evaluations",
                    "max-time",
                    "gradient-tolerance",
                    "loss-target",
                    "relative-error-target",
                    "success-distance"),
            ADVANCED,
            List.of("name", "pace", "emit-every", "checkpoint-every", "precision", "sample-constants"));

    private OptionGroups() {}

    /** @param option long name without dashes */
    static String of(String option) {
        return GROUPS.entrySet().stream()
                .filter(group -> group.getValue().contains(option))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(ADVANCED);
    }

    /** Names of all options that are in a group, for the test that none of them has gone. */
    static List<String> named() {
        return GROUPS.values().stream().flatMap(List::stream).toList();
    }
}

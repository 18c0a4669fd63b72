package io.escapement.app;

import io.escapement.event.Figures;
import io.escapement.event.RunState;
import io.escapement.event.Values;
import io.escapement.store.Listed;
import io.escapement.store.RunFilter;
import io.escapement.store.StreamJson;
import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The stored runs. */
@Command(
        name = "runs",
        description = "Lists the runs that are stored, the newest first, those that go on in other processes included.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:listed", "1:the store cannot be read", "2:usage"})
final class RunsCommand implements Callable<Integer> {

    private static final int MOST = 100_000;

    @Option(names = "--state", paramLabel = "STATE", description = "only runs in this state, such as running or lost")
    private String state;

    @Option(
            names = "--q",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "only runs with this in their id, name, problem, solver, escape, experiment or cell")
    private String words;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "at most so many (${DEFAULT-VALUE})")
    private int limit;

    @Option(names = "--json", description = "print exactly one JSON object on standard output")
    private boolean json;

    @Mixin
    private StorePlace place;

    private final PrintStream out;

    RunsCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        Check.between("--limit", limit, 1, MOST);
        RunFilter filter = new RunFilter(state == null ? null : known(state), words);
        try (StoredRuns runs = new StoredRuns(place)) {
            List<Listed> found = runs.list(limit, filter);
            out.print(json ? json(found) + System.lineSeparator() : text(found));
        }
        return ExitCode.GOAL;
    }

    private static RunState known(String label) {
        List<RunState> states = List.of(RunState.values());
        return states.stream()
                .filter(candidate -> candidate.label().equals(label))
                .findFirst()
                .orElseThrow(() -> Check.unknown(
                        "--state",
                        label,
                        Arrays.stream(RunState.values()).map(RunState::label).toList()));
    }

    private static String json(List<Listed> runs) {
        return StreamJson.text(out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("runs");
            for (Listed run : runs) {
                StreamJson.summary(out, run);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private static String text(List<Listed> runs) {
        if (runs.isEmpty()) {
            return "no runs" + System.lineSeparator();
        }
        StringBuilder text = new StringBuilder();
        for (Listed run : runs) {
            Double loss = run.status().values().get(Values.LOSS);
            text.append(String.format(
                    Locale.ROOT,
                    "%s  %s  %-9s  %9d iterations  %-16s  %s%n",
                    run.header().id(),
                    run.header().started().truncatedTo(ChronoUnit.SECONDS),
                    run.status().state().label(),
                    run.status().iteration(),
                    loss == null ? "" : "loss " + Figures.of(loss),
                    run.header().name()));
        }
        return text.toString();
    }
}

package io.escapement.app;

import io.escapement.event.Figures;
import io.escapement.event.RunEvent;
import io.escapement.event.RunHeader;
import io.escapement.store.EventJson;
import io.escapement.store.RunLog;
import io.escapement.store.RunStatus;
import io.escapement.store.StreamJson;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One stored run. */
@Command(
        name = "show",
        description = "Tells of a stored run: what it was, how it stands or ended, what happened on the way.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:shown", "1:the store cannot be read", "2:usage, or there is no such run"})
final class ShowCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "RUN",
            description = "id of the run, its beginning or end, or last for the newest")
    private String run;

    @Option(names = "--json", description = "print exactly one JSON object on standard output")
    private boolean json;

    @Mixin
    private StorePlace place;

    private final PrintStream out;

    ShowCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        try (StoredRuns runs = new StoredRuns(place)) {
            RunLog log = runs.find(run);
            out.print(json ? json(log) + System.lineSeparator() : text(log));
        }
        return ExitCode.GOAL;
    }

    private static List<RunEvent> landmarks(RunLog log) {
        return log.snapshot().landmarks();
    }

    private static String json(RunLog log) {
        return StreamJson.text(out -> {
            out.writeStartObject();
            out.writeFieldName("header");
            StreamJson.header(out, log.header());
            out.writeFieldName("status");
            StreamJson.status(out, log.status());
            out.writeArrayFieldStart("events");
            for (RunEvent event : landmarks(log)) {
                EventJson.write(out, log.header().id(), event);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private static String text(RunLog log) {
        RunHeader header = log.header();
        RunStatus status = log.status();
        StringBuilder text = new StringBuilder();
        line(text, header.id() + ": " + header.name());
        line(text, header.command());
        line(
                text,
                header.problem() + ", " + header.solver() + ", escape " + header.escape() + ", seed " + header.seed()
                        + ", started " + header.started());
        line(text, status.state().label() + ": " + status.sentence());
        for (Map.Entry<String, Double> value : status.values().entrySet()) {
            line(text, "  " + value.getKey() + " " + Figures.of(value.getValue()));
        }
        for (RunEvent event : landmarks(log)) {
            boolean past = status.attempts().stream().anyMatch(attempt -> attempt.supersedes(event.stamp()));
            line(
                    text,
                    (past ? "(superseded, attempt " + event.stamp().attempt() + ") " : "") + "iteration "
                            + event.stamp().iteration() + ": " + words(event));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String words) {
        if (!words.isBlank()) {
            text.append(words).append(System.lineSeparator());
        }
    }

    private static String words(RunEvent event) {
        if (event instanceof RunEvent.Stationary stationary) {
            return stationary.reason().sentence() + ". " + stationary.verdict().sentence();
        }
        if (event instanceof RunEvent.Escape escape) {
            return escape.mechanism() + " " + escape.outcome().label() + ": " + escape.detail();
        }
        if (event instanceof RunEvent.PhaseChange change) {
            return change.phase().label() + (change.detail().isBlank() ? "" : ": " + change.detail());
        }
        if (event instanceof RunEvent.Verdict verdict) {
            return "the end: " + verdict.reason().sentence() + ". "
                    + verdict.verdict().sentence();
        }
        return event instanceof RunEvent.Message message ? message.text() : event.kind();
    }
}

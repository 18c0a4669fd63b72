package io.escapement.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.escapement.event.RunEvent;
import io.escapement.event.RunState;
import io.escapement.event.Values;
import io.escapement.ingest.BadLine;
import io.escapement.ingest.LooseEvents;
import io.escapement.stop.RunWatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Watches a run of another program by the lines that it writes. */
@Command(
        name = "ingest",
        description = {
            "Watches a run of any other program: reads one JSON object a line, tells on standard error when the run stalls,",
            "sits on a plateau, oscillates, diverges or goes on, and sums up on standard output."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "A line is as short as {\"loss\": 0.3}; iteration, gradientNorm and hessianLambdaMin are heeded too.",
            "",
            "Examples:",
            "  python train.py | escapement ingest -",
            "  escapement ingest --window 1000 --json log.ndjson"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the run was making progress when its lines ended",
            "1:an error of ours",
            "2:usage",
            "3:it was stalled, on a plateau or oscillating",
            "4:it had diverged",
            "5:a line was no event, or there was none"
        })
final class IngestCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STANDARD_INPUT = "-";

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = STANDARD_INPUT,
            description = "events, one JSON object a line; -: standard input (${DEFAULT-VALUE})")
    private String file;

    @Option(
            names = "--window",
            paramLabel = "N",
            defaultValue = "200",
            description = "events over which there must be progress (${DEFAULT-VALUE})")
    private int window;

    @Option(
            names = "--relative-decrease",
            paramLabel = "E",
            defaultValue = "1e-6",
            description = "of the best loss or gradient norm that is progress (${DEFAULT-VALUE})")
    private double relativeDecrease;

    @Option(names = "--json", description = "sum up as one JSON object on standard output")
    private boolean json;

    private final PrintStream out;
    private final PrintStream err;
    private final ArrayNode changes = JSON.createArrayNode();
    private long accepted;
    private long lines;
    private long badLines;
    private String firstBad;
    private RunEvent.Iteration newest;
    private double bestLoss = Double.POSITIVE_INFINITY;

    IngestCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws IOException {
        Check.between("--window", window, 1, 1_000_000);
        Check.above("--relative-decrease", relativeDecrease, 0);
        Check.between("--relative-decrease", relativeDecrease, 0, 0.5);
        RunWatch watch =
                new RunWatch(RunWatch.Settings.standard().withWindow(window).withRelativeDecrease(relativeDecrease));
        try (BufferedReader reader = open()) {
            LooseEvents events = new LooseEvents(Clock.systemUTC());
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines++;
                take(line, events, watch);
            }
        }
        out.print(json ? summary(watch.now()) + System.lineSeparator() : words(watch.now()));
        if (firstBad != null || accepted == 0) {
            err.println("escapement: " + (firstBad == null ? file + " holds no event" : firstBad));
            return ExitCode.BAD_DATA;
        }
        return watch.now().kind().state() == RunState.RUNNING
                ? ExitCode.GOAL
                : watch.now().kind().state() == RunState.DIVERGED ? ExitCode.DIVERGED : ExitCode.STOPPED_SHORT;
    }

    private BufferedReader open() throws IOException {
        if (!file.equals(STANDARD_INPUT) && !Files.isReadable(Path.of(file))) {
            throw new BadData(file + " cannot be read; a file, or - for standard input, is needed", null);
        }
        InputStream source = file.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(Path.of(file));
        return new BufferedReader(new InputStreamReader(source, StandardCharsets.UTF_8));
    }

    private void take(String line, LooseEvents events, RunWatch watch) {
        RunEvent.Iteration event;
        try {
            event = events.read(line).orElse(null);
        } catch (BadLine e) {
            badLines++;
            firstBad = firstBad == null ? "line " + lines + ": " + e.getMessage() : firstBad;
            return;
        }
        if (event == null) {
            return;
        }
        accepted++;
        newest = event;
        bestLoss = Math.min(bestLoss, event.values().getOr(Values.LOSS, Double.POSITIVE_INFINITY));
        watch.see(event).ifPresent(finding -> {
            long at = event.stamp().iteration();
            err.println("iteration " + at + ": " + finding.kind().label() + ": " + finding.sentence());
            ObjectNode change = changes.addObject();
            change.put("iteration", at);
            change.put("state", finding.kind().state().label());
            change.put("kind", finding.kind().label());
            change.put("saddleLike", finding.saddleLike());
            change.put("sentence", finding.sentence());
        });
    }

    private ObjectNode summary(RunWatch.Finding end) {
        ObjectNode node = JSON.createObjectNode();
        node.put("accepted", accepted);
        node.put("rejected", badLines);
        if (firstBad != null) {
            node.put("firstBadLine", firstBad);
        }
        node.put("state", end.kind().state().label());
        node.put("kind", end.kind().label());
        node.put("saddleLike", end.saddleLike());
        if (newest != null) {
            node.put("iteration", newest.stamp().iteration());
        }
        if (Double.isFinite(bestLoss)) {
            node.put("bestLoss", bestLoss);
        }
        node.set("changes", changes);
        return node;
    }

    private String words(RunWatch.Finding end) {
        String position =
                newest == null ? "" : " at iteration " + newest.stamp().iteration();
        return end.kind().label() + position + ": " + end.sentence() + ", after " + accepted + " events and "
                + changes.size() + " changes" + System.lineSeparator();
    }
}

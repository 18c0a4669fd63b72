package io.escapement.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.escapement.event.RunEvent;
import io.escapement.event.RunHeader;
import io.escapement.event.RunState;
import io.escapement.event.Values;
import io.escapement.ingest.Answer;
import io.escapement.ingest.ExternalRun;
import io.escapement.ingest.Intake;
import io.escapement.ingest.LogPattern;
import io.escapement.ingest.Rejection;
import io.escapement.stop.RunWatch;
import io.escapement.store.EventJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Watches a run of another program by the lines that it writes, here or on a server. Over the usual length because both ways read the same
 * lines, count the same errors and sum up in the same words.
 */
@Command(
        name = "ingest",
        description = {
            "Watches a run of any other program: reads one JSON object a line, tells on standard error when the run stalls,",
            "sits on a plateau, oscillates, diverges or goes on, and sums up on standard output. With --to it shows the run",
            "in the dashboard of a server as well."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "A line is as short as {\"loss\": 0.3}; iteration, gradientNorm and hessianLambdaMin are heeded too. What is",
            "no event is counted and passed over. Lines of a plain log are read with --pattern, whose named groups are",
            "the figures.",
            "",
            "Examples:",
            "  python train.py | escapement ingest -",
            "  escapement ingest --window 1000 --json log.ndjson",
            "  python train.py | escapement ingest - --to http://localhost:8080 --name 'My training'",
            "  ./solver | escapement ingest - --pattern 'iter (?<iteration>\\d+) loss (?<loss>\\S+)'"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the run was making progress when its lines ended",
            "1:an error of ours",
            "2:usage",
            "3:it was stalled, on a plateau or oscillating",
            "4:it had diverged",
            "5:there was no event"
        })
final class IngestCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STANDARD_INPUT = "-";
    private static final int PIECE = 1 << 16;

    /** The answer has the counts. */
    private static final ExternalRun.Ledger UNCOUNTED = new ExternalRun.Ledger() {
        @Override
        public void ingested(long events) {
            // Nobody asks.
        }

        @Override
        public void rejected(Rejection why, long lines) {
            // Nobody asks.
        }
    };

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

    @Option(
            names = "--pattern",
            paramLabel = "REGEX",
            description = "of the lines of a plain log that tell of an iteration; its named groups, (?<loss>…) or"
                    + " (?P<loss>…), are iteration and the figures")
    private String pattern;

    @Option(
            names = "--to",
            paramLabel = "URL",
            description =
                    "also shows the run in the dashboard of this server, such as http://localhost:8080; a stop asked"
                            + " for there ends this command, and with it the pipe")
    private String to;

    @Option(names = "--name", paramLabel = "NAME", description = "of the run, with --to")
    private String name;

    @Mixin
    private LoginOptions login;

    @Option(names = "--json", description = "sum up as one JSON object on standard output")
    private boolean json;

    private final PrintStream out;
    private final PrintStream err;
    private final ArrayNode changes = JSON.createArrayNode();
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
        if (name != null && to == null) {
            throw new InvalidOption("--name", "is '" + name + "'; it is of use with --to only");
        }
        LogPattern plain = pattern == null ? null : pattern();
        ExternalRun run = new ExternalRun(
                header(),
                Clock.systemUTC(),
                new SteadyClock(),
                line -> EventJson.read(line).event(),
                watched -> Optional.empty(),
                UNCOUNTED);
        run.events().subscribe(event -> see(event, watch));
        Answer answer;
        long unsent = 0;
        if (to == null) {
            answer = read(new Intake(run, false), plain);
        } else {
            try (Fed fed = new Fed(run)) {
                answer = fed.read(plain);
                unsent = fed.finish(watch.now());
            }
        }
        RunWatch.Finding end = watch.now();
        out.print(json ? summary(end, answer) + System.lineSeparator() : words(end, answer));
        if (answer.firstBad() != null) {
            err.println("escapement: " + answer.rejected() + (answer.rejected() == 1 ? " line was" : " lines were")
                    + " no event, the first of them line " + answer.firstBad().line() + ": "
                    + answer.firstBad().error());
        }
        if (answer.accepted() == 0) {
            err.println("escapement: " + file + " holds no event");
            return ExitCode.BAD_DATA;
        }
        if (unsent > 0) {
            err.println("escapement: " + unsent + (unsent == 1 ? " event" : " events") + " did not reach " + to);
            return ExitCode.ERROR;
        }
        return end.kind().state() == RunState.RUNNING
                ? ExitCode.GOAL
                : end.kind().state() == RunState.DIVERGED ? ExitCode.DIVERGED : ExitCode.STOPPED_SHORT;
    }

    private static RunHeader header() {
        return new RunHeader("here", "", "", "", "", 0, Instant.now(), "", Map.of(), List.of(), Double.NaN, null);
    }

    private Answer read(Intake intake, LogPattern plain) throws IOException {
        try (InputStream source = open()) {
            if (plain == null) {
                byte[] buffer = new byte[PIECE];
                for (int length = source.read(buffer); length >= 0; length = source.read(buffer)) {
                    intake.take(Arrays.copyOf(buffer, length));
                }
            } else {
                BufferedReader lines = new BufferedReader(new InputStreamReader(source, StandardCharsets.UTF_8));
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    // A line that is not meant stays a line, so that the numbers of bad ones are right.
                    intake.take((plain.json(line).orElse("") + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return intake.end();
    }

    private LogPattern pattern() {
        try {
            return LogPattern.of(pattern);
        } catch (IllegalArgumentException e) {
            throw new InvalidOption("--pattern", "is not valid: " + e.getMessage());
        }
    }

    private InputStream open() throws IOException {
        if (!file.equals(STANDARD_INPUT) && !Files.isReadable(Path.of(file))) {
            throw new BadData(file + " cannot be read; a file, or - for standard input, is needed", null);
        }
        return file.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(Path.of(file));
    }

    private void see(RunEvent event, RunWatch watch) {
        if (event instanceof RunEvent.Iteration iteration) {
            newest = iteration;
            bestLoss = Math.min(bestLoss, event.values().getOr(Values.LOSS, Double.POSITIVE_INFINITY));
        }
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

    private ObjectNode summary(RunWatch.Finding end, Answer answer) {
        ObjectNode node = JSON.createObjectNode();
        node.put("accepted", answer.accepted());
        node.put("rejected", answer.rejected());
        if (answer.firstBad() != null) {
            node.put(
                    "firstBadLine",
                    "line " + answer.firstBad().line() + ": "
                            + answer.firstBad().error());
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

    private String words(RunWatch.Finding end, Answer answer) {
        String position =
                newest == null ? "" : " at iteration " + newest.stamp().iteration();
        return end.kind().label() + position + ": " + end.sentence() + ", after " + count(answer.accepted(), "event")
                + " and " + count(changes.size(), "change") + " of state" + System.lineSeparator();
    }

    private static String count(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /** The run as a server shows it. */
    private final class Fed implements AutoCloseable {

        private static final String ALIVE = "{\"kind\":\"heartbeat\",\"expectNext\":30}";

        private final ExternalRun run;
        private final ServerFeed feed;
        private final CompletableFuture<Answer> read = new CompletableFuture<>();
        private final Intake intake;
        private volatile boolean stopped;

        Fed(ExternalRun run) {
            this.run = run;
            intake = new Intake(run, false);
            feed = new ServerFeed(
                    to,
                    login.login(System.getenv()),
                    about(),
                    line -> err.println("escapement: " + line),
                    this::beat,
                    this::stop);
            run.events().subscribe(feed::offer);
            feed.start();
            err.println("the run is at " + feed.page());
        }

        private ServerFeed.About about() {
            String from = file.equals(STANDARD_INPUT) ? "standard input" : file;
            return new ServerFeed.About(name == null ? from : name, "escapement ingest " + file);
        }

        private void beat() {
            say(ALIVE);
        }

        /** Says something as if the program did. */
        private void say(String line) {
            Intake ours = new Intake(run, false);
            ours.take(line.getBytes(StandardCharsets.UTF_8));
            Answer unused = ours.end();
        }

        private void stop() {
            if (!stopped) {
                stopped = true;
                err.println("escapement: a stop was asked for at " + to);
                read.complete(intake.cut());
            }
        }

        /** Until the input ends, or somebody asks for a stop: a read that waits for input cannot be broken off. */
        Answer read(LogPattern plain) throws IOException {
            Thread reader = new Thread(
                    () -> {
                        try {
                            read.complete(IngestCommand.this.read(intake, plain));
                        } catch (IOException | RuntimeException e) {
                            read.completeExceptionally(e);
                        }
                    },
                    "input");
            reader.setDaemon(true);
            reader.start();
            try {
                return read.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof IOException cause) {
                    throw cause;
                }
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw e;
            }
        }

        /** Ends the run where the program has not. Returns how many events did not get through. */
        long finish(RunWatch.Finding end) {
            if (!run.ended()) {
                ObjectNode verdict = JSON.createObjectNode();
                boolean fine = end.kind().state() == RunState.RUNNING;
                verdict.put("kind", "verdict");
                verdict.put(
                        "state",
                        stopped
                                ? "cancelled"
                                : fine ? "limit" : end.kind().state().label());
                verdict.put("text", stopped ? "a stop was asked for" : "the program's output ended: " + end.sentence());
                say(verdict.toString());
            }
            return feed.finish();
        }

        @Override
        public void close() {
            feed.close();
        }
    }
}

package io.escapement.web;

import io.escapement.alert.AlertBoard;
import io.escapement.event.RunHeader;
import io.escapement.store.RunCatalogue;
import io.escapement.store.RunLog;
import io.escapement.store.TestRuns;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/** A dashboard on a free port, with a desk that remembers what it was asked and meters that count. */
final class Served implements AutoCloseable {

    /** Few enough that a test can be one too many. */
    static final int VIEWERS = 40;

    final Vertx vertx = Vertx.vertx();

    /** Kept here for as long as its connections: Vert.x closes those of a client that the garbage collector finds, whoever has them. */
    final WebSocketClient sockets = vertx.createWebSocketClient(
            new WebSocketClientOptions().setMaxMessageSize(64 << 20).setMaxConnections(200));

    final RunCatalogue catalogue;
    final Desk desk = new Desk();
    final Counts counts = new Counts();
    final Feeders feeders;
    final AlertBoard alerts = new AlertBoard(Clock.systemUTC(), Map.of(), alert -> {});
    final Dashboard dashboard;

    static final class Desk implements RunDesk {
        final List<String> asked = Collections.synchronizedList(new ArrayList<>());

        @Override
        public String start(String problem, Map<String, Object> options) throws InvalidRequest {
            if (!problem.equals("pmc")) {
                throw new InvalidRequest("problem", "problem is '" + problem + "'; pmc would be valid");
            }
            asked.add("start " + problem + " " + options);
            return "new-run";
        }

        @Override
        public CommandOutcome command(String run, String command, String by) {
            asked.add(command + " " + run + " by " + by);
            return run.equals("external")
                    ? CommandOutcome.refused("the run is fed by another program")
                    : CommandOutcome.accepted();
        }

        @Override
        public Optional<ProblemSheet> sheet(String problem) {
            return problem.equals("pmc")
                    ? Optional.of(new ProblemSheet(
                            "½‖𝒜(XXᵀ) − b‖²",
                            "±1",
                            List.of("a paper"),
                            Map.of("n", "11"),
                            11,
                            1,
                            Map.of("observed", 31.0),
                            Map.of(),
                            0.0,
                            0.0,
                            List.of(),
                            null))
                    : Optional.empty();
        }

        @Override
        public StartForm form() {
            return new StartForm(
                    List.of(new Problem("pmc", "Matrix completion", "…", List.of("n", "pace"), List.of("n"))),
                    List.of(new Option("n", "integer", null, "11", "rows", "problem", null)),
                    List.of("gd"),
                    List.of("none"));
        }
    }

    /** One experiment with a result, and one without, which is being performed from when it is started. */
    static final class Shelf implements ExperimentShelf {
        private volatile Wish wish;

        @Override
        public List<Entry> experiments() {
            Running running = wish == null ? null : new Running(1, 4, 0, 12L, "running");
            return List.of(
                    new Entry(
                            "leac-table1",
                            "Success",
                            "[LEAC] table 1",
                            64,
                            true,
                            true,
                            true,
                            false,
                            "2026-11-22T07:00:00Z",
                            null,
                            null),
                    new Entry("sod-pmc", "Curves", "[SOD]", 1, false, null, null, null, null, running, null));
        }

        @Override
        public Optional<String> latest(String id) {
            return id.equals("leac-table1") ? Optional.of("{\"experiment\":\"leac-table1\"}") : Optional.empty();
        }

        @Override
        public Optional<List<Trial>> trials(String id, String cell) {
            List<Trial> all = LongStream.rangeClosed(1, 3)
                    .mapToObj(seed -> new Trial(
                            "n = 11",
                            seed,
                            seed == 1 ? null : "run" + seed,
                            "converged",
                            "global-minimum",
                            true,
                            Map.of("loss", 0.0),
                            0.1))
                    .filter(trial -> cell == null || cell.equals(trial.cell()))
                    .toList();
            return id.equals("leac-table1") ? Optional.of(all) : Optional.empty();
        }

        @Override
        public Started start(String id, Wish asked) throws InvalidRequest {
            if (!id.equals("sod-pmc")) {
                return Started.UNKNOWN;
            }
            if (asked.trials() != null && asked.trials() != 1) {
                throw new InvalidRequest("trials", "trials is " + asked.trials() + "; 1 to 1 is possible");
            }
            if (wish != null) {
                return Started.BUSY;
            }
            wish = asked;
            return Started.STARTED;
        }

        @Override
        public boolean stop(String id) {
            boolean performed = wish != null && id.equals("sod-pmc");
            wish = performed ? null : wish;
            return performed;
        }
    }

    /** Labels and deletes what is in the catalogue, and exports its ids. */
    record Keeper(RunCatalogue catalogue) implements RunKeeper {
        @Override
        public Optional<RunHeader> label(String run, UnaryOperator<RunHeader> change) {
            return catalogue.label(run, change);
        }

        @Override
        public Deletion delete(String run) {
            Optional<RunLog> log = catalogue.find(run);
            if (log.isPresent() && log.get().ended()) {
                catalogue.delete(run);
            }
            return log.map(found -> found.ended() ? Deletion.DONE : Deletion.LIVE)
                    .orElse(Deletion.UNKNOWN);
        }

        @Override
        public boolean export(String run, String format, OutputStream out) throws IOException {
            out.write((format + " of " + run).getBytes(StandardCharsets.UTF_8));
            return catalogue.find(run).isPresent();
        }
    }

    static final class Counts implements Telemetry {
        final AtomicInteger viewers = new AtomicInteger();
        final AtomicLong conflated = new AtomicLong();
        volatile Duration lag = Duration.ZERO;

        @Override
        public Page scrape(String accept) {
            return new Page("text/plain; version=0.0.4; charset=utf-8", "asked_for " + accept + "\n");
        }

        @Override
        public void viewerJoined() {
            viewers.incrementAndGet();
        }

        @Override
        public void viewerLeft() {
            viewers.decrementAndGet();
        }

        @Override
        public void lagging(Duration behind) {
            lag = behind;
        }

        @Override
        public void conflated(long iterations) {
            conflated.addAndGet(iterations);
        }

        @Override
        public Intake intake() {
            return new Intake(12, 3, Map.of("malformed", 2L, "ended", 0L), "malformed", "2026-11-22T10:00:00Z");
        }

        @Override
        public Reach reach() {
            return new Reach(null, 0, 1, 20, 0);
        }
    }

    final Pictures pictures;

    Served() {
        this(StreamHub.Patience.DEFAULT);
    }

    Served(StreamHub.Patience patience) {
        this(patience, Connections.Limits.DEFAULT, settings(0), new RunCatalogue(), new Traffic());
    }

    /** @param traffic that may be on its way to all viewers together */
    Served(StreamHub.Patience patience, Connections.Limits limits, Traffic traffic) {
        this(patience, limits, settings(0), new RunCatalogue(), traffic);
    }

    /** @param viewers at most */
    Served(StreamHub.Patience patience, int viewers, Traffic traffic) {
        this(patience, Connections.Limits.DEFAULT, settings(0, viewers), new RunCatalogue(), traffic);
    }

    Served(Protection protection) {
        this(Connections.Limits.DEFAULT, protection);
    }

    Served(Connections.Limits limits, Protection protection) {
        this(
                StreamHub.Patience.DEFAULT,
                limits,
                settings(0).withProtection(protection),
                new RunCatalogue(),
                new Traffic());
    }

    Served(StreamHub.Patience patience, Dashboard.Settings settings, RunCatalogue runs) {
        this(patience, Connections.Limits.DEFAULT, settings, runs, new Traffic());
    }

    private Served(
            StreamHub.Patience patience,
            Connections.Limits limits,
            Dashboard.Settings settings,
            RunCatalogue runs,
            Traffic traffic) {
        catalogue = runs;
        feeders = new Feeders(runs);
        pictures = new Pictures(runs);
        dashboard = new Dashboard(
                settings,
                catalogue,
                desk,
                new Shelf(),
                feeders,
                new Keeper(catalogue),
                new AlertDesk(true, alerts, List.of()),
                pictures,
                counts,
                patience,
                limits,
                traffic);
        await(vertx.deployVerticle(dashboard));
    }

    static Dashboard.Settings settings(int port) {
        return settings(port, VIEWERS);
    }

    private static Dashboard.Settings settings(int port, int viewers) {
        return new Dashboard.Settings(
                "127.0.0.1", port, "0.1.0", Set.of("run.example"), "pages-for-tests", Protection.NONE, viewers);
    }

    RunLog newRun(String id) {
        RunLog log = new RunLog(TestRuns.header(id));
        catalogue.add(log);
        return log;
    }

    /** A WebSocket that listens before there is a connection, so that a greeting that comes at once is heard. */
    WebSocket connect(WebSocketConnectOptions options, Handler<String> heard) {
        ClientWebSocket socket = sockets.webSocket();
        socket.textMessageHandler(heard);
        return await(socket.connect(options.setHost("127.0.0.1").setPort(dashboard.port())));
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}

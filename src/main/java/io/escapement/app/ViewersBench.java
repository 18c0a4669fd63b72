package io.escapement.app;

import io.escapement.run.Command;
import io.escapement.run.Run;
import io.escapement.store.RunLog;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Many readers of the live stream at once: each follows a solver that runs as fast as it can, and one of a few runs of other
 * programs that leave landmarks at a steady rate. One in twenty reads slowly and one in twenty drops its connection again and
 * again. In the end each must have had every landmark exactly once, in order, and be at the last event of its runs. Server,
 * solver, programs and readers are in one process, so the readers' own work is taken from the solver too.
 */
final class ViewersBench {

    private static final int FED_RUNS = 4;

    /** One in so many is slow, and one in so many leaves. */
    private static final int ONE_IN = 20;

    private static final long LOOK_MILLIS = 3000;
    private static final Duration CATCH_UP = Duration.ofSeconds(60);
    private static final int START_SECONDS = 120;
    private static final double NANOS = 1e9;

    private final int viewers;
    private final int hz;
    private final int seconds;

    private final BenchCounts counts = new BenchCounts();

    ViewersBench(int viewers, int hz, int seconds) {
        this.viewers = viewers;
        this.hz = hz;
        this.seconds = seconds;
    }

    /** Returns whether nothing was lost or doubled and everybody got to the end. */
    boolean run(PrintStream out) throws Exception {
        Path directory = Files.createTempDirectory("escapement-bench");
        Vertx vertx = Vertx.vertx();
        try (Station station = new Station(StoreOptions.in(directory))) {
            ServerOptions options = new ServerOptions();
            options.bind = "127.0.0.1";
            options.port = 0;
            options.viewers = viewers + ONE_IN;
            URI server = URI.create(station.serve(options) + "/");
            Run solver = PipelineBench.endless(station);
            out.printf(
                    Locale.ROOT,
                    "%d readers at %d Hz for %d s, each of a solver at full speed and of one of %d fed runs with %d"
                            + " landmarks a second; %d of the readers slow, %d leaving%n",
                    viewers,
                    hz,
                    seconds,
                    FED_RUNS,
                    BenchPrograms.MARKS_PER_SECOND,
                    count(BenchReader.Manner.SLOW),
                    count(BenchReader.Manner.LEAVING));
            // The compiler learns first.
            Thread.sleep(TimeUnit.SECONDS.toMillis(Math.max(1, seconds / 12)));
            double before = pace(station, solver, seconds / 6.0);
            boolean fine = watched(out, station, solver, server, vertx, before);
            double after = pace(station, solver, seconds / 6.0);
            out.printf(Locale.ROOT, "solver: %.0f iterations/s before, %.0f after the readers%n", before, after);
            station.runs().command(solver.header().id(), Command.STOP, "the benchmark");
            return fine;
        } finally {
            vertx.close()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(START_SECONDS, TimeUnit.SECONDS)
                    .join();
            PipelineBench.delete(directory);
        }
    }

    private boolean watched(PrintStream out, Station station, Run solver, URI server, Vertx vertx, double before)
            throws Exception {
        try (BenchPrograms programs = new BenchPrograms(server, FED_RUNS)) {
            WebSocketClient client = vertx.createWebSocketClient(new WebSocketClientOptions()
                    .setMaxConnections(2 * viewers)
                    .setMaxMessageSize(64 << 20)
                    .setMaxFrameSize(64 << 20));
            List<BenchReader> readers = new ArrayList<>();
            Map<BenchReader, Context> loops = new HashMap<>();
            long began = System.nanoTime();
            for (int i = 0; i < viewers; i++) {
                Context loop = vertx.getOrCreateContext();
                List<String> ids = List.of(solver.header().id(), programs.ids().get(i % FED_RUNS));
                BenchReader reader = new BenchReader(vertx, client, server.getPort(), hz, manner(i), i, counts);
                readers.add(reader);
                loops.put(reader, loop);
                loop.runOnContext(now -> reader.follow(ids));
            }
            awaitAll(readers, loops, reader -> reader.runs.values().stream().allMatch(run -> run.position >= 0));
            double joined = (System.nanoTime() - began) / NANOS;
            long framesThen = counts.frames();
            double with;
            String heap;
            try (HeapWatch watch = new HeapWatch(LOOK_MILLIS)) {
                with = pace(station, solver, seconds);
                heap = watch.words();
            }
            double framesPerSecond = (counts.frames() - framesThen) / (double) seconds;
            out.printf(
                    Locale.ROOT,
                    "all there after %.1f s; %.0f frames/s of %d that were asked for, %.0f characters each; %d iterations"
                            + " came in buckets; %d connections dropped%n",
                    joined,
                    framesPerSecond,
                    2L * viewers * hz,
                    counts.charactersPerFrame(),
                    counts.conflated(),
                    counts.reconnects());
            out.printf(
                    Locale.ROOT,
                    "from a landmark to a steady reader: half within %d ms, 95%% within %d ms, 99%% within %d ms%n",
                    counts.lagMillis(0.5),
                    counts.lagMillis(0.95),
                    counts.lagMillis(0.99));
            out.println(heap);
            out.printf(
                    Locale.ROOT,
                    "solver: %.0f iterations/s with the readers, %.2f of those without%n",
                    with,
                    with / before);
            station.runs().command(solver.header().id(), Command.PAUSE, "the benchmark");
            long marks = programs.finish();
            for (BenchReader reader : readers) {
                loops.get(reader).runOnContext(now -> reader.settle());
            }
            boolean reached = reached(station, readers, loops, programs.ids());
            boolean fine = tell(out, readers, loops, programs.ids(), marks) && reached;
            for (BenchReader reader : readers) {
                loops.get(reader).runOnContext(now -> reader.close());
            }
            station.runs().command(solver.header().id(), Command.RESUME, "the benchmark");
            return fine;
        }
    }

    /** Whether every reader comes to the end of its fed run, in the end. */
    private boolean reached(
            Station station, List<BenchReader> readers, Map<BenchReader, Context> loops, List<String> ids)
            throws Exception {
        Map<String, Long> last = new HashMap<>();
        for (String id : ids) {
            RunLog log = station.catalogue().find(id).orElseThrow();
            last.put(id, log.last());
        }
        return awaitAll(
                readers,
                loops,
                reader -> reader.runs.entrySet().stream()
                        .allMatch(run -> !last.containsKey(run.getKey())
                                || (run.getValue().ended && run.getValue().position == last.get(run.getKey()))));
    }

    private boolean tell(
            PrintStream out, List<BenchReader> readers, Map<BenchReader, Context> loops, List<String> fed, long marks)
            throws Exception {
        long complete = 0;
        long missing = 0;
        long repeated = 0;
        for (BenchReader reader : readers) {
            BenchReader.Account account = on(
                    loops.get(reader),
                    () -> reader.runs.entrySet().stream()
                            .filter(run -> fed.contains(run.getKey()))
                            .findFirst()
                            .orElseThrow()
                            .getValue());
            boolean all = account.due == marks && account.missing == 0 && account.repeated == 0 && account.ended;
            complete += all ? 1 : 0;
            missing += account.missing + Math.max(0, marks - account.due);
            repeated += account.repeated;
        }
        out.printf(
                Locale.ROOT,
                "%d of %d readers had each of %d landmarks exactly once and the end; %d landmarks missing, %d repeated%n",
                complete,
                readers.size(),
                marks,
                missing,
                repeated);
        return complete == readers.size();
    }

    private interface Question {
        boolean holds(BenchReader reader);
    }

    private static boolean awaitAll(List<BenchReader> readers, Map<BenchReader, Context> loops, Question question)
            throws Exception {
        long until = System.nanoTime() + CATCH_UP.toNanos();
        for (BenchReader reader : readers) {
            while (!on(loops.get(reader), () -> question.holds(reader))) {
                if (System.nanoTime() > until) {
                    return false;
                }
                Thread.sleep(5);
            }
        }
        return true;
    }

    private static <T> T on(Context loop, java.util.function.Supplier<T> question) throws Exception {
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.runOnContext(now -> answer.complete(question.get()));
        return answer.get(START_SECONDS, TimeUnit.SECONDS);
    }

    private static BenchReader.Manner manner(int i) {
        return switch (i % ONE_IN) {
            case 7 -> BenchReader.Manner.SLOW;
            case 13 -> BenchReader.Manner.LEAVING;
            default -> BenchReader.Manner.STEADY;
        };
    }

    private int count(BenchReader.Manner manner) {
        int count = 0;
        for (int i = 0; i < viewers; i++) {
            count += manner(i) == manner ? 1 : 0;
        }
        return count;
    }

    private static double pace(Station station, Run solver, double seconds) throws InterruptedException {
        RunLog log = station.catalogue().find(solver.header().id()).orElseThrow();
        long first = log.status().iteration();
        long began = System.nanoTime();
        Thread.sleep((long) (1000 * seconds));
        return (log.status().iteration() - first) * NANOS / (System.nanoTime() - began);
    }
}

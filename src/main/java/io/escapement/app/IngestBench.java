package io.escapement.app;

import com.sun.management.OperatingSystemMXBean;
import io.escapement.store.Listed;
import io.escapement.store.RunFilter;
import io.escapement.store.disk.RunStore;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Events of other programs a second: so many runs at once, each sent in batches over HTTP to a server with a store, all in
 * this process, so that the programs' own work is in the figures. The same programs then send the same to a
 * {@link BenchSink}, and the ratio of the two is what taking, judging, metering and storing an event costs beyond HTTP.
 * Afterwards log and store are asked whether they have all.
 */
final class IngestBench {

    private static final double MEGA = 1e6;
    private static final double NANOS = 1e9;

    /** Between two looks at the heap. */
    private static final long LOOK_MILLIS = 2000;

    /** A tenth beforehand, which the compiler learns from. */
    private static final int WARM_UP = 10;

    private final int runs;
    private final long events;
    private final int batch;

    /** @param events of each run */
    IngestBench(int runs, long events, int batch) {
        this.runs = runs;
        this.events = events;
        this.batch = batch;
    }

    void run(PrintStream out) throws Exception {
        Path directory = Files.createTempDirectory("escapement-bench");
        try {
            Sent sent;
            Set<String> ids;
            try (Station station = new Station(StoreOptions.in(directory))) {
                ServerOptions options = new ServerOptions();
                options.bind = "127.0.0.1";
                options.port = 0;
                URI server = URI.create(station.serve(options) + "/");
                send(server, Math.max(batch, events / WARM_UP));
                try (HeapWatch heap = new HeapWatch(LOOK_MILLIS)) {
                    sent = send(server, events);
                    out.println(sent.words("into log, meters and store"));
                    out.println(heap.words());
                }
                ids = Set.copyOf(sent.ids);
                long logged = 0;
                for (String id : ids) {
                    logged += station.catalogue().find(id).orElseThrow().last();
                }
                out.printf("in the logs of %d runs: %d of %d events%n", ids.size(), logged, runs * events);
            }
            out.printf("in the store, opened anew: %d of %d events%n", stored(directory, ids), runs * events);
            Sent sunk;
            try (BenchSink sink = new BenchSink()) {
                send(sink.address(), Math.max(batch, events / WARM_UP));
                sunk = send(sink.address(), events);
            }
            out.println(sunk.words("into a server that counts line ends"));
            out.printf(
                    "ratio to that: %.2f of its events/s, %.2f times its processor time%n",
                    sent.perSecond() / sunk.perSecond(), sent.microsPerEvent() / sunk.microsPerEvent());
        } finally {
            delete(directory);
        }
    }

    /** Iterations that the store has of these runs. The end of each is one event more. */
    private long stored(Path directory, Set<String> ids) {
        long stored = 0;
        try (RunStore store = new RunStore(StoreOptions.in(directory).settings().orElseThrow(), took -> {})) {
            for (Listed run : store.list(null, 3 * runs, RunFilter.ALL)) {
                stored += ids.contains(run.header().id()) ? run.last() : 0;
            }
        }
        return stored;
    }

    /** What all programs together sent, and what it took. */
    private record Sent(List<String> ids, long events, int batch, long bytes, double seconds, double cpuSeconds) {

        double perSecond() {
            return events / seconds;
        }

        /** Of processor time of this process. */
        double microsPerEvent() {
            return MEGA * cpuSeconds / events;
        }

        String words(String where) {
            return String.format(
                    "%d events of %d runs at once, batches of %d, %s: %.0f events/s, %.1f MB/s; %.2f µs of processor an"
                            + " event, which on two cores would be %.0f events/s",
                    events,
                    ids.size(),
                    batch,
                    where,
                    perSecond(),
                    bytes / MEGA / seconds,
                    microsPerEvent(),
                    2 * MEGA / microsPerEvent());
        }
    }

    private Sent send(URI server, long count) throws Exception {
        ExecutorService programs = Executors.newFixedThreadPool(runs);
        try {
            List<Callable<Long>> tasks = new ArrayList<>();
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < runs; i++) {
                BenchProgram program = new BenchProgram(server);
                String id = program.register();
                ids.add(id);
                tasks.add(() -> {
                    try (program) {
                        long bytes = program.send(id, count, batch);
                        program.end(id, count);
                        return bytes;
                    }
                });
            }
            OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
            long cpu = system.getProcessCpuTime();
            long began = System.nanoTime();
            long bytes = 0;
            for (Future<Long> sent : programs.invokeAll(tasks)) {
                bytes += sent.get();
            }
            double seconds = (System.nanoTime() - began) / NANOS;
            return new Sent(ids, runs * count, batch, bytes, seconds, (system.getProcessCpuTime() - cpu) / NANOS);
        } finally {
            programs.shutdown();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

package io.escapement.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.escapement.store.Listed;
import io.escapement.store.RunFilter;
import io.escapement.store.disk.RunStore;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Events of other programs a second: so many runs at once, each sent in batches over HTTP to a server with a store, all in
 * this process, so that the programs' own work is in the figures. Afterwards log and store are asked whether they have all.
 */
final class IngestBench {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double MEGA = 1e6;

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
            long before = usedHeap();
            List<String> ids;
            try (Station station = new Station(StoreOptions.in(directory))) {
                ServerOptions options = new ServerOptions();
                options.bind = "127.0.0.1";
                options.port = 0;
                URI server = URI.create(station.serve(options) + "/");
                // A tenth beforehand, which the compiler learns from.
                send(server, Math.max(batch, events / 10));
                long began = System.nanoTime();
                Sent sent = send(server, events);
                double seconds = (System.nanoTime() - began) / 1e9;
                ids = sent.ids;
                long total = runs * events;
                out.printf(
                        "%d events of %d runs at once in %.2f s: %.0f events/s, %.1f MB/s, batches of %d%n",
                        total, runs, seconds, total / seconds, sent.bytes / MEGA / seconds, batch);
                for (String id : ids) {
                    long logged = station.catalogue().find(id).orElseThrow().last() + 1;
                    out.printf("log of run %s: %d of %d events%n", id, logged, events);
                }
                out.printf(
                        "heap after a collection: %.0f MB before, %.0f MB after%n", before / MEGA, usedHeap() / MEGA);
            }
            try (RunStore store =
                    new RunStore(StoreOptions.in(directory).settings().orElseThrow(), took -> {})) {
                for (Listed stored : store.list(null, 2 * runs, RunFilter.ALL)) {
                    if (ids.contains(stored.header().id())) {
                        out.printf(
                                "store of run %s: %d of %d events%n",
                                stored.header().id(), stored.last() + 1, events);
                    }
                }
            }
        } finally {
            delete(directory);
        }
    }

    private record Sent(List<String> ids, long bytes) {}

    private Sent send(URI server, long count) throws Exception {
        ExecutorService programs = Executors.newFixedThreadPool(runs);
        try {
            List<Callable<Sent>> tasks = new ArrayList<>();
            for (int i = 0; i < runs; i++) {
                tasks.add(() -> program(server, count));
            }
            List<String> ids = new ArrayList<>();
            long bytes = 0;
            for (Future<Sent> sent : programs.invokeAll(tasks)) {
                ids.addAll(sent.get().ids);
                bytes += sent.get().bytes;
            }
            return new Sent(ids, bytes);
        } finally {
            programs.shutdown();
        }
    }

    private Sent program(URI server, long count) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        String id = post(client, server.resolve("api/v1/runs"), "application/json", "{\"source\":\"external\"}")
                .path("id")
                .asText();
        URI to = server.resolve("api/v1/runs/" + id + "/events");
        long bytes = 0;
        StringBuilder lines = new StringBuilder();
        for (long from = 0; from < count; from += batch) {
            lines.setLength(0);
            long end = Math.min(count, from + batch);
            for (long i = from; i < end; i++) {
                lines.append("{\"seq\":").append(i);
                lines.append(",\"iteration\":").append(i);
                lines.append(",\"loss\":").append(count - i).append(".25");
                lines.append(",\"gradientNorm\":").append(2 * (count - i)).append(".5e-3}\n");
            }
            String body = lines.toString();
            bytes += body.length();
            JsonNode answer = post(client, to, "application/x-ndjson", body);
            if (answer.path("accepted").asLong() != end - from) {
                throw new IllegalStateException("of " + (end - from) + " events: " + answer);
            }
        }
        return new Sent(List.of(id), bytes);
    }

    private static JsonNode post(HttpClient client, URI to, String type, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(to)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.UTF_8)))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException("status " + response.statusCode() + ": " + response.body());
        }
        return JSON.readTree(response.body());
    }

    private static long usedHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

package io.escapement.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.escapement.event.RunEvent;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that drop in mid-batch, and such as bring a byte at a time: part of the suite that package fault describes. */
@Timeout(300)
class ConnectionFaultIT {

    private static final int LORISES = Integer.getInteger("escapement.lorises", 120);
    private static final int BATCHES = Integer.getInteger("escapement.batches", 60);
    private static final long SEED = Long.getLong("escapement.seed", 20261129L);
    private static final Duration REQUEST = Duration.ofSeconds(2);
    private static final Duration IDLE = Duration.ofSeconds(2);
    private static final int PROGRAMS = 4;
    private static final int BATCH = 100;

    private final Served served = new Served(
            new StreamHub.Patience(Duration.ofSeconds(3), Duration.ofSeconds(15), Duration.ofSeconds(45), IDLE),
            new Connections.Limits(1000, REQUEST, REQUEST),
            new Traffic());

    private final WebClient client = WebClient.create(
            served.vertx, new WebClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(served.dashboard.port()));

    @AfterEach
    void close() {
        served.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.dashboard.port());
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static String head(String path, long length) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + length + "\r\n\r\n";
    }

    private String register() throws ExternalDesk.TooMany {
        return served.feeders.register(
                new ExternalDesk.Registration("", "", "", "", List.of(), java.util.Map.of(), List.of(), 0));
    }

    private List<Long> taken(String run) {
        List<RunEvent> events = served.feeders.events.get(run);
        synchronized (events) {
            return events.stream().map(event -> event.stamp().seq()).toList();
        }
    }

    /** One that says nothing, or a byte of its text whenever it is asked to. */
    private final class Loris {
        private final Socket socket = connect();
        private final String text;
        private int at;
        private boolean closed;

        /** @param at characters that it sends at once */
        Loris(String text, int at) throws IOException {
            this.text = text;
            this.at = at;
            write(socket, text.substring(0, at));
            socket.setSoTimeout(1);
        }

        /** Whether the server has closed it. */
        boolean drip() throws IOException {
            if (closed) {
                return true;
            }
            try {
                if (at < text.length()) {
                    write(socket, text.substring(at, at + 1));
                    at++;
                }
                closed = socket.getInputStream().read(new byte[4096]) < 0;
            } catch (SocketTimeoutException e) {
                // It is still open.
            } catch (SocketException e) {
                closed = true;
            }
            return closed;
        }
    }

    @Test
    void whoBringsAByteAtATimeHindersNobodyAndIsTakenLeaveOf() throws Exception {
        String run = register();
        WebSocket viewer = Served.await(served.sockets.connect(new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(served.dashboard.port())
                .setURI("/api/v1/stream")));
        String longHead = "GET /health/ready HTTP/1.1\r\nHost: localhost\r\nX-Slow: " + "x".repeat(10_000);
        String longBody = head("/api/v1/runs", 10_000) + " ".repeat(10_000);
        String longLine = head("/api/v1/runs/" + run + "/events", 10_000) + "x".repeat(10_000);
        String asked = "GET /health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n";
        List<Loris> open = new ArrayList<>();
        for (int i = 0; i < LORISES; i++) {
            open.add(
                    switch (i % 5) {
                        case 0 -> new Loris("", 0);
                        case 1 -> new Loris(longHead, 30);
                        case 2 -> new Loris(longBody, longBody.indexOf("\r\n\r\n") + 5);
                        case 3 -> new Loris(longLine, longLine.indexOf("\r\n\r\n") + 5);
                        default -> new Loris(asked + longHead, asked.length() + 1);
                    });
        }
        long answered = 0;
        Socket program = connect();
        write(program, head("/api/v1/runs/" + run + "/events", 1_000_000));
        long lines = 0;
        while (!open.isEmpty()) {
            for (Iterator<Loris> each = open.iterator(); each.hasNext(); ) {
                Loris loris = each.next();
                if (loris.drip()) {
                    loris.socket.close();
                    each.remove();
                }
            }
            assertThat(Served.await(client.get("/api/v1/runs").send()).statusCode())
                    .isEqualTo(200);
            write(program, "{\"seq\":" + lines++ + ",\"loss\":1}\n");
            answered++;
        }
        long sent = lines;
        await().atMost(Duration.ofSeconds(60)).until(() -> taken(run).size() == sent);
        assertThat(viewer.isClosed()).isFalse();
        program.close();
        System.out.printf(
                "fault: slow loris: %d connections (silent, head, body, line or second request a byte at a time) closed;"
                        + " meanwhile %d of %d requests of others were answered and %d of %d events taken%n",
                LORISES, answered, answered, taken(run).size(), sent);
    }

    @Test
    void connectionsThatDropInMidBatchLoseAndDoubleNothing() throws Exception {
        ExecutorService programs = Executors.newFixedThreadPool(PROGRAMS);
        List<Callable<long[]>> tasks = new ArrayList<>();
        List<String> runs = new ArrayList<>();
        for (int p = 0; p < PROGRAMS; p++) {
            String run = register();
            runs.add(run);
            Random random = new Random(SEED + p);
            tasks.add(() -> feed(run, random));
        }
        long drops = 0;
        long duplicates = 0;
        try {
            for (Future<long[]> done : programs.invokeAll(tasks)) {
                drops += done.get()[0];
                duplicates += done.get()[1];
            }
        } finally {
            programs.shutdown();
        }
        long events = (long) BATCHES * BATCH;
        for (String run : runs) {
            assertThat(taken(run))
                    .as("seed " + SEED)
                    .isEqualTo(LongStream.range(0, events).boxed().toList());
        }
        System.out.printf(
                "fault: connections dropped in mid-batch, seed %d: %d drops in %d batches of %d programs; %d events sent"
                        + " again; %d taken, 0 lost, 0 doubled%n",
                SEED, drops, BATCHES * PROGRAMS, PROGRAMS, duplicates, events * PROGRAMS);
        assertThat(drops).as("or the test shows nothing").isPositive();
    }

    /** Returns drops, and events that were sent although they were known. */
    private long[] feed(String run, Random random) throws Exception {
        long drops = 0;
        long duplicates = 0;
        for (int b = 0; b < BATCHES; b++) {
            StringBuilder lines = new StringBuilder();
            for (int i = b * BATCH; i < (b + 1) * BATCH; i++) {
                lines.append("{\"seq\":")
                        .append(i)
                        .append(",\"loss\":")
                        .append(1.0 / (i + 1))
                        .append("}\n");
            }
            byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
            while (random.nextInt(3) == 0) {
                drops++;
                Socket socket = connect();
                write(socket, head("/api/v1/runs/" + run + "/events", body.length));
                socket.getOutputStream().write(Arrays.copyOf(body, random.nextInt(body.length)));
                if (random.nextBoolean()) {
                    // A reset, which may overtake what was sent.
                    socket.setSoLinger(true, 0);
                }
                socket.close();
            }
            try (Socket socket = connect()) {
                socket.setSoTimeout(60_000);
                write(
                        socket,
                        head("/api/v1/runs/" + run + "/events", body.length)
                                .replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
                socket.getOutputStream().write(body);
                InputStream in = socket.getInputStream();
                String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                var counts = PageModel.parse(answer.substring(answer.indexOf("\r\n\r\n") + 4));
                assertThat(counts.get("accepted").asInt()
                                + counts.get("duplicates").asInt())
                        .as(answer)
                        .isEqualTo(BATCH);
                duplicates += counts.get("duplicates").asInt();
            }
        }
        return new long[] {drops, duplicates};
    }
}

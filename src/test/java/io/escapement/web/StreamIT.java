package io.escapement.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.escapement.event.RunState;
import io.escapement.store.RunLog;
import io.escapement.store.TestRuns;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The live stream over real sockets. */
class StreamIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Of a peer that says nothing; longer than a machine that others use lets one wait that is alive. */
    private static final Duration DEAD = Duration.ofSeconds(3);

    private Served served = new Served();

    @AfterEach
    void close() {
        served.close();
    }

    private PageModel open() {
        PageModel page = new PageModel();
        page.socket = connect(page);
        await().atMost(PATIENCE).until(() -> page.count("hello") == 1);
        return page;
    }

    private WebSocket connect(PageModel page) {
        return served.connect(options(), page::receive);
    }

    private WebSocketConnectOptions options() {
        return new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(served.dashboard.port())
                .setURI("/api/v1/stream");
    }

    /** Appends a run with a landmark now and then, a little slower than as fast as possible, and ends it. */
    private static CompletableFuture<Void> write(RunLog log, int iterations, long seed) {
        return CompletableFuture.runAsync(() -> {
            Random random = new Random(seed);
            TestRuns events = new TestRuns();
            for (int i = 0; i < iterations; i++) {
                log.append(events.iteration(i, random.nextDouble(), random.nextInt(20) == 0 ? Double.NaN : i));
                if (random.nextInt(40) == 0) {
                    log.append(events.message(i, "message " + i));
                }
                if (i % 50 == 0) {
                    LockSupport.parkNanos(1_000_000);
                }
            }
            log.append(events.end(iterations - 1));
        });
    }

    private PageModel fresh(String run) {
        PageModel page = open();
        page.subscribe(run);
        await().atMost(PATIENCE).until(page::ended);
        return page;
    }

    private static void assertSame(PageModel page, PageModel fresh) {
        assertThat(page.fault).isNull();
        assertThat(page.level).isEqualTo(fresh.level);
        assertThat(page.rows).isEqualTo(fresh.rows);
        assertThat(page.landmarks).isEqualTo(fresh.landmarks);
        assertThat(page.status).isEqualTo(fresh.status);
        assertThat(page.position).isEqualTo(fresh.position);
    }

    @Test
    void snapshotAndDeltasAddUpToTheLog() {
        RunLog log = served.newRun("r");
        PageModel page = open();
        page.subscribe("r");
        CompletableFuture<Void> writer = write(log, 20_000, 1);
        await().atMost(PATIENCE).until(page::ended);
        writer.join();
        PageModel fresh = fresh("r");
        assertThat(fresh.count("snapshot")).isEqualTo(1);
        assertThat(page.count("delta")).as("deltas, or the test shows nothing").isPositive();
        assertThat(page.level).isPositive();
        assertThat(page.conflated).as("a bucket held several iterations").isPositive();
        assertThat(served.counts.conflated.get()).isEqualTo(page.conflated);
        assertSame(page, fresh);
    }

    @Test
    void aDroppedConnectionIsResumedWithNothingLostOrDoubled() {
        RunLog log = served.newRun("r");
        PageModel page = open();
        page.subscribe("r");
        CompletableFuture<Void> writer = write(log, 4_000, 2);
        for (int drop = 0; drop < 5; drop++) {
            long reached = page.position();
            await().atMost(PATIENCE).until(() -> page.position() > reached || page.ended());
            Served.await(page.socket.close());
            int known = page.received();
            page.socket = connect(page);
            page.send("{\"op\":\"subscribe\",\"run\":\"r\",\"maxHz\":30,\"epoch\":\"" + page.epoch + "\",\"from\":"
                    + page.position() + "}");
            await().atMost(PATIENCE).until(() -> page.received() >= known + 2);
            assertThat(page.ops(known, known + 2)).containsExactly("hello", "delta");
        }
        await().atMost(PATIENCE).until(page::ended);
        writer.join();
        assertSame(page, fresh("r"));
    }

    @Test
    void anotherEpochGetsASnapshot() {
        served.newRun("r").append(new TestRuns().iteration(0, 1, 1));
        PageModel page = open();
        page.send("{\"op\":\"subscribe\",\"run\":\"r\",\"epoch\":\"before the restart\",\"from\":0}");
        await().atMost(PATIENCE).until(() -> page.count("snapshot") == 1);
        page.send("{\"op\":\"subscribe\",\"run\":\"r\",\"epoch\":\"" + page.epoch + "\",\"from\":0}");
        await().atMost(PATIENCE).until(() -> page.count("delta") == 1);
        page.send("{\"op\":\"subscribe\",\"run\":\"r\",\"epoch\":\"" + page.epoch + "\",\"from\":77}");
        await().atMost(PATIENCE).until(() -> page.count("snapshot") == 2);
    }

    /** A viewer that stops reading is left behind, hinders nobody, and catches up when it reads again. */
    @Test
    void aViewerThatDoesNotReadIsConflated() {
        RunLog log = served.newRun("r");
        TestRuns events = new TestRuns();
        PageModel stuck = open();
        PageModel healthy = open();
        stuck.subscribe("r");
        healthy.subscribe("r");
        await().atMost(PATIENCE).until(() -> stuck.count("snapshot") == 1 && healthy.count("snapshot") == 1);
        stuck.socket.pause();
        String text = "x".repeat(500_000);
        // More than the kernel's buffers hold between the two ends.
        for (int i = 0; i < 40; i++) {
            log.append(events.message(i, text));
            log.append(events.iteration(i, 1, 1));
            long last = log.last();
            await().pollInterval(Duration.ofMillis(2)).atMost(PATIENCE).until(() -> healthy.position() == last);
        }
        log.append(events.end(39));
        await().atMost(PATIENCE).until(healthy::ended);
        stuck.socket.resume();
        await().atMost(PATIENCE).until(stuck::ended);
        assertThat(stuck.received()).isLessThan(healthy.received());
        assertSame(stuck, healthy);
        assertThat(stuck.rows).hasSize(40);
    }

    @Test
    void badMessagesAreAnsweredAndTheConnectionStays() {
        served.newRun("r").append(new TestRuns().iteration(0, 1, 1));
        PageModel page = open();
        String[][] messages = {
            {"{", "the message is not valid JSON"},
            {"", "the message is not a JSON object"},
            {"[]", "the message is not a JSON object"},
            {"{\"op\":\"dance\"}", "op is 'dance'; runs, subscribe or unsubscribe would be valid"},
            {"{}", "op is absent; a text is needed"},
            {"{\"op\":\"subscribe\"}", "run is absent; a text is needed"},
            {"{\"op\":\"subscribe\",\"run\":7}", "run is 7; a text of at most 100 characters would be valid"},
            {"{\"op\":\"subscribe\",\"run\":\"none\"}", "there is no run 'none' here"},
            {"{\"op\":\"subscribe\",\"run\":\"r\",\"maxHz\":0}", "maxHz is 0; a whole number from 1 up would be valid"},
            {"{\"op\":\"subscribe\",\"run\":\"r\",\"from\":\"x\"}", "from is \"x\"; a whole number from -1 up"},
        };
        for (String[] message : messages) {
            page.send(message[0]);
        }
        Served.await(page.socket.writeBinaryMessage(Buffer.buffer("{}")));
        await().atMost(PATIENCE).until(() -> page.count("error") == messages.length + 1);
        // Whether a run is known may take a look at the disk, and what needs none is answered meanwhile.
        for (String[] message : messages) {
            assertThat(page.others())
                    .as(message[0])
                    .anySatisfy(
                            answer -> assertThat(answer.path("detail").asText()).startsWith(message[1]));
        }
        assertThat(page.others())
                .filteredOn(answer -> answer.path("detail").asText().startsWith("there is no run"))
                .singleElement()
                .satisfies(answer -> assertThat(answer.path("run").asText()).isEqualTo("none"));
        page.send("{\"op\":\"unsubscribe\",\"run\":\"never subscribed\"}");
        page.subscribe("r");
        await().atMost(PATIENCE).until(() -> page.count("snapshot") == 1);
    }

    @Test
    void anOversizedMessageIsRefused() {
        PageModel page = open();
        page.send("x".repeat(1 << 20));
        page.send("{}");
        await().atMost(PATIENCE).until(() -> page.count("error") == 2);
        assertThat(page.others().get(0).path("detail").asText()).contains("at most 64 KiB");
        assertThat(page.others().get(1).path("detail").asText()).startsWith("op is absent");
    }

    @Test
    void afterUnsubscribingNothingComes() {
        RunLog log = served.newRun("r");
        RunLog marker = served.newRun("marker");
        TestRuns events = new TestRuns();
        log.append(events.iteration(0, 1, 1));
        PageModel page = open();
        page.subscribe("r");
        await().atMost(PATIENCE).until(() -> page.count("snapshot") == 1);
        page.send("{\"op\":\"unsubscribe\",\"run\":\"r\"}");
        page.subscribe("marker");
        await().atMost(PATIENCE).until(() -> page.count("snapshot") == 2);
        log.append(events.iteration(1, 1, 1));
        marker.append(events.iteration(0, 1, 1));
        await().atMost(PATIENCE).until(() -> page.count("snapshot") == 3);
        assertThat(page.count("delta")).isZero();
    }

    @Test
    void theListOfRunsComesWhenItChanged() {
        served.close();
        served = new Served(new StreamHub.Patience(
                Duration.ofMillis(100), Duration.ofSeconds(15), Duration.ofSeconds(45), Duration.ofMinutes(5)));
        RunLog first = served.newRun("first");
        PageModel page = open();
        page.send("{\"op\":\"runs\"}");
        await().atMost(PATIENCE).until(() -> page.count("runs") == 1);
        // Half a second is one period of the list; nothing happens meanwhile but pings.
        await().atMost(PATIENCE).until(() -> page.count("ping") >= 8);
        assertThat(page.count("runs")).isEqualTo(1);
        served.newRun("second");
        await().atMost(PATIENCE).until(() -> page.count("runs") == 2);
        first.append(new TestRuns().iteration(0, 0.5, 1));
        await().atMost(PATIENCE).until(() -> page.count("runs") == 3);
        JsonNode runs = page.others().get(page.others().size() - 1).path("runs");
        assertThat(runs.findValuesAsText("id")).containsExactly("second", "first");
        assertThat(runs.path(1).path("status").path("values").path("loss").asDouble())
                .isEqualTo(0.5);
    }

    /** And of those rows only what has changed. */
    @Test
    void aViewerOfTheListGetsTheRowsThatItShows() {
        RunLog shown = served.newRun("shown");
        RunLog hidden = served.newRun("hidden");
        PageModel page = open();
        page.send("{\"op\":\"runs\",\"ids\":[\"shown\",\"none\"]}");
        await().atMost(PATIENCE).until(() -> page.count("rows") == 1);
        JsonNode first = page.others().get(page.others().size() - 1);
        assertThat(first.path("runs").findValuesAsText("id")).containsExactly("shown");
        assertThat(first.path("gone")).extracting(JsonNode::asText).containsExactly("none");
        assertThat(first.path("overview").path("runs").asInt()).isEqualTo(2);
        hidden.append(new TestRuns().iteration(0, 0.25, 1));
        shown.append(new TestRuns().iteration(0, 0.5, 1));
        await().atMost(PATIENCE)
                .until(() -> page.others().stream()
                        .flatMap(frame -> frame.path("runs").findValuesAsText("loss").stream())
                        .toList()
                        .equals(List.of("0.5")));
        // The rows that came into sight come at once, those that stay do not come again.
        page.send("{\"op\":\"runs\",\"ids\":[\"hidden\",\"shown\"]}");
        await().atMost(PATIENCE)
                .until(() -> page.others().stream()
                        .flatMap(frame -> frame.path("runs").findValuesAsText("loss").stream())
                        .toList()
                        .equals(List.of("0.5", "0.25")));
        page.send("{\"op\":\"runs\",\"ids\":7}");
        await().atMost(PATIENCE).until(() -> page.count("error") == 1);
    }

    /** They are in sight while the server looks at those that were before. */
    @Test
    void rowsThatCameIntoSightMeanwhileAreNotToldToBeGone() {
        List<String> ids = IntStream.range(0, 30).mapToObj(i -> "row" + i).toList();
        ids.forEach(served::newRun);
        PageModel page = open();
        for (int seen = 1; seen <= ids.size(); seen++) {
            page.send("{\"op\":\"runs\",\"ids\":[\"" + String.join("\",\"", ids.subList(0, seen)) + "\"]}");
        }
        await().atMost(PATIENCE)
                .until(() -> page.others().stream()
                        .flatMap(frame -> frame.path("runs").findValuesAsText("id").stream())
                        .toList()
                        .containsAll(ids));
        assertThat(page.others())
                .allSatisfy(frame -> assertThat(frame.path("gone")).isEmpty());
    }

    /** Of a run of another program, for which nothing comes. */
    @Test
    void aStatusThatChangesByItselfIsToldWithoutAnEvent() {
        AtomicReference<RunState> state = new AtomicReference<>(RunState.RUNNING);
        RunLog log = RunLog.fed(
                TestRuns.header("ageing"), status -> status.in(state.get(), "As told", "It is " + state.get() + "."));
        log.append(new TestRuns().iteration(0, 0.5, 1));
        served.catalogue.add(log);
        PageModel list = open();
        list.send("{\"op\":\"runs\"}");
        PageModel page = open();
        page.subscribe("ageing");
        for (RunState next : List.of(RunState.QUIET, RunState.LOST, RunState.RUNNING)) {
            state.set(next);
            await().atMost(PATIENCE)
                    .until(() -> page.status != null
                            && page.status.path("state").asText().equals(next.label()));
            await().atMost(PATIENCE)
                    .until(() -> list.others().stream()
                            .reduce((first, second) -> second)
                            .map(frame -> frame.path("runs")
                                    .path(0)
                                    .path("status")
                                    .path("state")
                                    .asText())
                            .orElse("")
                            .equals(next.label()));
        }
        assertThat(page.position()).as("no event").isZero();
        assertThat(page.count("snapshot")).isEqualTo(1);
        assertThat(page.fault).isNull();
    }

    @Test
    void onlyOwnPagesMayListen() {
        WebSocketClient plain = served.sockets;
        assertThatThrownBy(() -> Served.await(plain.connect(options().addHeader("Origin", "https://evil.example"))))
                .cause()
                .isInstanceOfSatisfying(
                        UpgradeRejectedException.class,
                        e -> assertThat(e.getStatus()).isEqualTo(403));
        assertThatThrownBy(() -> Served.await(plain.connect(options().putHeader("Host", "evil.example"))))
                .cause()
                .isInstanceOfSatisfying(
                        UpgradeRejectedException.class,
                        e -> assertThat(e.getStatus()).isEqualTo(421));
        Served.await(plain.connect(options().addHeader("Origin", served.dashboard.url())));
    }

    @Test
    void viewersAreCounted() {
        PageModel page = open();
        open();
        assertThat(served.counts.viewers.get()).isEqualTo(2);
        Served.await(page.socket.close());
        await().atMost(PATIENCE).until(() -> served.counts.viewers.get() == 1);
    }

    /** A peer that is gone without having said so answers no WebSocket ping. */
    @Test
    void aDeadPeerIsClosed() throws IOException {
        served.close();
        served = new Served(
                new StreamHub.Patience(Duration.ofMillis(100), Duration.ofMillis(100), DEAD, Duration.ofMinutes(5)));
        PageModel alive = open();
        try (Socket dead = new Socket()) {
            dead.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), served.dashboard.port()));
            OutputStream out = dead.getOutputStream();
            String[] request = {
                "GET /api/v1/stream HTTP/1.1",
                "Host: 127.0.0.1",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "",
                ""
            };
            out.write(String.join("\r\n", request).getBytes(StandardCharsets.US_ASCII));
            out.flush();
            await().atMost(PATIENCE).until(() -> served.counts.viewers.get() == 2);
            await().atMost(PATIENCE).until(() -> served.counts.viewers.get() == 1);
            InputStream in = dead.getInputStream();
            dead.setSoTimeout((int) PATIENCE.toMillis());
            String said = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(said)
                    .startsWith("HTTP/1.1 101")
                    .contains("\"op\":\"ping\"")
                    .contains("nothing heard for");
        }
        assertThat(alive.socket.isClosed()).isFalse();
    }
}

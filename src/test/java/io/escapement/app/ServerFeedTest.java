package io.escapement.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.escapement.store.TestRuns;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that misbehaves as it is told. */
class ServerFeedTest {

    private static final String TAKEN = "{\"accepted\":1,\"duplicates\":0,\"rejected\":0,\"attempt\":1,\"nextSeq\":1}";

    private final List<String> batches = Collections.synchronizedList(new ArrayList<>());
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger stops = new AtomicInteger();
    private final List<Integer> statuses = Collections.synchronizedList(new ArrayList<>());
    private volatile String answer = TAKEN;
    private HttpServer server;
    private ServerFeed feed;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/runs", this::handle);
        server.start();
        feed = new ServerFeed(
                "http://127.0.0.1:" + server.getAddress().getPort(),
                LoginOptions.Login.NONE,
                new ServerFeed.About("a run", "here"),
                said::add,
                () -> {},
                stops::incrementAndGet);
        feed.start();
    }

    @AfterEach
    void close() {
        feed.close();
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (!exchange.getRequestURI().getPath().endsWith("/events")) {
            answer(exchange, 201, "{\"id\":\"R\"}");
            return;
        }
        batches.add(body);
        int status = statuses.isEmpty() ? 200 : statuses.remove(0);
        if (status == 0) {
            exchange.close();
        } else {
            answer(exchange, status, status == 200 ? answer : "{\"detail\":\"not now\"}");
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void aBatchThatDidNotGetThroughComesAgainUnchangedUntilItDoes() {
        statuses.addAll(List.of(503, 0, 429));
        TestRuns events = new TestRuns();
        feed.offer(events.iteration(0, 1, 1));
        await().until(() -> batches.size() == 4);
        assertThat(batches.stream().distinct()).hasSize(1);
        assertThat(batches.get(0)).contains("\"seq\":0").contains("\"run\":\"R\"");
        feed.offer(events.iteration(1, 1, 1));
        assertThat(feed.finish()).as("not sent").isZero();
        assertThat(batches.get(4)).contains("\"seq\":1").doesNotContain("\"seq\":0");
        assertThat(said)
                .containsExactly(
                        "the server does not take events (not now); they are kept and sent again",
                        "the server takes events again");
    }

    @Test
    void afterAConnectionBrokeWhatTheServerHasForgottenComesFirst() {
        TestRuns events = new TestRuns();
        answer = TAKEN.replace("nextSeq\":1", "nextSeq\":2");
        feed.offer(events.iteration(0, 1, 1));
        await().until(() -> batches.size() == 1);
        feed.offer(events.iteration(1, 1, 1));
        await().until(() -> batches.size() == 2);
        answer = TAKEN.replace("nextSeq\":1", "nextSeq\":0");
        statuses.addAll(List.of(0, 503, 200, 200, 0));
        feed.offer(events.iteration(2, 1, 1));
        await().until(() -> batches.size() == 11);
        assertThat(feed.finish()).isZero();
        assertThat(batches.stream().map(ServerFeedTest::numbers))
                .containsExactly("0", "1", "2", "", "", "0", "1", "", "0", "1", "2");
    }

    @Test
    void aServerThatIsAsFarAsItWasIsSentNothingTwice() {
        TestRuns events = new TestRuns();
        feed.offer(events.iteration(0, 1, 1));
        await().until(() -> batches.size() == 1);
        statuses.add(503);
        feed.offer(events.iteration(1, 1, 1));
        await().until(() -> batches.size() == 4);
        assertThat(batches.stream().map(ServerFeedTest::numbers)).containsExactly("0", "1", "", "1");
    }

    @Test
    void aServerThatWasNotHeardOfForAWhileIsAskedHowFarItIs() {
        TestRuns events = new TestRuns();
        feed.offer(events.iteration(0, 1, 1));
        await().until(() -> batches.size() == 1);
        answer = TAKEN.replace("nextSeq\":1", "nextSeq\":0");
        await().pollDelay(Duration.ofMillis(1200)).until(() -> true);
        feed.offer(events.iteration(1, 1, 1));
        await().until(() -> batches.size() == 4);
        assertThat(batches.stream().map(ServerFeedTest::numbers)).containsExactly("0", "", "0", "1");
    }

    /** Of the events in a batch. */
    private static String numbers(String batch) {
        return batch.lines()
                .map(line -> line.replaceFirst(".*\"seq\":(\\d+).*", "$1"))
                .collect(Collectors.joining(","));
    }

    @Test
    void whatTheServerWillNeverTakeIsGivenUpAndCounted() {
        statuses.addAll(List.of(409));
        TestRuns events = new TestRuns();
        feed.offer(events.iteration(0, 1, 1));
        await().until(() -> !said.isEmpty());
        assertThat(said).containsExactly("the server takes no more events of this run: not now");
        feed.offer(events.iteration(1, 1, 1));
        assertThat(feed.finish()).isEqualTo(2);
        assertThat(batches).hasSize(1);
    }

    @Test
    void aStopIsHeard() {
        answer = TAKEN.replace("}", ",\"command\":\"stop\"}");
        feed.offer(new TestRuns().iteration(0, 1, 1));
        await().until(() -> stops.get() == 1);
        assertThat(feed.finish()).isZero();
    }
}

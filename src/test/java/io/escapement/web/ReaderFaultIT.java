package io.escapement.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.escapement.store.RunLog;
import io.escapement.store.TestRuns;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Readers of the live stream that never read: part of the suite that package fault describes. */
@Timeout(300)
class ReaderFaultIT {

    private static final int READERS = Integer.getInteger("escapement.readers", 30);
    private static final int MESSAGES = 12;
    private static final int MESSAGE = 2_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Of what is on its way to everybody: fewer frames than there are readers. */
    private static final int ROOM = 8_000_000;

    private final Traffic traffic = new Traffic(ROOM);
    private final AtomicLong most = new AtomicLong();
    private final Served served = new Served(
            new StreamHub.Patience(
                    Duration.ofMillis(200), Duration.ofMillis(200), Duration.ofSeconds(20), Duration.ofMinutes(5)),
            READERS + 1,
            traffic);

    @AfterEach
    void close() {
        served.close();
    }

    /** A socket whose buffer is small and that is never read from. */
    private Socket mute(String run) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), served.dashboard.port()));
        OutputStream out = socket.getOutputStream();
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
        byte[] text =
                ("{\"op\":\"subscribe\",\"run\":\"" + run + "\",\"maxHz\":30}").getBytes(StandardCharsets.US_ASCII);
        // A text frame with a mask of 0.
        out.write(new byte[] {(byte) 0x81, (byte) (0x80 | text.length), 0, 0, 0, 0});
        out.write(text);
        out.flush();
        return socket;
    }

    private PageModel reader() {
        PageModel page = new PageModel();
        page.socket = served.connect(new WebSocketConnectOptions().setURI("/api/v1/stream"), page::receive);
        await().atMost(PATIENCE).until(() -> page.count("hello") == 1);
        return page;
    }

    @Test
    void whoNeverReadsIsLeftBehindCostsAFrameAndIsTakenLeaveOf() throws Exception {
        served.vertx.setPeriodic(5, tick -> most.accumulateAndGet(traffic.characters(), Math::max));
        RunLog log = served.newRun("r");
        TestRuns events = new TestRuns();
        log.append(events.iteration(0, 1, 1));
        PageModel healthy = reader();
        healthy.subscribe("r");
        List<Socket> mutes = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            mutes.add(mute("r"));
        }
        await().atMost(PATIENCE).until(() -> served.counts.viewers.get() == READERS + 1);
        String text = "x".repeat(MESSAGE);
        for (int i = 1; i <= MESSAGES; i++) {
            // The run itself never waits: it is the test that does, so that it shows something.
            log.append(events.message(i, text));
            log.append(events.iteration(i, 1, 1));
            long last = log.last();
            await().pollInterval(Duration.ofMillis(2)).atMost(PATIENCE).until(() -> healthy.position() == last);
        }
        log.append(events.end(MESSAGES));
        await().atMost(PATIENCE).until(healthy::ended);
        await().atMost(PATIENCE).until(() -> served.counts.viewers.get() == 1);
        assertThat(healthy.fault).isNull();
        assertThat(healthy.rows).hasSize(MESSAGES + 1);
        assertThat(healthy.landmarks).hasSize(MESSAGES + 1);
        assertThat(healthy.socket.isClosed()).isFalse();
        for (Socket mute : mutes) {
            mute.setSoTimeout((int) PATIENCE.toMillis());
            assertEnds(mute.getInputStream());
            mute.close();
        }
        System.out.printf(
                "fault: %d readers that never read a run of %d MB: all closed, at most %.1f MB on their way to all of them;"
                        + " the one that reads had each of %d landmarks once%n",
                READERS, MESSAGES * MESSAGE / 1_000_000, most.get() / 1e6, healthy.landmarks.size());
        assertThat(most.get())
                .as("on its way at most")
                .isGreaterThan(MESSAGE)
                .isLessThan(ROOM + (long) MESSAGES * MESSAGE);
    }

    private static void assertEnds(InputStream in) throws IOException {
        byte[] buffer = new byte[1 << 16];
        try {
            while (in.read(buffer) >= 0) {
                // What had been sent is of no interest.
            }
        } catch (SocketException e) {
            // A reset is an end too.
        }
    }
}

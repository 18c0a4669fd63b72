package io.escapement.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** One connection of the live stream. On the event loop only. */
final class StreamClient {

    /** Characters on their way to the socket from which on a client counts as slow. */
    private static final long FULL = 128 * 1024;

    final Map<String, Subscription> subscriptions = new HashMap<>();

    /** Runs that it asked for and that are being read from the store. */
    final Set<String> wanted = new HashSet<>();

    /** Whether it follows the list of runs, and which version of it was sent last. */
    boolean followsRuns;

    long runsVersion = -1;

    /** The runs whose rows it shows, or null; and which version of each it was sent last. */
    List<String> rows;

    final Map<String, Long> rowVersions = new HashMap<>();

    /** Version of the totals that it was sent last. */
    long overviewVersion = -1;

    final Instant since = Instant.now();

    /** Ticks that were left out because it did not take what it had been sent. */
    long held;

    /** Iterations that it got as part of a bucket and not one by one. */
    long conflated;

    private final ServerWebSocket socket;
    private final BooleanSupplier welcome;
    private long onTheWay;
    private long sentAt;
    private long heardAt;
    private long probedAt;

    StreamClient(ServerWebSocket socket, BooleanSupplier welcome, long now) {
        this.socket = socket;
        this.welcome = welcome;
        sentAt = now;
        heardAt = now;
        probedAt = now;
    }

    /** Whether whoever opened it may still look. */
    boolean welcome() {
        return welcome.getAsBoolean();
    }

    /** Whether it takes what it is sent. What is being built for it when it stops doing so is still sent. */
    boolean ready() {
        return !socket.isClosed() && onTheWay < FULL;
    }

    void send(String text, long now) {
        send(text, now, () -> {});
    }

    /** @param written is told when the text has gone to the operating system; on the event loop */
    void send(String text, long now, Runnable written) {
        if (socket.isClosed()) {
            return;
        }
        long length = text.length();
        onTheWay += length;
        sentAt = now;
        socket.writeTextMessage(text).onComplete(done -> onTheWay -= length).onSuccess(done -> written.run());
    }

    /** Characters that it was sent and that have not gone to the operating system. */
    long onTheWay() {
        return onTheWay;
    }

    /** Where it is. */
    String address() {
        return String.valueOf(socket.remoteAddress());
    }

    void heard(long now) {
        heardAt = now;
    }

    long silentFor(long now) {
        return now - sentAt;
    }

    long unheardFor(long now) {
        return now - heardAt;
    }

    /** Asks the other side's WebSocket, not its page, for a sign of life. */
    void probe(long now, long every) {
        if (now - probedAt >= every && ready()) {
            probedAt = now;
            socket.writePing(Buffer.buffer("?"));
        }
    }

    void close(short code, String why) {
        if (!socket.isClosed()) {
            socket.close(code, why);
        }
    }
}

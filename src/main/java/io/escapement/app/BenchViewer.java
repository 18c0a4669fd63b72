package io.escapement.app;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;

/** A viewer on the live stream that follows what it is told to and counts what it gets, as a browser would. */
final class BenchViewer implements AutoCloseable {

    /** Frames a second it asks for: the page's own rate. */
    static final int RATE = 20;

    private final LongAdder frames = new LongAdder();
    private final WebSocket socket;
    private String followed;

    /** @param url of the server */
    BenchViewer(String url) {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(url.replaceFirst("^http", "ws") + "/api/v1/stream"), new Counter())
                .join();
        send("{\"op\":\"runs\"}");
    }

    private final class Counter implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            if (last) {
                frames.increment();
            }
            from.request(1);
            return null;
        }
    }

    /** Follows another run instead of the last. */
    void subscribe(String run) {
        if (followed != null) {
            send("{\"op\":\"unsubscribe\",\"run\":\"" + followed + "\"}");
        }
        send("{\"op\":\"subscribe\",\"run\":\"" + run + "\",\"maxHz\":" + RATE + "}");
        followed = run;
    }

    long frames() {
        return frames.sum();
    }

    private void send(String text) {
        socket.sendText(text, true).join();
    }

    @Override
    public void close() {
        socket.abort();
    }
}

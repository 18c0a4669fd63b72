package io.escapement.app;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;

/** A WebSocket, and the texts that have come over it. */
final class Frames implements AutoCloseable {

    private final Queue<String> texts = new ConcurrentLinkedQueue<>();
    private final WebSocket socket;

    /** @param url as of HTTP */
    Frames(HttpClient client, String url) throws ExecutionException, InterruptedException {
        StringBuilder text = new StringBuilder();
        socket = client.newWebSocketBuilder()
                .buildAsync(URI.create(url.replace("http", "ws")), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                        text.append(data);
                        if (last) {
                            texts.add(text.toString());
                            text.setLength(0);
                        }
                        from.request(1);
                        return null;
                    }
                })
                .get();
    }

    void send(String text) throws ExecutionException, InterruptedException {
        socket.sendText(text, true).get();
    }

    /** So far, in order. */
    List<String> texts() {
        return List.copyOf(texts);
    }

    @Override
    public void close() {
        socket.abort();
    }
}

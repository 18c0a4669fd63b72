package io.escapement.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * A reader of the live stream that follows a few runs and keeps account of their landmarks: those whose text is
 * {@code mark K} must come as 0, 1, 2 … without a gap and without a repeat, from the start of each snapshot and on through
 * the deltas, whatever happens to the connection. On one event loop, which alone uses what it holds.
 */
final class BenchReader {

    /** How a reader behaves. */
    enum Manner {
        /** Reads as it comes. */
        STEADY,
        /** Reads for a fifth of a second, then not for two, and so on. */
        SLOW,
        /** Drops its connection every few seconds and goes on from where it was. */
        LEAVING
    }

    static final String MARK = "mark ";

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final long READS_MILLIS = 200;
    private static final long PAUSES_MILLIS = 2000;
    private static final int LEAST_STAY_MILLIS = 2000;
    private static final int MOST_STAY_MILLIS = 8000;
    private static final int RETRY_MILLIS = 500;

    /** What a reader has of one run. */
    static final class Account {
        long position = -1;
        boolean ended;

        /** The next landmark that is due. */
        long due;

        long missing;
        long repeated;
    }

    /** What happens to all readers together. */
    interface Ledger {
        void frame(int characters, long conflated);

        /** Between a landmark and its arrival at a steady reader. */
        void lag(Duration time);

        void reconnected();
    }

    final Manner manner;
    final Map<String, Account> runs = new HashMap<>();

    private final Vertx vertx;
    private final WebSocketClient client;
    private final int port;
    private final int hz;
    private final Random random;
    private final Ledger ledger;
    private WebSocket socket;
    private String epoch;
    private boolean settled;

    BenchReader(Vertx vertx, WebSocketClient client, int port, int hz, Manner manner, long seed, Ledger ledger) {
        this.vertx = vertx;
        this.client = client;
        this.port = port;
        this.hz = hz;
        this.manner = manner;
        this.random = new Random(seed);
        this.ledger = ledger;
    }

    /** Connects and follows the runs, which it does from now on until {@link #settle}. */
    void follow(Iterable<String> ids) {
        ids.forEach(id -> runs.put(id, new Account()));
        connect();
    }

    /** From now on it stays and reads. */
    void settle() {
        settled = true;
        if (socket != null) {
            socket.resume();
        }
    }

    void close() {
        settled = true;
        if (socket != null) {
            socket.close();
        }
    }

    private void connect() {
        client.connect(port, "127.0.0.1", "/api/v1/stream")
                .onSuccess(this::connected)
                .onFailure(error -> vertx.setTimer(RETRY_MILLIS, later -> connect()));
    }

    private void connected(WebSocket opened) {
        socket = opened;
        opened.textMessageHandler(this::receive);
        runs.forEach((id, account) -> opened.writeTextMessage("{\"op\":\"subscribe\",\"run\":\"" + id
                + "\",\"maxHz\":" + hz
                + (epoch == null ? "" : ",\"epoch\":\"" + epoch + "\",\"from\":" + account.position) + "}"));
        if (settled) {
            return;
        }
        switch (manner) {
            case STEADY -> {}
            case SLOW -> vertx.setTimer(READS_MILLIS, later -> pause());
            case LEAVING ->
                vertx.setTimer(
                        LEAST_STAY_MILLIS + random.nextInt(MOST_STAY_MILLIS - LEAST_STAY_MILLIS), later -> leave());
        }
    }

    private void pause() {
        if (!settled) {
            socket.pause();
            vertx.setTimer(PAUSES_MILLIS, later -> {
                socket.resume();
                if (!settled) {
                    vertx.setTimer(READS_MILLIS, again -> pause());
                }
            });
        }
    }

    private void leave() {
        if (!settled) {
            // What is on its way is lost with the connection.
            socket.textMessageHandler(lost -> {});
            socket.close().onComplete(closed -> {
                ledger.reconnected();
                connect();
            });
        }
    }

    private void receive(String text) {
        try (JsonParser json = FACTORY.createParser(text)) {
            json.nextToken();
            read(json, text.length());
        } catch (IOException e) {
            throw new IllegalStateException("no frame: " + text, e);
        }
    }

    private void read(JsonParser json, int length) throws IOException {
        Account account = null;
        boolean whole = false;
        boolean change = false;
        long conflated = 0;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "op" -> {
                    whole = json.getText().equals("snapshot");
                    change = whole || json.getText().equals("delta");
                    if (json.getText().equals("error")) {
                        throw new IOException("an error");
                    }
                }
                case "run" -> account = runs.get(json.getText());
                case "epoch" -> epoch = json.getText();
                case "seq" -> account.position = json.getLongValue();
                case "conflated" -> conflated = json.getLongValue();
                case "status" -> account.ended = ended(json);
                case "landmarks" -> landmarks(json, account, whole);
                default -> json.skipChildren();
            }
        }
        if (change) {
            ledger.frame(length, conflated);
        }
    }

    private static boolean ended(JsonParser json) throws IOException {
        boolean ended = false;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            ended |= name.equals("ended") && json.getBooleanValue();
            json.skipChildren();
        }
        return ended;
    }

    private void landmarks(JsonParser json, Account account, boolean whole) throws IOException {
        if (whole) {
            account.due = 0;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            String text = "";
            String time = null;
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals("text")) {
                    text = json.getText();
                } else if (name.equals("time")) {
                    time = json.getText();
                } else {
                    json.skipChildren();
                }
            }
            if (text.startsWith(MARK)) {
                mark(account, Long.parseLong(text.substring(MARK.length())));
                if (!whole && manner == Manner.STEADY) {
                    ledger.lag(Duration.between(Instant.parse(time), Instant.now()));
                }
            }
        }
    }

    private static void mark(Account account, long number) {
        if (number < account.due) {
            account.repeated++;
        } else {
            account.missing += number - account.due;
            account.due = number + 1;
        }
    }
}

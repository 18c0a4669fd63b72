package io.escapement.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.escapement.event.RunEvent;
import io.escapement.store.EventJson;
import io.escapement.store.StreamJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.net.ssl.SSLHandshakeException;

/**
 * Sends the events of a run to a server, in batches, on a thread of its own: whoever makes them never waits. A batch that did
 * not get through is sent again until it does; the numbers in it make that harmless. After trouble or silence the server is asked
 * how far it is: killed, it has forgotten what it had not stored, and is sent {@link LateBatches} once more. What does not fit in
 * memory meanwhile is dropped, which the server sees by the same numbers.
 *
 * <p>Over the usual length because what is said to people, and when it is given up, belongs to the sending.
 */
final class ServerFeed implements AutoCloseable {

    /** Bytes kept for a server that takes nothing. */
    private static final int MOST_WAITING = 32 << 20;

    /** Bytes from which on a batch does not wait for its turn. */
    private static final int BATCH = 256 << 10;

    private static final Duration TURN = Duration.ofMillis(200);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final Duration MOST_PATIENCE = Duration.ofSeconds(5);
    private static final Duration FAREWELL = Duration.ofSeconds(20);
    private static final Duration ANSWER = Duration.ofSeconds(20);

    /** Without an answer, after which the server may have been started again. */
    private static final Duration IDLE = Duration.ofSeconds(1);

    private static final byte[] NOTHING = {};
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LoginOptions.Login login;
    private final URI server;
    private final String run;
    private final Consumer<String> say;
    private final Runnable heartbeat;
    private final Runnable stop;
    private final Thread thread = new Thread(this::work, "feed");

    private ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private long events;
    private long sent;
    private long dropped;
    private boolean closing;
    private boolean refused;
    private boolean troubled;

    /** The thread's own, as is whether the server may have been started again since it took them. */
    private final LateBatches late = new LateBatches();

    private boolean doubt;

    /** Of the newest answer: when it came, and how far the server was; null before the first. */
    private long answeredAt;

    private String arrived;

    /** When it is given up to reach the server, by the system's nanoseconds. */
    private long until;

    /** Who the run is, for the server. */
    record About(String name, String command) {}

    /**
     * Registers the run.
     *
     * @param login who this program is, for the server
     * @param say is told what a person should know, by any thread
     * @param heartbeat makes an event that says that the run is alive
     * @param stop is called when somebody asked for the end of the run
     */
    ServerFeed(
            String url,
            LoginOptions.Login login,
            About about,
            Consumer<String> say,
            Runnable heartbeat,
            Runnable stop) {
        this.server = address(url);
        this.login = login;
        this.say = say;
        this.heartbeat = heartbeat;
        this.stop = stop;
        if (!login.token().isEmpty() && server.getScheme().equals("http") && !local(server.getHost())) {
            say.accept("the token goes to " + server.getHost() + " in the clear; https would keep it");
        }
        this.run = register(about);
        thread.setDaemon(true);
    }

    private static boolean local(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    /** From here on it sends; the heartbeat may be called at any time. */
    void start() {
        thread.start();
    }

    private static URI address(String url) {
        try {
            URI uri = URI.create(url.endsWith("/") ? url : url + "/");
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new InvalidOption("--to", "is '" + url + "'; a server's address such as http://localhost:8080 is needed");
    }

    /** Where the run can be seen. */
    String page() {
        return server.resolve("runs/" + run).toString();
    }

    private String register(About about) {
        ObjectNode body = JSON.createObjectNode();
        body.put("source", "external");
        body.put("name", about.name());
        body.put("command", about.command());
        HttpRequest request = login.with(HttpRequest.newBuilder(server.resolve("api/v1/runs")))
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try {
            HttpResponse<String> response = login.client().send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 201) {
                return JSON.readTree(response.body()).path("id").asText();
            }
            throw new SetupProblem("the server at " + server + " did not register the run: " + detail(response), null);
        } catch (SSLHandshakeException e) {
            throw new SetupProblem(
                    "the server at " + server + " has a certificate that is not trusted (" + why(e)
                            + "); --ca-file FILE names one that is",
                    e);
        } catch (IOException e) {
            throw new SetupProblem(
                    "there is no server at " + server + " (" + why(e) + "); escapement serve starts one", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SetupProblem("interrupted while the run was registered", e);
        }
    }

    private static String why(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static String detail(HttpResponse<String> response) {
        try {
            String detail = JSON.readTree(response.body()).path("detail").asText();
            return detail.isBlank() ? "status " + response.statusCode() : detail;
        } catch (JsonProcessingException e) {
            return "status " + response.statusCode();
        }
    }

    /** Takes an event to be sent. Does not wait. */
    void offer(RunEvent event) {
        byte[] line =
                (StreamJson.text(json -> EventJson.write(json, run, event)) + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (this) {
            if (refused || waiting.size() + line.length > MOST_WAITING) {
                dropped++;
                return;
            }
            waiting.write(line, 0, line.length);
            events++;
            if (waiting.size() >= BATCH) {
                notifyAll();
            }
        }
    }

    private void work() {
        long beat = System.nanoTime();
        while (true) {
            byte[] batch;
            long upTo;
            synchronized (this) {
                rest(System.nanoTime() + TURN.toNanos(), () -> closing || waiting.size() >= BATCH);
                batch = waiting.toByteArray();
                upTo = events;
                waiting = new ByteArrayOutputStream();
                if (batch.length == 0 && (closing || refused)) {
                    return;
                }
            }
            if (batch.length > 0 && deliver(batch)) {
                synchronized (this) {
                    sent = upTo;
                }
            }
            if (System.nanoTime() - beat >= HEARTBEAT.toNanos()) {
                beat = System.nanoTime();
                heartbeat.run();
            }
        }
    }

    /** Waits until a time, by the system's nanoseconds, or until it is over; with the lock held, which it gives up meanwhile. */
    private synchronized void rest(long end, BooleanSupplier over) {
        long left = end - System.nanoTime();
        while (left > 0 && !over.getAsBoolean()) {
            try {
                wait(left / 1_000_000 + 1);
            } catch (InterruptedException e) {
                closing = true;
                return;
            }
            left = end - System.nanoTime();
        }
    }

    /** Returns whether it got through; sends it again until it does, or nothing can come of it. */
    private boolean deliver(byte[] batch) {
        long patience = TURN.toMillis();
        while (true) {
            String trouble;
            try {
                boolean idle = System.nanoTime() - answeredAt > IDLE.toNanos();
                HttpResponse<String> response = arrived != null && (doubt || idle) ? sendAll(batch) : send(batch);
                int status = response.statusCode();
                if (status == 200) {
                    doubt = false;
                    answeredAt = System.nanoTime();
                    arrived = position(response);
                    late.add(batch, answeredAt);
                    heed(response.body());
                    return true;
                }
                doubt = true;
                trouble = detail(response);
                if (status < 500 && status != 408 && status != 429) {
                    return refused(trouble);
                }
            } catch (IOException e) {
                doubt = true;
                trouble = why(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            synchronized (this) {
                if (!troubled) {
                    troubled = true;
                    say.accept("the server does not take events (" + trouble + "); they are kept and sent again");
                }
                long end = System.nanoTime() + patience * 1_000_000;
                rest(closing ? Math.min(end, until) : end, () -> false);
                if (closing && System.nanoTime() > until) {
                    return false;
                }
            }
            patience = Math.min(MOST_PATIENCE.toMillis(), 2 * patience);
        }
    }

    /**
     * Before the batch those that the server has forgotten, which it is asked for. A connection that broke while nobody used it is not
     * heard of, so that it is also asked where the last answer is some time ago.
     */
    private HttpResponse<String> sendAll(byte[] batch) throws IOException, InterruptedException {
        HttpResponse<String> standing = send(NOTHING);
        if (standing.statusCode() != 200) {
            return standing;
        }
        if (!position(standing).equals(arrived)) {
            for (byte[] before : late.all()) {
                HttpResponse<String> response = send(before);
                if (response.statusCode() != 200) {
                    return response;
                }
            }
        }
        return send(batch);
    }

    /** How far the server says it is. */
    private static String position(HttpResponse<String> response) throws JsonProcessingException {
        JsonNode answer = JSON.readTree(response.body());
        return answer.path("attempt").asText() + ':' + answer.path("nextSeq").asText();
    }

    private HttpResponse<String> send(byte[] batch) throws IOException, InterruptedException {
        return login.client().send(post(batch), HttpResponse.BodyHandlers.ofString());
    }

    private synchronized boolean refused(String why) {
        if (!refused) {
            refused = true;
            waiting = new ByteArrayOutputStream();
            say.accept("the server takes no more events of this run: " + why);
        }
        return false;
    }

    private HttpRequest post(byte[] batch) {
        return login.with(HttpRequest.newBuilder(server.resolve("api/v1/runs/" + run + "/events")))
                .timeout(ANSWER)
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofByteArray(batch))
                .build();
    }

    private void heed(String body) throws IOException {
        JsonNode answer = JSON.readTree(body);
        synchronized (this) {
            if (troubled) {
                troubled = false;
                say.accept("the server takes events again");
            }
        }
        if (answer.path("command").asText().equals("stop")) {
            stop.run();
        }
    }

    /** Sends what is left, but does not try for long. Returns how many events did not get through. */
    long finish() {
        synchronized (this) {
            closing = true;
            until = System.nanoTime() + FAREWELL.toNanos();
            notifyAll();
        }
        try {
            thread.join(FAREWELL.plus(ANSWER).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            return events - sent + dropped;
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
    }
}

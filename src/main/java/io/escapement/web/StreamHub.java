package io.escapement.web;

import io.escapement.store.RunCatalogue;
import io.escapement.store.RunLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All connections of the live stream: what they follow, when they are due, whether they are alive. On one event loop. Over the usual length
 * because connections, their subscriptions and their clocks change together.
 */
final class StreamHub {

    private static final int MAX_SUBSCRIPTIONS = 32;
    private static final short UNRESPONSIVE = 4000;

    /** Tells a client that it may come again at once. */
    private static final short TRY_AGAIN = 1013;

    /** For which a client may take nothing while memory is short. */
    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(2);
    /** The page asks for a token then. */
    private static final short SIGNED_OUT = 4001;

    private static final Logger LOG = LoggerFactory.getLogger(StreamHub.class);

    private final Vertx vertx;
    private final WorkerExecutor workers;
    private final RunCatalogue catalogue;
    private final Telemetry telemetry;
    private final Frames frames;
    private final String hello;
    private final int mostClients;
    private final Patience patience;
    private final RunsFeed runs;
    private final RowsFeed rows;
    private final StreamCounts counts = new StreamCounts();

    private final Set<StreamClient> clients = new HashSet<>();
    private final Traffic traffic;
    private final Beats beats;
    private final Map<Position, Future<Frames.Frame>> building = new HashMap<>();
    private final long watch;

    /**
     * How long the hub waits.
     *
     * @param sign after which a client that was sent nothing gets a ping message
     * @param probe between WebSocket pings, which a browser answers by itself
     * @param dead after which a client that was not heard is closed
     * @param idle after which a request that brings no whole line is ended; after twice that a connection on which nothing
     *     moves
     */
    record Patience(Duration sign, Duration probe, Duration dead, Duration idle) {
        static final Patience DEFAULT = new Patience(
                Duration.ofSeconds(3), Duration.ofSeconds(15), Duration.ofSeconds(45), Duration.ofMinutes(5));
    }

    /** What a frame is built from. Logs are compared by identity. */
    private record Position(RunLog log, long from) {}

    StreamHub(
            Vertx vertx,
            WorkerExecutor workers,
            RunCatalogue catalogue,
            Pulse pulse,
            Telemetry telemetry,
            Frames frames,
            String version,
            int mostClients,
            Patience patience,
            Traffic traffic) {
        this.vertx = vertx;
        this.workers = workers;
        this.catalogue = catalogue;
        this.telemetry = telemetry;
        this.frames = frames;
        this.hello = frames.hello(version);
        this.mostClients = mostClients;
        this.traffic = traffic;
        this.patience = patience;
        this.beats = new Beats(vertx, this::tick);
        this.runs = new RunsFeed(vertx, workers, catalogue, clients);
        this.rows = new RowsFeed(vertx, workers, new Overview(catalogue, pulse), clients);
        this.watch = vertx.setPeriodic(Math.min(1000, patience.sign().toMillis() / 2), timer -> lookAfterClients());
    }

    boolean full() {
        return clients.size() >= mostClients;
    }

    /** @param welcome whether the viewer may still be served; asked every second or so */
    void connected(ServerWebSocket socket, BooleanSupplier welcome) {
        StreamClient client = new StreamClient(socket, welcome, traffic, now());
        clients.add(client);
        telemetry.viewerJoined();
        socket.textMessageHandler(text -> {
            client.heard(now());
            received(client, text);
        });
        socket.binaryMessageHandler(bytes -> {
            client.heard(now());
            client.send(Frames.error(null, "the message is binary; JSON text is needed"), now());
        });
        socket.pongHandler(pong -> client.heard(now()));
        socket.exceptionHandler(error -> {
            LOG.debug("a viewer's message or connection failed", error);
            client.send(Frames.error(null, "the message could not be read; text of at most 64 KiB is needed"), now());
        });
        socket.closeHandler(closed -> gone(client));
        client.send(hello, now());
    }

    void close() {
        vertx.cancelTimer(watch);
        runs.close();
        rows.close();
        beats.close();
    }

    /** How the stream does. On the event loop. */
    Map<String, Object> health() {
        return counts.json(clients, building.size(), mostClients);
    }

    private void gone(StreamClient client) {
        if (clients.remove(client)) {
            client.subscriptions.values().forEach(this::end);
            client.subscriptions.clear();
            telemetry.viewerLeft();
        }
    }

    private void received(StreamClient client, String text) {
        try {
            ClientMessage message = ClientMessage.read(text);
            switch (message.op()) {
                case "runs" -> followRuns(client, message.ids());
                case "subscribe" -> subscribe(client, message);
                default -> unsubscribe(client, message.run());
            }
        } catch (InvalidRequest e) {
            client.send(Frames.error(null, e.getMessage()), now());
        }
    }

    private void followRuns(StreamClient client, List<String> ids) {
        if (ids == null) {
            runs.follow(client);
        } else {
            client.followsRuns = false;
            rows.follow(client, ids);
        }
    }

    private void subscribe(StreamClient client, ClientMessage message) {
        unsubscribe(client, message.run());
        Optional<RunLog> known = catalogue.inMemory(message.run());
        if (known.isPresent()) {
            subscribe(client, message, known.get());
            return;
        }
        client.wanted.add(message.run());
        workers.executeBlocking(() -> catalogue.find(message.run()), false)
                .onSuccess(log -> found(client, message, log))
                .onFailure(error -> {
                    LOG.error("run {} could not be read from the store", message.run(), error);
                    found(client, message, Optional.empty());
                });
    }

    /** Unless the client has gone or does not want it any more. */
    private void found(StreamClient client, ClientMessage message, Optional<RunLog> log) {
        if (!client.wanted.remove(message.run()) || !clients.contains(client)) {
            return;
        }
        if (log.isEmpty()) {
            client.send(Frames.error(message.run(), "there is no run '" + message.run() + "' here"), now());
            return;
        }
        subscribe(client, message, log.get());
    }

    private void subscribe(StreamClient client, ClientMessage message, RunLog log) {
        if (client.subscriptions.size() >= MAX_SUBSCRIPTIONS) {
            client.send(
                    Frames.error(
                            message.run(),
                            "this connection follows " + MAX_SUBSCRIPTIONS
                                    + " runs already, which is the most; unsubscribe from one first"),
                    now());
            return;
        }
        boolean resumes = frames.epoch().equals(message.epoch());
        counts.resumed += resumes && message.from() >= 0 ? 1 : 0;
        Subscription subscription =
                new Subscription(client, log, message.maxHz(), resumes ? message.from() : -1, now());
        client.subscriptions.put(message.run(), subscription);
        beats.add(subscription);
        if (!traffic.crowded()) {
            build(subscription);
        }
    }

    private void unsubscribe(StreamClient client, String run) {
        client.wanted.remove(run);
        Subscription old = client.subscriptions.remove(run);
        if (old != null) {
            end(old);
        }
    }

    private void end(Subscription subscription) {
        subscription.end();
        beats.remove(subscription);
    }

    private void tick(Subscription subscription) {
        if (!traffic.crowded() && subscription.due(now())) {
            build(subscription);
        } else if (subscription.heldUp()) {
            subscription.client.held++;
            counts.held++;
        }
    }

    /** Has a frame built, or joins in one that is being built for another client at the same position. */
    private void build(Subscription subscription) {
        subscription.begin(now());
        Position position = new Position(subscription.log, subscription.position());
        Future<Frames.Frame> frame = building.get(position);
        if (frame == null) {
            long to = position.log.last();
            frame = workers.executeBlocking(() -> frames.change(position.log, position.from, to), false);
            building.put(position, frame);
            frame.onComplete(done -> building.remove(position));
        }
        frame.onSuccess(built -> {
                    counts.frame(built, subscription.answered());
                    subscription.deliver(built, now(), counts.lag::record);
                    if (built.conflated() > 0) {
                        telemetry.conflated(built.conflated());
                    }
                })
                .onFailure(error -> failed(subscription, error));
    }

    private void failed(Subscription subscription, Throwable error) {
        String run = subscription.log.header().id();
        LOG.error("no frame could be built of run {}", run, error);
        end(subscription);
        subscription.client.subscriptions.remove(run, subscription);
        subscription.client.send(Frames.error(run, "the server could not read this run; its log says why"), now());
    }

    private void lookAfterClients() {
        long now = now();
        for (StreamClient client : Set.copyOf(clients)) {
            if (client.unheardFor(now) > patience.dead().toNanos()) {
                client.close(
                        UNRESPONSIVE, "nothing heard for " + patience.dead().toSeconds() + " s");
                counts.unresponsive(Instant.now());
                gone(client);
                continue;
            }
            if (traffic.crowded() && client.stuckFor(now) > STUCK_NANOS) {
                client.close(TRY_AGAIN, "memory is short, and nothing was taken for a while; come again");
                gone(client);
                continue;
            }
            if (!client.welcome()) {
                client.close(SIGNED_OUT, "signed out");
                gone(client);
                continue;
            }
            if (client.ready() && client.silentFor(now) >= patience.sign().toNanos()) {
                client.send(Frames.ping(Instant.now()), now);
            }
            client.probe(now, patience.probe().toNanos());
        }
        telemetry.lagging(Duration.ofNanos(lag(now)));
    }

    private long lag(long now) {
        return clients.stream()
                .flatMap(client -> client.subscriptions.values().stream())
                .mapToLong(subscription -> subscription.behind(now))
                .max()
                .orElse(0);
    }

    static long now() {
        return System.nanoTime();
    }
}

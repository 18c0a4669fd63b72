package io.escapement.web;

import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * When subscriptions have their turns: those of one rate tick together, so that they come to share positions and frames. On the event loop.
 */
final class Beats {

    private final Vertx vertx;
    private final Consumer<Subscription> turn;
    private final Map<Integer, Beat> beats = new HashMap<>();

    /** All of one rate. */
    private static final class Beat {
        final Set<Subscription> subscriptions = new LinkedHashSet<>();
        long timer;
    }

    /** @param turn is done with each subscription at its rate */
    Beats(Vertx vertx, Consumer<Subscription> turn) {
        this.vertx = vertx;
        this.turn = turn;
    }

    void add(Subscription subscription) {
        beats.computeIfAbsent(subscription.maxHz, this::start).subscriptions.add(subscription);
    }

    private Beat start(int hz) {
        Beat beat = new Beat();
        beat.timer = vertx.setPeriodic(1000 / hz, timer -> beat.subscriptions.forEach(turn));
        return beat;
    }

    void remove(Subscription subscription) {
        Beat beat = beats.get(subscription.maxHz);
        if (beat != null) {
            beat.subscriptions.remove(subscription);
            if (beat.subscriptions.isEmpty()) {
                vertx.cancelTimer(beat.timer);
                beats.remove(subscription.maxHz);
            }
        }
    }

    void close() {
        beats.values().forEach(beat -> vertx.cancelTimer(beat.timer));
        beats.clear();
    }
}

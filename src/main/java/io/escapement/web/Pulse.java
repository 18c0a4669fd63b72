package io.escapement.web;

import io.escapement.store.RunCatalogue;
import io.escapement.store.RunLog;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * How many events come in, of all runs in this process. Looks once a second at how far each log is, so that an append counts nothing.
 * On the event loop.
 */
final class Pulse {

    private static final long PERIOD_MILLIS = 1000;

    /** Periods over which a rate is taken. */
    private static final int WINDOW = 5;

    private final Vertx vertx;
    private final RunCatalogue catalogue;
    private final long timer;
    private Map<RunLog, Long> known;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private volatile double perSecond;
    private volatile long total;

    private record Sample(long nanos, long total) {}

    Pulse(Vertx vertx, RunCatalogue catalogue) {
        this.vertx = vertx;
        this.catalogue = catalogue;
        look(System.nanoTime());
        timer = vertx.setPeriodic(PERIOD_MILLIS, tick -> look(System.nanoTime()));
    }

    void look(long nanos) {
        Map<RunLog, Long> now = new HashMap<>();
        long sum = total;
        for (RunLog log : catalogue.newestFirst()) {
            long last = log.last();
            now.put(log, last);
            // What came before there was a server is part of no rate.
            sum += known == null ? 0 : Math.max(0, last - known.getOrDefault(log, -1L));
        }
        known = now;
        total = sum;
        samples.addLast(new Sample(nanos, sum));
        if (samples.size() > WINDOW + 1) {
            samples.removeFirst();
        }
        Sample first = samples.getFirst();
        perSecond = nanos == first.nanos ? 0 : (sum - first.total) * 1e9 / (nanos - first.nanos);
    }

    /** Over the last {@value #WINDOW} s. Any thread. */
    double perSecond() {
        return perSecond;
    }

    /** Since the server began. Any thread. */
    long total() {
        return total;
    }

    void close() {
        vertx.cancelTimer(timer);
    }
}

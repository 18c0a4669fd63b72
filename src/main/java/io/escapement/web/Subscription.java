package io.escapement.web;

import io.escapement.store.RunLog;
import io.escapement.store.RunStatus;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** A client's view of one run: a position, and nothing queued. On the event loop only. */
final class Subscription {

    /** Between two looks at a status that changes by itself. */
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Viewers that ask for fewer frames a second want to wait. */
    private static final int PROMPT_HZ = 10;

    final StreamClient client;
    final RunLog log;
    final int maxHz;

    /** Index of the newest event the client knows; −1 for none. */
    private long position;

    private boolean answered;
    private boolean building;
    private boolean over;

    /** When what the client has was all there was. */
    private long heldAt;

    /** The same of what is being built for it. */
    private long builtAt;

    private int onTheWay;

    /** What the last look at a status that changes by itself found, and when that was. */
    private String shown;

    private long lookedAt;

    Subscription(StreamClient client, RunLog log, int maxHz, long position, long now) {
        this.heldAt = now;
        this.client = client;
        this.log = log;
        this.maxHz = maxHz;
        this.position = position;
    }

    long position() {
        return position;
    }

    /** Whether a frame should be built for it now. */
    boolean due(long now) {
        if (upToDate()) {
            heldAt = now;
        }
        return !over && !building && client.ready() && (!answered || log.last() != position || aged(now));
    }

    /** Whether the passing of time has changed the status. */
    private boolean aged(long now) {
        if (!log.ages() || (shown != null && now - lookedAt < LOOK_NANOS)) {
            return false;
        }
        lookedAt = now;
        RunStatus status = log.status();
        String latest = status.state().label() + status.sentence();
        boolean changed = !latest.equals(shown);
        shown = latest;
        return changed;
    }

    /** Nanoseconds by which the client is behind: the age of what it has, while there is newer. */
    long behind(long now) {
        return over || upToDate() ? 0 : now - heldAt;
    }

    private boolean upToDate() {
        return answered && onTheWay == 0 && log.last() == position;
    }

    void begin(long now) {
        building = true;
        builtAt = now;
    }

    /** Whether there is news that its client cannot take now. */
    boolean heldUp() {
        return !over && answered && log.last() != position && !client.ready();
    }

    /** Whether it has been sent anything. */
    boolean answered() {
        return answered;
    }

    /** @param lag is told how long an event of the frame waited, in nanoseconds, when the frame has been written */
    void deliver(Frames.Frame frame, long now, LongConsumer lag) {
        building = false;
        if (!over) {
            // What a first frame brings was waiting for the client to come.
            boolean waited = answered && frame.arrived() != 0 && maxHz >= PROMPT_HZ;
            answered = true;
            position = frame.seq();
            client.conflated += frame.conflated();
            long asOf = builtAt;
            onTheWay++;
            client.send(frame.text(), now, () -> {
                onTheWay--;
                heldAt = Math.max(heldAt, asOf);
                if (waited) {
                    lag.accept(System.nanoTime() - frame.arrived());
                }
            });
        }
    }

    void end() {
        over = true;
    }
}

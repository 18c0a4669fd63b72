package io.escapement.web;

import io.escapement.store.RunLog;
import io.escapement.store.RunStatus;
import java.util.concurrent.TimeUnit;

/** A client's view of one run: a position, and nothing queued. On the event loop only. */
final class Subscription {

    /** Between two looks at a status that changes by itself. */
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    final StreamClient client;
    final RunLog log;
    final int maxHz;

    /** Index of the newest event the client knows; −1 for none. */
    private long position;

    private boolean answered;
    private boolean building;
    private boolean over;

    /** What the last look at a status that changes by itself found, and when that was. */
    private String shown;

    private long lookedAt;

    Subscription(StreamClient client, RunLog log, int maxHz, long position) {
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

    void begin() {
        building = true;
    }

    void deliver(Frames.Frame frame, long now) {
        building = false;
        // What is not sent now is built again later, from the same position.
        if (!over && !client.crowded()) {
            answered = true;
            position = frame.seq();
            client.send(frame.text(), now);
        }
    }

    void end() {
        over = true;
    }
}

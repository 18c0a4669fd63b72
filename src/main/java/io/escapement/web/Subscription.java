package io.escapement.web;

import io.escapement.store.RunLog;

/** A client's view of one run: a position, and nothing queued. On the event loop only. */
final class Subscription {

    final StreamClient client;
    final RunLog log;
    final int maxHz;

    /** Index of the newest event the client knows; −1 for none. */
    private long position;

    private boolean answered;
    private boolean building;
    private boolean over;

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
    boolean due() {
        return !over && !building && (!answered || log.last() != position) && client.ready();
    }

    void begin() {
        building = true;
    }

    void deliver(Frames.Frame frame, long now) {
        building = false;
        if (!over) {
            answered = true;
            position = frame.seq();
            client.send(frame.text(), now);
        }
    }

    void end() {
        over = true;
    }
}

package io.escapement.store;

import io.escapement.event.Arrivals;
import io.escapement.event.RunEvent;
import io.escapement.event.Stamp;
import io.escapement.event.Values;
import java.util.ArrayList;
import java.util.List;

/**
 * What a log holds of its run, and what an event changes of it: series, landmarks, what a status is made of, and what a store has yet to
 * take. Its monitor is the log's lock, which whoever calls holds.
 */
final class RunContents {

    private final Attempts attempts = new Attempts();
    private final RecentRows recent = new RecentRows();
    private final Heartbeats heartbeats = new Heartbeats();
    private final FirstArrival arrival = new FirstArrival();
    private SeriesTable table;
    private Landmarks landmarks;
    private AcceptedEscapes escapes = new AcceptedEscapes();
    private StatusTracker tracker = new StatusTracker();

    /** Of a run that another program feeds; null of others. */
    private Arrivals arrivals;

    /** The newest that a store has, or null. */
    private Checkpointed checkpoint;

    /** Of a run that was read from a store; null where events tell. */
    private RunStatus told;

    private long last = -1;

    /** Index of the event that last moved rows or added a series: who has read less needs everything. */
    private long reshaped = -1;

    RunContents(int maxRows, int maxLandmarks) {
        table = new SeriesTable(maxRows);
        landmarks = new Landmarks(maxLandmarks);
    }

    /** What a status is made of, to be put in words without the lock. */
    record Facts(StatusTracker tracker, List<Attempt> attempts, Checkpointed checkpoint, RunStatus told) {
        RunStatus status(Outlook outlook) {
            return told == null ? outlook.now(tracker.status().with(attempts, checkpoint)) : told;
        }
    }

    Facts facts() {
        return told == null
                ? new Facts(tracker.copy(), attempts.list(), checkpoint, null)
                : new Facts(null, List.of(), null, told);
    }

    /** What is told of the landmarks up to a position, and of the run as it stands. */
    record Excerpt(long to, List<RunLog.Landmark> landmarks, long dropped, Facts facts) {}

    /** With the landmarks that have from < index ≤ to. */
    Excerpt excerpt(long from, long to) {
        return new Excerpt(to, landmarks.between(from, to), landmarks.dropped(), facts());
    }

    /** Index of the newest event; −1 before the first. */
    long last() {
        return last;
    }

    long reshaped() {
        return reshaped;
    }

    SeriesTable table() {
        return table;
    }

    Landmarks landmarks() {
        return landmarks;
    }

    AcceptedEscapes escapes() {
        return escapes;
    }

    Attempts attempts() {
        return attempts;
    }

    RecentRows recent() {
        return recent;
    }

    Heartbeats heartbeats() {
        return heartbeats;
    }

    FirstArrival arrival() {
        return arrival;
    }

    /** From now on it is kept which events have come. Before the first. */
    void countArrivals() {
        arrivals = new Arrivals();
    }

    /** Which events have come, of a run that another program feeds; null of others. */
    Arrivals.State arrivals() {
        return arrivals == null ? null : arrivals.state();
    }

    /** Whether events have told of a verdict that still holds. */
    boolean verdict() {
        return tracker.verdict != null;
    }

    void append(RunEvent event) {
        long index = last + 1;
        if (attempts.event(event)) {
            supersede(index);
        }
        arrival.event(index);
        if (arrivals != null) {
            arrivals.take(event.stamp(), event instanceof RunEvent.Iteration);
            if (AcceptedEscapes.is(event)) {
                arrivals.leave();
            }
        }
        if (event instanceof RunEvent.Iteration iteration) {
            double elapsed = iteration.stamp().elapsedSeconds();
            recent.put(table, index, iteration, elapsed);
            if (table.put(index, iteration, elapsed)) {
                reshaped = index;
            }
            tracker.iteration(iteration, elapsed);
        } else {
            other(index, event);
        }
        last = index;
    }

    private void other(long index, RunEvent event) {
        tracker.other(event);
        escapes.note(event);
        if (event.landmark()) {
            landmarks.add(index, event);
        } else {
            heartbeats.add(index);
        }
        if (event instanceof RunEvent.Verdict) {
            table.trim();
        }
    }

    /** What the newest attempt takes up from elsewhere holds no longer. */
    private void supersede(long index) {
        Attempt newest = attempts.newest();
        Rewind rewind = new Rewind(newest.iteration() + 1, index);
        SeriesTable taken = table.taken(rewind);
        if (table.rewind(rewind)) {
            reshaped = index;
            attempts.replace(index, taken);
        }
        recent.rewind(rewind);
        attempts.rewind(rewind);
        List<RunEvent> holding = new ArrayList<>();
        int counted = tracker.escapes;
        escapes = new AcceptedEscapes();
        for (RunLog.Landmark mark : landmarks.between(-1, last)) {
            RunEvent event = mark.event();
            Stamp stamp = event.stamp();
            if (attempts.supersededBefore(stamp)) {
                continue;
            }
            if (newest.supersedes(stamp)) {
                counted -= AcceptedEscapes.is(event) ? 1 : 0;
            } else {
                holding.add(event);
                escapes.note(event);
            }
        }
        tracker = StatusTracker.after(counted, holding);
    }

    /** A run that was read from a store goes on with another attempt, whose events follow. */
    void takeUp(Attempt attempt) {
        if (told != null) {
            tracker.escapes = told.escapes();
            attempts.know(told.attempts(), false);
            checkpoint = told.checkpoint();
            told = null;
        }
        attempts.add(attempt);
        landmarks.taken(last);
        recent.goOn(table);
        supersede(last + 1);
        // Also for readers who have everything but were told that it had ended.
        reshaped = last + 1;
    }

    /** A run of another program that was read from a store goes on where it was: only the server was away. */
    void goOn() {
        if (told != null) {
            attempts.know(told.attempts(), arrivals.placed());
            tracker = StatusTracker.goingOn(told, arrivals.newest(), holding(), table.least(Values.LOSS));
            checkpoint = told.checkpoint();
            told = null;
        }
        landmarks.taken(last);
        recent.goOn(table);
        // For readers who have everything but were told that it is lost.
        reshaped = last + 1;
    }

    /** A store has a checkpoint. */
    void checkpointed(Checkpointed newest) {
        checkpoint = newest;
    }

    /** Landmarks that no later attempt has superseded, in order. */
    List<RunEvent> holding() {
        List<Attempt> all = told == null ? attempts.list() : told.attempts();
        return landmarks.between(-1, last).stream()
                .map(RunLog.Landmark::event)
                .filter(event -> all.stream().noneMatch(attempt -> attempt.supersedes(event.stamp())))
                .toList();
    }

    /**
     * Becomes what a store has.
     *
     * @param rows of it, with these landmarks and escapes; taken over
     */
    void become(Increment whole, SeriesTable rows, Landmarks marks, AcceptedEscapes left) {
        table = rows;
        landmarks = marks;
        escapes = left;
        told = whole.status();
        arrivals = whole.arrivals() == null ? null : new Arrivals(whole.arrivals());
        reshaped = whole.reshaped();
        last = whole.last();
    }
}

package io.escapement.store;

import io.escapement.event.RunEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * The landmark events of one run, each with its index in the log. Bounded: half of the room is for phases and messages,
 * half for judgements, escapes and verdicts, so that chatter cannot push those out; in each half the oldest goes first. Those
 * that a store is still to take stay longer, up to {@value #PATIENCE} times the room. Not thread-safe.
 */
final class Landmarks {

    private static final int PATIENCE = 10;

    private final int capacity;
    private final ArrayDeque<RunLog.Landmark> findings = new ArrayDeque<>();
    private final ArrayDeque<RunLog.Landmark> chatter = new ArrayDeque<>();
    private long dropped;
    private long missed;

    /** Index up to which a store has them all, or needs none. */
    private long taken = Long.MAX_VALUE;

    Landmarks(int capacity) {
        if (capacity < 2) {
            throw new IllegalArgumentException("capacity is " + capacity + "; at least 2 are needed");
        }
        this.capacity = capacity;
    }

    void add(long index, RunEvent event) {
        boolean talk = event instanceof RunEvent.PhaseChange || event instanceof RunEvent.Message;
        ArrayDeque<RunLog.Landmark> kind = talk ? chatter : findings;
        while (kind.size() >= capacity / 2
                && (kind.getFirst().index() <= taken || kind.size() >= PATIENCE * capacity / 2)) {
            missed += kind.removeFirst().index() > taken ? 1 : 0;
            dropped++;
        }
        kind.addLast(new RunLog.Landmark(index, event));
    }

    /** A store has taken all up to here. */
    void taken(long index) {
        taken = index;
    }

    /** Those that had to go before a store could take them. */
    long missed() {
        return missed;
    }

    long dropped() {
        return dropped;
    }

    int size() {
        return findings.size() + chatter.size();
    }

    /** Judgements, escapes and verdicts, in order. */
    List<RunEvent> findings() {
        return findings.stream().map(RunLog.Landmark::event).toList();
    }

    /** Those with from < index ≤ to, in order. Costs no more than what it returns when {@code to} is recent. */
    List<RunLog.Landmark> between(long from, long to) {
        List<RunLog.Landmark> newestFirst = new ArrayList<>();
        Iterator<RunLog.Landmark> a = findings.descendingIterator();
        Iterator<RunLog.Landmark> b = chatter.descendingIterator();
        RunLog.Landmark x = next(a);
        RunLog.Landmark y = next(b);
        while (x != null || y != null) {
            boolean takeX = y == null || (x != null && x.index() > y.index());
            RunLog.Landmark newest = takeX ? x : y;
            if (newest.index() <= from) {
                break;
            }
            if (newest.index() <= to) {
                newestFirst.add(newest);
            }
            if (takeX) {
                x = next(a);
            } else {
                y = next(b);
            }
        }
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    private static RunLog.Landmark next(Iterator<RunLog.Landmark> entries) {
        return entries.hasNext() ? entries.next() : null;
    }
}

package io.escapement.event;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the {@link EscapeEpisode}s among the landmarks of a run, given in order.
 *
 * <p>Entry: a point was judged where the run came to rest for another reason than a goal, and was not certified as the global minimum. A
 * second judgement without an accepted escape between belongs to the same stay while the loss is not lower by more than
 * {@link #RELATIVE_DECREASE} of itself: a point that was too close to call, or a return after all trials have failed. A lower one, or a
 * certificate, means that the descent went on by itself.
 *
 * <p>Exit: an accepted escape, such a descent, the verdict, or another attempt. In runs of other programs that tell of escapes without judging, an
 * episode begins with the first word of an escape and has no known length.
 *
 * <p>All trials from one point are one episode: the run page groups them by the same rule.
 */
public final class EscapeEpisodes {

    /** A loss lower by this fraction is another point; a trial must end lower by the same fraction to be accepted (run). */
    public static final double RELATIVE_DECREASE = 1e-6;

    private final List<EscapeEpisode> found = new ArrayList<>();
    private Open open;
    private Stamp newest;

    private EscapeEpisodes() {}

    /** The episode that goes on. */
    private static final class Open {
        private final Stamp entry;
        private final boolean judged;
        private Values values;
        private String verdict;
        private String mechanism = "";
        private String type = "";
        private int trials;
        private int rejected;
        private int refused;

        /** Candidates proposed of which nothing more was heard: one that is accepted is among them, or landed below the trap. */
        private int pending;

        Open(Stamp entry, boolean judged, String verdict, Values values) {
            this.entry = entry;
            this.judged = judged;
            this.verdict = verdict;
            this.values = values;
        }

        EscapeEpisode ended(EscapeEpisode.Outcome outcome, Stamp exit, Values at) {
            return new EscapeEpisode(
                    entry, judged, verdict, outcome, exit, mechanism, type, trials, rejected, refused, values, at);
        }
    }

    /** @param landmarks of one run, in order; iterations among them are passed over */
    public static List<EscapeEpisode> of(Iterable<? extends RunEvent> landmarks) {
        EscapeEpisodes episodes = new EscapeEpisodes();
        for (RunEvent event : landmarks) {
            episodes.take(event);
        }
        if (episodes.open != null) {
            episodes.found.add(episodes.open.ended(EscapeEpisode.Outcome.OPEN, null, Values.none()));
        }
        return List.copyOf(episodes.found);
    }

    private void take(RunEvent event) {
        Stamp stamp = event.stamp();
        if (newest != null && stamp.attempt() > newest.attempt() && open != null) {
            close(EscapeEpisode.Outcome.INTERRUPTED, newest, Values.none());
        }
        newest = stamp;
        if (event instanceof RunEvent.Stationary stationary) {
            judged(stationary);
        } else if (event instanceof RunEvent.Escape escape) {
            tried(escape);
        } else if (event instanceof RunEvent.Verdict verdict && open != null) {
            close(
                    verdict.verdict() instanceof PointVerdict.GlobalMinimum
                            ? EscapeEpisode.Outcome.DESCENDED
                            : EscapeEpisode.Outcome.STAYED,
                    stamp,
                    verdict.values());
        }
    }

    private void judged(RunEvent.Stationary event) {
        boolean goal = event.verdict() instanceof PointVerdict.GlobalMinimum
                || event.reason() instanceof StopReason.TargetReached
                || !event.reason().atRest();
        if (open != null && (goal || lower(event.values()))) {
            close(EscapeEpisode.Outcome.DESCENDED, event.stamp(), event.values());
        }
        if (goal) {
            return;
        }
        if (open == null) {
            open = new Open(event.stamp(), true, event.verdict().label(), event.values());
        } else {
            open.verdict = event.verdict().label();
        }
    }

    private boolean lower(Values now) {
        double before = open.values.getOr(Values.LOSS, Double.NaN);
        return now.getOr(Values.LOSS, Double.NaN) < before - RELATIVE_DECREASE * Math.abs(before);
    }

    private void tried(RunEvent.Escape event) {
        if (open == null) {
            open = new Open(event.stamp(), false, "undecided", Values.none());
        }
        if (event.outcome() != RunEvent.EscapeOutcome.REFUSED || open.trials == 0) {
            open.mechanism = event.mechanism();
        }
        switch (event.outcome()) {
            case PROPOSED -> {
                open.trials++;
                open.pending++;
            }
            case REJECTED -> {
                open.rejected++;
                open.pending--;
            }
            case REFUSED -> open.refused++;
            case ACCEPTED -> {
                open.trials += open.pending > 0 ? 0 : 1;
                open.type = event.type().orElse("");
                close(EscapeEpisode.Outcome.ESCAPED, event.stamp(), event.values());
            }
        }
    }

    private void close(EscapeEpisode.Outcome outcome, Stamp exit, Values at) {
        found.add(open.ended(outcome, exit, at));
        open = null;
    }
}

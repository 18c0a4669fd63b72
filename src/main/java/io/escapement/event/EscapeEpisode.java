package io.escapement.event;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * A stay at a point that a run wanted to leave: from the judgement that it is no proven goal, through all trials, to the accepted
 * escape or the end.
 *
 * @param entry where it began: the judgement, or, in runs of other programs that do not judge, the first word of an escape
 * @param judged whether the entry is a judgement
 * @param verdict label of the newest verdict on the point; "undecided" where nobody judged
 * @param outcome what has become of it
 * @param exit where it ended; null while it goes on
 * @param mechanism that led out, or, where none did, the one that was tried last; empty where none was
 * @param type of escape point, as of {@link RunEvent.Escape}; empty where there is none
 * @param trials candidates that were descended from or accepted as they landed
 * @param rejected trials that ended no lower
 * @param refused mechanisms that did not apply
 * @param entryValues figures of the judgement
 * @param exitValues figures of the escape that was accepted, else of the judgement or verdict that ended it; empty while it goes on
 */
public record EscapeEpisode(
        Stamp entry,
        boolean judged,
        String verdict,
        Outcome outcome,
        Stamp exit,
        String mechanism,
        String type,
        int trials,
        int rejected,
        int refused,
        Values entryValues,
        Values exitValues) {

    /** What has become of a stay. */
    public enum Outcome {
        /** It goes on. */
        OPEN("open"),
        /** An escape was accepted. */
        ESCAPED("escaped"),
        /** The descent went on by itself and came lower: the alarm was false. */
        DESCENDED("descended"),
        /** The run ended there. */
        STAYED("stayed"),
        /** The attempt ended without a verdict, and another one began. */
        INTERRUPTED("interrupted");

        private final String label;

        Outcome(String label) {
            this.label = label;
        }

        /** Name on the wire. */
        public String label() {
            return label;
        }
    }

    public EscapeEpisode {
        Objects.requireNonNull(entry, "entry");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(mechanism, "mechanism");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(entryValues, "entryValues");
        Objects.requireNonNull(exitValues, "exitValues");
        if ((exit == null) != (outcome == Outcome.OPEN)) {
            throw new IllegalArgumentException("outcome is " + outcome.label() + " and exit is " + exit
                    + "; an episode has an exit exactly when it is not open");
        }
    }

    /** Whether there was nothing to escape from; known only of an episode that has ended. */
    public boolean falseAlarm() {
        return outcome == Outcome.DESCENDED;
    }

    /** Iterations from entry to exit; empty while it goes on, and where the entry was not judged. */
    public OptionalLong iterations() {
        return exit == null || !judged ? OptionalLong.empty() : OptionalLong.of(exit.iteration() - entry.iteration());
    }

    /** Gradient evaluations from entry to exit; NaN where they are not known. */
    public double oracleCalls() {
        double from = entryValues.getOr(Values.GRADIENT_EVALUATIONS, Double.NaN);
        return judged ? exitValues.getOr(Values.GRADIENT_EVALUATIONS, Double.NaN) - from : Double.NaN;
    }

    /** Loss of the point; NaN where it is not known. */
    public double lossBefore() {
        double judgedLoss = entryValues.getOr(Values.LOSS, Double.NaN);
        return Double.isNaN(judgedLoss) ? exitValues.getOr("lossBefore", Double.NaN) : judgedLoss;
    }

    /** Loss at the exit; NaN where it is not known. */
    public double lossAfter() {
        return exitValues.getOr("lossAfter", exitValues.getOr(Values.LOSS, Double.NaN));
    }
}

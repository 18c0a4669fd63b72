package io.escapement.event;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that happened in a run. Over the usual length because the kinds are one sealed type, and each is told by its components.
 */
public sealed interface RunEvent {

    Stamp stamp();

    /** Name of the kind on the wire. */
    String kind();

    /** Figures of this event; empty where it has none. */
    default Values values() {
        return Values.none();
    }

    /** The iterate, projected, where the producer gives it. */
    default Optional<Point3> projection() {
        return Optional.empty();
    }

    /** What the program that sent it gave it besides. A plain iteration has nothing: that is told by messages. */
    default OwnFields own() {
        return OwnFields.none();
    }

    /** Whether readers must never lose this event; plain iterations may be conflated for a slow reader. */
    default boolean landmark() {
        return true;
    }

    /**
     * One solver iteration.
     *
     * @param point the iterate projected to three axes, or null
     */
    record Iteration(Stamp stamp, Values values, Point3 point) implements RunEvent {
        public Iteration {
            Objects.requireNonNull(stamp, "stamp");
            Objects.requireNonNull(values, "values");
        }

        @Override
        public String kind() {
            return "iteration";
        }

        @Override
        public Optional<Point3> projection() {
            return Optional.ofNullable(point);
        }

        @Override
        public boolean landmark() {
            return false;
        }
    }

    /**
     * A point was judged.
     *
     * @param reason why the solver stopped there
     * @param point the judged iterate projected to three axes, or null
     */
    record Stationary(Stamp stamp, StopReason reason, PointVerdict verdict, Values values, Point3 point, OwnFields own)
            implements RunEvent {
        public Stationary {
            Objects.requireNonNull(own, "own");
            Objects.requireNonNull(stamp, "stamp");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(verdict, "verdict");
            Objects.requireNonNull(values, "values");
        }

        public Stationary(Stamp stamp, StopReason reason, PointVerdict verdict, Values values, Point3 point) {
            this(stamp, reason, verdict, values, point, OwnFields.none());
        }

        @Override
        public String kind() {
            return "stationary";
        }

        @Override
        public Optional<Point3> projection() {
            return Optional.ofNullable(point);
        }
    }

    /** What became of one attempt to leave a point. */
    enum EscapeOutcome {
        /** A candidate higher than the trap: the solver descends from it on trial. */
        PROPOSED("proposed"),
        /** The run goes on from the new point: its loss is below the trap's, on landing or at the end of a trial. */
        ACCEPTED("accepted"),
        /** The trial ended no lower: the run is back at the trap. */
        REJECTED("rejected"),
        /** The mechanism does not apply here and says why. */
        REFUSED("refused");

        private final String label;

        EscapeOutcome(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /**
     * An escape mechanism proposed, jumped, failed or refused.
     *
     * @param detail what was computed, or why it was refused, as a sentence
     * @param values {@code lossBefore}, {@code lossAfter} and what the mechanism computed
     * @param point where the run is after this event, projected, or null
     * @param type of escape point where the mechanism knows several, for example {@code gamma-type}
     */
    record Escape(
            Stamp stamp,
            String mechanism,
            EscapeOutcome outcome,
            String detail,
            Values values,
            Point3 point,
            Optional<String> type,
            OwnFields own)
            implements RunEvent {
        public Escape {
            Objects.requireNonNull(own, "own");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(stamp, "stamp");
            Objects.requireNonNull(mechanism, "mechanism");
            Objects.requireNonNull(outcome, "outcome");
            Objects.requireNonNull(detail, "detail");
            Objects.requireNonNull(values, "values");
        }

        /** Of a mechanism that knows one type of escape point only. */
        public Escape(
                Stamp stamp, String mechanism, EscapeOutcome outcome, String detail, Values values, Point3 point) {
            this(stamp, mechanism, outcome, detail, values, point, Optional.empty());
        }

        public Escape(
                Stamp stamp,
                String mechanism,
                EscapeOutcome outcome,
                String detail,
                Values values,
                Point3 point,
                Optional<String> type) {
            this(stamp, mechanism, outcome, detail, values, point, type, OwnFields.none());
        }

        @Override
        public String kind() {
            return "escape";
        }

        @Override
        public Optional<Point3> projection() {
            return Optional.ofNullable(point);
        }
    }

    /** The run does something else from here on. */
    record PhaseChange(Stamp stamp, Phase phase, String detail, OwnFields own) implements RunEvent {
        public PhaseChange {
            Objects.requireNonNull(own, "own");
            Objects.requireNonNull(stamp, "stamp");
            Objects.requireNonNull(phase, "phase");
            Objects.requireNonNull(detail, "detail");
        }

        public PhaseChange(Stamp stamp, Phase phase, String detail) {
            this(stamp, phase, detail, OwnFields.none());
        }

        @Override
        public String kind() {
            return "phase";
        }
    }

    /**
     * The run has ended; the last event of an attempt.
     *
     * @param verdict on the final point, or {@link PointVerdict.Undecided} where it was not judged
     * @param point the final iterate, projected, or null
     */
    record Verdict(
            Stamp stamp,
            RunState state,
            StopReason reason,
            PointVerdict verdict,
            Values values,
            Point3 point,
            OwnFields own)
            implements RunEvent {
        public Verdict {
            Objects.requireNonNull(own, "own");
            Objects.requireNonNull(stamp, "stamp");
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(verdict, "verdict");
            Objects.requireNonNull(values, "values");
            if (!state.canEnd()) {
                throw new IllegalArgumentException("state is " + state.label() + "; a run cannot end in it");
            }
        }

        public Verdict(
                Stamp stamp, RunState state, StopReason reason, PointVerdict verdict, Values values, Point3 point) {
            this(stamp, state, reason, verdict, values, point, OwnFields.none());
        }

        @Override
        public String kind() {
            return "verdict";
        }

        @Override
        public Optional<Point3> projection() {
            return Optional.ofNullable(point);
        }
    }

    /** How serious a message is. */
    enum Level {
        INFO,
        WARNING,
        ERROR
    }

    /** Something worth telling that fits no other kind. */
    record Message(Stamp stamp, Level level, String text, OwnFields own) implements RunEvent {
        public Message {
            Objects.requireNonNull(own, "own");
            Objects.requireNonNull(stamp, "stamp");
            Objects.requireNonNull(level, "level");
            Objects.requireNonNull(text, "text");
        }

        public Message(Stamp stamp, Level level, String text) {
            this(stamp, level, text, OwnFields.none());
        }

        @Override
        public String kind() {
            return "message";
        }
    }

    /** The producer is alive; the next event is due within {@code expectNext}. */
    record Heartbeat(Stamp stamp, Duration expectNext) implements RunEvent {
        public Heartbeat {
            Objects.requireNonNull(stamp, "stamp");
            Objects.requireNonNull(expectNext, "expectNext");
        }

        @Override
        public String kind() {
            return "heartbeat";
        }

        @Override
        public boolean landmark() {
            return false;
        }
    }
}

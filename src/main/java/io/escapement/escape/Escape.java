package io.escapement.escape;

import io.escapement.event.Values;
import io.escapement.landscape.Judgement;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;

/**
 * A deterministic way out of a point.
 *
 * @param <P> the problems it works on
 */
public interface Escape<P> {

    /** Name as on the command line, without options. */
    String name();

    /** Candidates to go on from, or a refusal. The point is not modified. */
    Outcome from(P problem, Trap trap);

    /** This mechanism, and the other one where this refuses or where all of its candidates fail. */
    default Escape<P> orElse(Escape<? super P> other) {
        return new EscapeChain<>(this, other);
    }

    /**
     * The point to leave.
     *
     * @param x the iterate; read-only
     * @param loss h(x)
     * @param judgement what is known of it
     */
    record Trap(DMatrixRMaj x, double loss, Judgement judgement) {
        public Trap {
            Objects.requireNonNull(x, "x");
            Objects.requireNonNull(judgement, "judgement");
        }
    }

    /** What a mechanism answers. */
    sealed interface Outcome permits Moved, Refused {}

    /**
     * Places to go on from, best first, computed as they are asked for.
     *
     * @param candidates not empty
     */
    record Moved(Iterator<Candidate> candidates) implements Outcome {
        public Moved {
            Objects.requireNonNull(candidates, "candidates");
        }
    }

    /**
     * The mechanism does not apply.
     *
     * @param why with the figures that decided, a sentence without a full stop
     * @param trace as of a {@link Candidate}
     */
    record Refused(String why, List<Values> trace) implements Outcome {
        public Refused {
            Objects.requireNonNull(why, "why");
            trace = List.copyOf(trace);
        }

        /** Of a mechanism that does not iterate. */
        public Refused(String why) {
            this(why, List.of());
        }
    }

    /**
     * One place to go on from.
     *
     * @param mechanism that proposes it
     * @param x the escape point X̌, of the trap's shape
     * @param loss h(X̌); may exceed the trap's, and then the run descends from it on trial
     * @param figures what was computed, for example {@code alpha}, {@code upsilon}, {@code lambdaMin}
     * @param detail what was done, a sentence without a full stop
     * @param trace what the mechanism went through on its way here, one row of figures per step of its own, for example
     *     {@code liftedLoss} and {@code aTerm}: curves to be shown; empty where it does not iterate
     */
    record Candidate(String mechanism, DMatrixRMaj x, double loss, Values figures, String detail, List<Values> trace) {
        public Candidate {
            Objects.requireNonNull(mechanism, "mechanism");
            Objects.requireNonNull(x, "x");
            Objects.requireNonNull(figures, "figures");
            Objects.requireNonNull(detail, "detail");
            trace = List.copyOf(trace);
        }

        /** Of a mechanism that does not iterate. */
        public Candidate(String mechanism, DMatrixRMaj x, double loss, Values figures, String detail) {
            this(mechanism, x, loss, figures, detail, List.of());
        }
    }
}

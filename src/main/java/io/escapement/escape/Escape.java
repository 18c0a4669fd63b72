package io.escapement.escape;

import io.escapement.event.Values;
import io.escapement.landscape.Judgement;
import io.escapement.landscape.Survey;
import io.escapement.problem.CompositeProblem;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
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

    /** Several in order, as by {@link #orElse}. */
    static <P> Escape<P> inOrder(List<? extends Escape<? super P>> mechanisms) {
        if (mechanisms.isEmpty()) {
            throw new IllegalArgumentException("mechanisms is empty; at least one is needed");
        }
        Escape<? super P> last = mechanisms.get(mechanisms.size() - 1);
        if (mechanisms.size() == 1) {
            return new EscapeExplained<>(last, "");
        }
        return new EscapeChain<>(inOrder(mechanisms.subList(0, mechanisms.size() - 1)), last);
    }

    /**
     * The point to leave.
     *
     * @param x the iterate; read-only
     * @param loss h(x)
     * @param judgement what is known of it
     * @param attempt how many escapes the run has asked for before, so that a mechanism that draws draws anew each time, and
     *     the same again in a repeat of the run
     * @param stop whether nobody waits for the answer any longer
     */
    record Trap(DMatrixRMaj x, double loss, Judgement judgement, int attempt, BooleanSupplier stop) {
        public Trap {
            Objects.requireNonNull(x, "x");
            Objects.requireNonNull(judgement, "judgement");
            Objects.requireNonNull(stop, "stop");
        }

        /** The first of a run. */
        public Trap(DMatrixRMaj x, double loss, Judgement judgement) {
            this(x, loss, judgement, 0, () -> false);
        }

        /** What is known of the point, from the judge where it looked at it, else anew. */
        Survey survey(CompositeProblem problem) {
            return judgement.survey().filter(known -> known.isOf(problem, x)).orElseGet(() -> Survey.of(problem, x));
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
     * What a trial must be given before it may rest: near a saddle everything is small to begin with.
     *
     * @param iterations T_escape: a trial that is not {@code drop} below the trap after so many has failed
     * @param drop F ≥ 0, absolute
     */
    record Patience(long iterations, double drop) {
        public Patience {
            if (iterations < 1) {
                throw new IllegalArgumentException("iterations is " + iterations + "; at least 1 is needed");
            }
            if (!(drop >= 0)) {
                throw new IllegalArgumentException("drop is " + drop + "; at least 0 is needed");
            }
        }
    }

    /**
     * That candidates race: the run descends from each for a stretch, which is its first heat, and the better half of those that
     * have come so far goes on for as long again, and so on with doubled stretches, asynchronously: a candidate goes on as
     * soon as it is in the better half, and a new one is asked for where none is. Losses after equally many iterations tell
     * early which descents end low (package-info).
     *
     * @param iterations of the first heat, at least 1
     * @param clear a candidate that has come below this fraction of the trap's loss has won its heats and descends to its
     *     end; from 0 to 1
     */
    record Heat(int iterations, double clear) {
        public Heat {
            if (iterations < 1) {
                throw new IllegalArgumentException("iterations is " + iterations + "; at least 1 is needed");
            }
            if (!(clear >= 0 && clear <= 1)) {
                throw new IllegalArgumentException("clear is " + clear + "; from 0 to 1 is possible");
            }
        }
    }

    /**
     * One place to go on from.
     *
     * @param mechanism that proposes it
     * @param x the escape point X̌, of the trap's shape
     * @param loss h(X̌); may exceed the trap's, and then the run descends from it on trial; NaN where the mechanism had no need of it, since
     *     the run's solver evaluates the point anyway
     * @param figures what was computed, for example {@code alpha}, {@code upsilon}, {@code lambdaMin}
     * @param detail what was done, a sentence without a full stop
     * @param trace what the mechanism went through on its way here, one row of figures per step of its own, for example
     *     {@code liftedLoss} and {@code aTerm}: curves to be shown; empty where it does not iterate
     * @param patience of a trial from here, or empty where it may rest as any descent
     * @param type of escape point where the mechanism knows several, for example {@code gamma-type}
     * @param heat of a candidate that races with the mechanism's others, or empty where it is tried by itself
     */
    record Candidate(
            String mechanism,
            DMatrixRMaj x,
            double loss,
            Values figures,
            String detail,
            List<Values> trace,
            Optional<Patience> patience,
            Optional<String> type,
            Optional<Heat> heat) {
        public Candidate {
            Objects.requireNonNull(heat, "heat");
            Objects.requireNonNull(patience, "patience");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(mechanism, "mechanism");
            Objects.requireNonNull(x, "x");
            Objects.requireNonNull(figures, "figures");
            Objects.requireNonNull(detail, "detail");
            trace = List.copyOf(trace);
        }

        /** Of a mechanism that iterates. */
        public Candidate(
                String mechanism, DMatrixRMaj x, double loss, Values figures, String detail, List<Values> trace) {
            this(mechanism, x, loss, figures, detail, trace, Optional.empty(), Optional.empty(), Optional.empty());
        }

        /** Of a mechanism that does not iterate. */
        public Candidate(String mechanism, DMatrixRMaj x, double loss, Values figures, String detail) {
            this(mechanism, x, loss, figures, detail, List.of());
        }

        /** The same, whose trial must be given more time. */
        public Candidate with(Patience other) {
            return new Candidate(mechanism, x, loss, figures, detail, trace, Optional.of(other), type, heat);
        }

        /** The same, of one of the mechanism's types. */
        public Candidate ofType(String name) {
            return new Candidate(mechanism, x, loss, figures, detail, trace, patience, Optional.of(name), heat);
        }

        /** The same of another mechanism, in a race. */
        Candidate racing(String name, Heat first) {
            return new Candidate(name, x, loss, figures, detail, trace, patience, type, Optional.of(first));
        }

        /** The same with steps of others before its own. */
        Candidate after(List<Values> steps) {
            List<Values> joined = Stream.concat(steps.stream(), trace.stream()).toList();
            return new Candidate(mechanism, x, loss, figures, detail, joined, patience, type, heat);
        }

        /** The same with a sentence before its detail. */
        Candidate because(String why) {
            return new Candidate(mechanism, x, loss, figures, why + "; " + detail, trace, patience, type, heat);
        }
    }
}

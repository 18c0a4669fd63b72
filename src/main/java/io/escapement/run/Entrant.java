package io.escapement.run;

import io.escapement.escape.Escape;
import io.escapement.event.RunEvent;
import io.escapement.event.StopReason;
import io.escapement.event.Values;
import io.escapement.stop.StoppingCriterion;
import java.util.Optional;

/**
 * A candidate that races, and the watch over its descent, which outlasts its heats.
 *
 * @param <S> solver states
 */
final class Entrant<S> implements StoppingCriterion.Watch {

    final Escape.Candidate candidate;

    /** Among the candidates of the trial, from 1. */
    final int number;

    /** At the end of its last heat. */
    S state;

    /** Loss there. */
    double loss;

    /** Heats behind it. */
    int heats;

    private final StoppingCriterion.Watch rest;
    private final double clear;
    private final long most;

    /** Of its own; the landing is none. */
    private long iterations = -1;

    /**
     * @param rest of its descent, watched throughout
     * @param trap loss of the trap
     * @param most iterations in all
     */
    Entrant(Escape.Candidate candidate, int number, StoppingCriterion.Watch rest, double trap, long most) {
        this.candidate = candidate;
        this.number = number;
        this.rest = rest;
        this.clear = candidate.heat().orElseThrow().clear() * trap;
        this.most = most;
    }

    /** At its landing. */
    static <S> Entrant<S> of(RunSettings settings, Escape.Candidate candidate, int number, double trap) {
        return new Entrant<>(
                candidate, number, DescendSegment.racing(settings, trap).begin(), trap, settings.trialIterations());
    }

    long iterations() {
        return iterations;
    }

    /** Iterations of its own at the end of its present heat. */
    private long end() {
        return candidate.heat().orElseThrow().iterations() * (1L << Math.min(heats, 40));
    }

    @Override
    public Optional<StopReason> check(RunEvent.Iteration event) {
        iterations++;
        Optional<StopReason> rested = rest.check(event);
        if (rested.isPresent()) {
            return rested;
        }
        if (iterations >= most) {
            return Optional.of(new StopReason.IterationLimit(most));
        }
        double now = event.values().getOr(Values.LOSS, Double.NaN);
        return iterations >= end() && !(now < clear)
                ? Optional.of(new StopReason.HeatRun(iterations, now))
                : Optional.empty();
    }

    private record Memory(long iterations, Object rest) {}

    @Override
    public Object memory() {
        return new Memory(iterations, rest.memory());
    }

    @Override
    public void recall(Object memory) {
        Memory seen = (Memory) memory;
        iterations = seen.iterations;
        rest.recall(seen.rest);
    }
}

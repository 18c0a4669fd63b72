package io.escapement.escape;

import io.escapement.problem.CompositeProblem;
import java.util.Iterator;
import java.util.Objects;

/**
 * Random starts that race ({@link Escape.Heat}): most descents are given up after a few iterations, because others were lower
 * after as many. That is successive halving (Jamieson and Talwalkar 2016) in its asynchronous form (Li et al. 2020, algorithm 2,
 * η = 2), with the loss of the problem itself as what is compared.
 *
 * @param starts where they begin
 * @param heat the first, and when it is won
 */
public record Race(Restart starts, Heat heat) implements Escape<CompositeProblem> {

    private static final Heat HEAT = new Heat(5, 0.3);

    public Race {
        Objects.requireNonNull(starts, "starts");
        Objects.requireNonNull(heat, "heat");
    }

    /** Heats from five iterations on, won below 0.3 of the trap's loss. */
    public static Race of(Restart starts) {
        return new Race(starts, HEAT);
    }

    @Override
    public String name() {
        return "race";
    }

    @Override
    public Outcome from(CompositeProblem problem, Trap trap) {
        Iterator<Candidate> candidates = ((Moved) starts.from(problem, trap)).candidates();
        return new Moved(new Iterator<>() {
            @Override
            public boolean hasNext() {
                return candidates.hasNext();
            }

            @Override
            public Candidate next() {
                return candidates.next().racing(name(), heat);
            }
        });
    }
}

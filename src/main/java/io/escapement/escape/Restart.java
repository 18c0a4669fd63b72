package io.escapement.escape;

import io.escapement.event.Names;
import io.escapement.event.Values;
import io.escapement.problem.CompositeProblem;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * From the beginning: fresh Gaussian starts of a given scale, one after the other, until a descent from one of them ends
 * below the trap. What every other mechanism has to beat at the same number of gradient evaluations.
 *
 * @param tries starts for each trap
 * @param scale standard deviation of an entry
 * @param seed of the run
 */
public record Restart(int tries, double scale, long seed) implements Escape<CompositeProblem> {

    private static final Names START = Names.of("start", "scale");

    public Restart {
        if (tries < 1) {
            throw new IllegalArgumentException("tries is " + tries + "; at least 1 is needed");
        }
        if (!(scale > 0) || Double.isInfinite(scale)) {
            throw new IllegalArgumentException("scale is " + scale + "; a finite number above 0 is needed");
        }
    }

    @Override
    public String name() {
        return "restart";
    }

    @Override
    public Outcome from(CompositeProblem problem, Trap trap) {
        RandomGenerator random = Draws.of(seed, name(), trap);
        Iterator<Integer> numbers = IntStream.rangeClosed(1, tries).iterator();
        return new Moved(new Iterator<>() {
            @Override
            public boolean hasNext() {
                return numbers.hasNext();
            }

            @Override
            public Candidate next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("all starts were taken");
                }
                return start(problem, random, numbers.next());
            }
        });
    }

    private Candidate start(CompositeProblem problem, RandomGenerator random, int number) {
        DMatrixRMaj x = Draws.gaussian(problem.rows(), problem.columns(), scale, random);
        return new Candidate(
                name(),
                x,
                Double.NaN,
                Values.of(START, number, scale),
                "random start " + number + " of " + tries + ", entries of standard deviation " + scale);
    }
}

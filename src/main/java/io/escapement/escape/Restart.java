package io.escapement.escape;

import io.escapement.event.Names;
import io.escapement.event.Values;
import io.escapement.problem.CompositeProblem;
import java.util.Iterator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.ejml.data.DMatrixRMaj;

/**
 * What every escape has to beat: another random start, X̌ = scale·N(0, 1), as often as the run's limits allow. The trap is kept
 * where a start leads no lower.
 *
 * <p>A trap's own loss goes into the seed of its starts, so that the same trap is left in the same way and another one
 * in another.
 *
 * @param scale of the starts
 * @param seed of the draws
 */
public record Restart(double scale, long seed) implements Escape<CompositeProblem> {

    private static final Names FIGURES = Names.of("lossBefore", "lossAfter");

    public Restart {
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
        RandomGenerator random =
                RandomGeneratorFactory.of("L64X128MixRandom").create(31 * seed + Double.doubleToLongBits(trap.loss()));
        return new Moved(new Iterator<>() {
            private int drawn;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Candidate next() {
                DMatrixRMaj x = new DMatrixRMaj(problem.rows(), problem.columns());
                for (int e = 0; e < x.getNumElements(); e++) {
                    x.data[e] = scale * random.nextGaussian();
                }
                double loss = problem.evaluate(x).loss();
                drawn++;
                Values figures = Values.of(FIGURES, trap.loss(), loss);
                return new Candidate(name(), x, loss, figures, "random start " + drawn);
            }
        });
    }
}

package io.escapement.landscape;

import java.util.function.BooleanSupplier;
import org.ejml.data.DMatrixRMaj;

/**
 * Classifies a point at which a solver came to rest.
 *
 * @param <P> the problems it can judge
 */
public interface PointJudge<P> {

    /**
     * @param x a point; it need not be stationary, and a judge says so in its verdict where it is not
     */
    Judgement judge(P problem, DMatrixRMaj x);

    /**
     * The same, broken off where nobody waits for the answer any longer. A judge that takes long asks between two products.
     *
     * @param stop whether to break off
     * @throws java.util.concurrent.CancellationException where it was broken off
     */
    default Judgement judge(P problem, DMatrixRMaj x, BooleanSupplier stop) {
        return judge(problem, x);
    }

    /**
     * Has a problem find out what it keeps for its life and the first judgement asks for, so that the next one does not count that as its
     * work. Nothing where a problem keeps nothing.
     *
     * @param stop as in {@link #judge(Object, DMatrixRMaj, BooleanSupplier)}
     */
    default void prepare(P problem, BooleanSupplier stop) {}
}

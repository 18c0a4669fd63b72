package io.escapement.landscape;

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
}

package io.escapement.sensing.file;

import io.escapement.problem.FactorShape;
import io.escapement.problem.SensingOperator;

/**
 * Measurements ⟨A_k, M⟩ = b_k as read from a file.
 *
 * @param operator 𝒜, held once however many runs use it
 * @param shape of a factor of M
 * @param b m long, finite
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity, never by value
public record SensingFile(String name, FileFormat format, SensingOperator operator, FactorShape shape, double[] b)
        implements ProblemFile {

    /** Size of a coefficient whose powers, summed, are still finite. */
    static final double LARGEST = 1e100;
}

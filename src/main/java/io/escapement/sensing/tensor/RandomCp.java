package io.escapement.sensing.tensor;

import io.escapement.problem.cp.CpFactorization;
import io.escapement.problem.cp.CpShape;
import io.escapement.problem.cp.CpTruth;
import io.escapement.sensing.Frame;
import io.escapement.sensing.Instance;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Tensor factorization: a random CP tensor that is known by its factors ([LMM] section 6.3, figure 7). Truth: {@link CpModel}.
 *
 * @param shape symmetric or d₁×d₂×d₃
 * @param rank r of the factor that is searched for; r &gt; r* is overparameterized
 * @param truthRank r*
 * @param kappa κ, the ratio of the largest to the smallest weight of a component, ≥ 1
 * @param frame of the truth's vectors
 */
public record RandomCp(CpShape shape, int rank, int truthRank, double kappa, Frame frame) {

    public RandomCp {
        Objects.requireNonNull(frame, "frame");
        CpModel.requireRanks(shape, rank, truthRank, kappa);
    }

    /** With uniformly random vectors. */
    public RandomCp(CpShape shape, int rank, int truthRank, double kappa) {
        this(shape, rank, truthRank, kappa, Frame.HAAR);
    }

    public Instance<CpFactorization> instance(RandomGenerator random) {
        CpTruth truth = CpModel.truth(shape, truthRank, kappa, frame, random);
        return new Instance<>(
                "cp",
                "a " + shape + " tensor of CP rank " + truthRank + ", κ = " + kappa + ", rank " + rank,
                new CpFactorization(shape, truth.factor(), rank),
                Optional.of(truth),
                Map.of("entries", shape.entries()));
    }
}

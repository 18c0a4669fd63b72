package io.escapement.sensing;

import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * Perturbed matrix completion, PMC ([LEAC] eq. 17–18): 𝒜_ρ(M)_ij = M_ij on Ω ({@link StructuredMask}) and ρ·M_ij elsewhere,
 * z = (1,0,1,0,…), M* = zzᵀ, b = 𝒜_ρ(M*). Nothing in it is random.
 *
 * <p>ε-MC ([EMC] eq. 5–7) is the same operator with ρ = ε, but b is 0 off Ω: the truth enters as noise, and its distance to
 * a solution may stay large however small the loss (mathematics.md, section 1).
 *
 * @param n size, at least 2
 * @param rho weight off Ω, in (0, 1]; of ε-MC it may be 0, which is completion from Ω alone
 * @param rank r of the factor that is searched for; the truth has rank 1
 * @param truthSeenOffMask true for PMC, false for ε-MC
 */
public record PerturbedMatrixCompletion(int n, double rho, int rank, boolean truthSeenOffMask) {

    public PerturbedMatrixCompletion {
        if (n < 2) {
            throw new IllegalArgumentException("n is " + n + "; at least 2 is needed");
        }
        if (truthSeenOffMask && !(rho > 0 && rho <= 1)) {
            throw new IllegalArgumentException("rho is " + rho + "; above 0 and at most 1 is needed");
        }
        if (!(rho >= 0 && rho <= 1)) {
            throw new IllegalArgumentException("epsilon is " + rho + "; 0 to 1 is possible");
        }
        if (rank < 1 || rank > n) {
            throw new IllegalArgumentException("rank is " + rank + "; 1 to " + n + " is possible");
        }
    }

    /** [LEAC]'s PMC. */
    public static PerturbedMatrixCompletion pmc(int n, double rho, int rank) {
        return new PerturbedMatrixCompletion(n, rho, rank, true);
    }

    /** [EMC]'s ε-MC on the structured Ω. */
    public static PerturbedMatrixCompletion epsilonMc(int n, double epsilon, int rank) {
        return new PerturbedMatrixCompletion(n, epsilon, rank, false);
    }

    public Instance<FactoredProblem> instance() {
        EntryPattern seenEntries = StructuredMask.pattern(n);
        MaskOperator operator = MaskOperator.symmetric(
                rho > 0 ? EntryPattern.upperTriangle(n) : seenEntries,
                (i, j) -> StructuredMask.contains(i, j) ? 1 : rho);
        double[] b = new double[operator.measurements()];
        long[] seen = {0};
        operator.forEachEntry((k, i, j, c) -> {
            boolean onMask = StructuredMask.contains(i, j);
            if (onMask) {
                seen[0] += i == j ? 1 : 2;
            }
            if (onMask || truthSeenOffMask) {
                b[k] = c * StructuredMask.truth(i) * StructuredMask.truth(j);
            }
        });
        DMatrixRMaj z = new DMatrixRMaj(n, 1);
        for (int i = 0; i < n; i++) {
            z.data[i] = StructuredMask.truth(i);
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("observed", (double) seen[0]);
        figures.put("sampleRatio", seen[0] / ((double) n * n));
        figures.putAll(operator.constants().figures());
        return new Instance<>(
                truthSeenOffMask ? "pmc" : "epsilon-mc",
                (truthSeenOffMask ? "perturbed matrix completion, n = " : "ε-MC on the structured mask, n = ") + n
                        + (truthSeenOffMask ? ", ρ = " : ", ε = ") + rho + ", rank " + rank,
                new FactoredProblem(operator, b, rank),
                Optional.of(new FactorTruth(z, FactorShape.psd(n)).seenAt(seenEntries)),
                figures);
    }
}

package io.escapement.solve.completion;

/**
 * How far a pair (N, S), N ⪰ 0 and S ⪰ 0 exactly, is from the optimality conditions of a semidefinite program; all relative, 0 at a
 * solution.
 *
 * @param primal by how much N misses what it must fit: the measured entries, or the splitting's other half
 * @param dual by how much S misses the gradient of the Lagrangian at N
 * @param complementarity |⟨∇L, N⟩|
 */
record Kkt(double primal, double dual, double complementarity) {

    double worst() {
        return Math.max(primal, Math.max(dual, complementarity));
    }
}

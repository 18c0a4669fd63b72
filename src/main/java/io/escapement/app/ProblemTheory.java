package io.escapement.app;

import java.util.List;
import java.util.Map;

/**
 * What is known of the generated problems from their formulas, which no computation tells. The symmetries that are said here are
 * tested on instances.
 *
 * @param formula what is minimized, for the defaults
 * @param symmetry beyond that of the parameterization; empty where there is none
 * @param references paper and equation
 * @param truthIsOptimal whether the truth is a global minimum although its loss is not 0
 */
record ProblemTheory(String formula, String symmetry, List<String> references, boolean truthIsOptimal) {

    private static final Map<String, ProblemTheory> ALL = Map.ofEntries(
            Map.entry(
                    "pmc",
                    new ProblemTheory(
                            "½‖𝒜_ρ(XXᵀ − zzᵀ)‖²,  𝒜_ρ(M)_ij = M_ij on Ω = {(i,i), (i,2k), (2k,i)} and ρM_ij elsewhere,  z = (1,0,1,0,…)",
                            "the sign of each even row of X",
                            List.of("[LEAC] eq. 17–18", "[SOD]"),
                            false)),
            Map.entry(
                    "completion",
                    new ProblemTheory(
                            "½ Σ (XXᵀ − M*)²_ij over the entries (i,j) that are seen",
                            "",
                            List.of("[EMC] theorem 2.2"),
                            false)),
            Map.entry(
                    "epsilon-mc",
                    new ProblemTheory(
                            "½‖𝒜_ε(XXᵀ) − b‖²,  𝒜_ε as of pmc,  b = zzᵀ on Ω and 0 elsewhere",
                            "the sign of each row of X",
                            List.of("[EMC] eq. 5–7"),
                            false)),
            Map.entry(
                    "gaussian",
                    new ProblemTheory(
                            "½ Σ (⟨A_k, XXᵀ⟩ − b_k)²,  entries of A_k ~ N(0, 1/m)",
                            "",
                            List.of("[LMM], its experiments"),
                            false)),
            Map.entry(
                    "network",
                    new ProblemTheory(
                            "½ Σ (⟨A_k, XXᵀ⟩ − b_k)²,  X = [Re v; Im v] of the bus voltages, A_k the meters, ‖A_k‖ = 1",
                            "a common phase of all voltages",
                            List.of("the IEEE 14-bus test system"),
                            false)),
            Map.entry("factorization", new ProblemTheory("½‖XXᵀ − M*‖²", "", List.of(), false)),
            Map.entry(
                    "one-bit",
                    new ProblemTheory(
                            "Σ log(1 + exp M_ij) − α_ij M_ij over the entries seen,  M = XXᵀ,  α = σ(M*)",
                            "",
                            List.of("Davenport and others 2014", "[IPGD] eq. 124"),
                            true)),
            Map.entry(
                    "nnls",
                    new ProblemTheory(
                            "½‖A(x∘x) − b‖²,  A = U diag(σ) Vᵀ with σ linear from 1 to 1/κ",
                            "",
                            List.of("[LMM] section 6.1, eq. 19"),
                            false)),
            Map.entry(
                    "sparse-recovery",
                    new ProblemTheory(
                            "½‖A(u∘u − v∘v) − b‖²,  entries of A ~ N(0, 1/m)", "", List.of("[IPGD] eq. 125"), false)),
            Map.entry("cp", new ProblemTheory("½‖Σ_c x_c⊗x_c⊗x_c − T*‖²", "", List.of("[LMM] section 5.3"), false)),
            Map.entry(
                    "tensor-sensing",
                    new ProblemTheory(
                            "½‖𝒜(Σ_c x_c⊗x_c⊗x_c) − b‖²,  Gaussian measurements",
                            "",
                            List.of("[LMM] section 6.3"),
                            false)));

    /** @throws IllegalStateException if nobody has written down what is known of the problem */
    static ProblemTheory of(String problem) {
        ProblemTheory theory = ALL.get(problem);
        if (theory == null) {
            throw new IllegalStateException("problem '" + problem + "' has no entry in ProblemTheory; it needs one");
        }
        return theory;
    }
}

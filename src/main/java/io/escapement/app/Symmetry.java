package io.escapement.app;

import io.escapement.problem.CompositeProblem;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.cp.CpFactorization;
import io.escapement.problem.cp.CpSensing;
import io.escapement.problem.cp.CpShape;

/** Which transformations of a factor change no loss, in words: those of its parameterization, and those of the problem itself. */
final class Symmetry {

    private Symmetry() {}

    /** @param more symmetries of the problem beyond those of its parameterization; empty where there are none */
    static String of(CompositeProblem problem, String more) {
        String own = ofParameterization(problem);
        return more.isEmpty() ? own : own + "; " + more;
    }

    private static String ofParameterization(CompositeProblem problem) {
        if (problem instanceof FactoredProblem factored) {
            boolean column = factored.columns() == 1;
            return switch (factored.shape().parameterization()) {
                case PSD -> column ? "±1: x ↦ −x" : "O(" + factored.columns() + "): X ↦ XQ";
                case ASYMMETRIC -> "GL(" + factored.columns() + "): (X, Y) ↦ (XA, YA⁻ᵀ)";
                case HADAMARD, SIGNED_HADAMARD ->
                    column ? "{±1}^" + factored.rows() + ": the sign of each entry" : "O(r) of each row";
            };
        }
        CpShape shape = problem instanceof CpFactorization known
                ? known.shape()
                : problem instanceof CpSensing sensed ? sensed.shape() : null;
        if (shape == null) {
            return "not known";
        }
        String order = "S_" + problem.columns() + ": the order of the columns";
        return shape.symmetric() ? order : order + ", and their scales between the modes";
    }
}

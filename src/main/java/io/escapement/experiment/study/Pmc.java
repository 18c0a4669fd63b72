package io.escapement.experiment.study;

import io.escapement.experiment.FactoredTrial;
import io.escapement.problem.FactoredProblem;
import io.escapement.sensing.InitialPoint;
import io.escapement.sensing.Instance;
import io.escapement.sensing.PerturbedMatrixCompletion;
import io.escapement.sensing.Seeds;
import io.escapement.solve.Solver;

/** Trials on perturbed matrix completion, rank 1: the same draws as {@code escapement run pmc}. */
record Pmc(int n, double rho, double scale) {

    FactoredTrial trial(long seed, Solver<? super FactoredProblem, ?> solver, Mechanism mechanism) {
        Instance<FactoredProblem> instance =
                PerturbedMatrixCompletion.pmc(n, rho, 1).instance();
        return FactoredTrial.of(
                        instance, InitialPoint.gaussian(instance.problem(), scale, Seeds.generator(seed)), solver)
                .escape(mechanism.name(), mechanism.escape(instance.problem(), seed, scale))
                .setting("n", n)
                .setting("rho", rho)
                .setting("init-scale", scale)
                .command("escapement run pmc --n " + n + " --rho " + rho + " --init-scale " + scale + " --seed " + seed
                        + " --solver " + solver.name() + " --escape " + mechanism.name());
    }
}

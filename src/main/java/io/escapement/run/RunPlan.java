package io.escapement.run;

import io.escapement.escape.Escape;
import io.escapement.landscape.PointJudge;
import io.escapement.solve.Solver;
import io.escapement.solve.SolverState;
import java.util.Objects;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * Everything a run needs, and nothing that changes.
 *
 * @param x0 where it starts; read-only
 * @param judge of the points at which the solver rests
 * @param escape mechanism, or empty for none
 */
public record RunPlan<P, S extends SolverState>(
        P problem,
        Solver<? super P, S> solver,
        DMatrixRMaj x0,
        PointJudge<? super P> judge,
        Optional<? extends Escape<? super P>> escape,
        Observer<? super S> observer,
        RunSettings settings) {

    public RunPlan {
        Objects.requireNonNull(problem, "problem");
        Objects.requireNonNull(solver, "solver");
        Objects.requireNonNull(x0, "x0");
        Objects.requireNonNull(judge, "judge");
        Objects.requireNonNull(escape, "escape");
        Objects.requireNonNull(observer, "observer");
        Objects.requireNonNull(settings, "settings");
    }
}

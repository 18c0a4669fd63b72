package io.escapement.experiment;

import io.escapement.event.Point3;
import io.escapement.event.Values;
import io.escapement.problem.FactoredProblem;
import io.escapement.run.FigureObserver;
import io.escapement.run.Observer;
import io.escapement.solve.SolverState;
import java.util.Map;

/** The usual figures, and the {@link Work} done so far. */
final class WorkObserver<S extends SolverState> implements Observer<S> {

    private final FigureObserver figures;
    private final Work work;
    private final int rank;

    /** @param problem made by {@link Work#counted} */
    WorkObserver(FigureObserver figures, FactoredProblem problem) {
        this.figures = figures;
        this.work = Work.of(problem);
        this.rank = problem.columns();
    }

    @Override
    public Values observe(S state) {
        Map<String, Double> all = figures.observe(state).asMap();
        all.put(Work.GRADIENTS, work.gradients(rank));
        return Values.of(all);
    }

    @Override
    public Point3 project(S state) {
        return figures.project(state);
    }
}

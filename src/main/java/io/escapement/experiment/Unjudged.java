package io.escapement.experiment;

import io.escapement.event.PointVerdict;
import io.escapement.event.Values;
import io.escapement.landscape.Judgement;
import io.escapement.landscape.PointJudge;
import io.escapement.problem.CompositeProblem;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;

/** For trials of which only the distance to the truth matters: an eigenvalue of the Hessian costs as much as the descent. */
final class Unjudged implements PointJudge<CompositeProblem> {

    @Override
    public Judgement judge(CompositeProblem problem, DMatrixRMaj x) {
        return new Judgement(
                new PointVerdict.Undecided("the experiment asks for the distance to the truth alone"),
                Values.of(Map.of()));
    }
}

package io.escapement.escape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escapement.event.PointVerdict;
import io.escapement.event.Values;
import io.escapement.landscape.Judgement;
import io.escapement.problem.FactoredProblem;
import io.escapement.sensing.PerturbedMatrixCompletion;
import java.util.Iterator;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class RestartTest {

    private final FactoredProblem problem =
            PerturbedMatrixCompletion.pmc(5, 0.2, 2).instance().problem();

    private Iterator<Escape.Candidate> from(long seed, double loss) {
        Judgement judgement = new Judgement(new PointVerdict.Undecided("a test judges nothing"), Values.none());
        Escape.Outcome outcome =
                new Restart(0.5, seed).from(problem, new Escape.Trap(new DMatrixRMaj(5, 2), loss, judgement));
        return ((Escape.Moved) outcome).candidates();
    }

    @Test
    void startsRepeatWithTheSeedAndDifferWithTheTrap() {
        double[] first = from(1, 2).next().x().data;
        assertThat(from(1, 2).next().x().data).isEqualTo(first);
        assertThat(from(1, 3).next().x().data).isNotEqualTo(first);
        assertThat(from(2, 2).next().x().data).isNotEqualTo(first);
    }

    @Test
    void startsFollowEachOther() {
        Iterator<Escape.Candidate> starts = from(7, 1);
        Escape.Candidate one = starts.next();
        Escape.Candidate two = starts.next();
        assertThat(two.x().data).isNotEqualTo(one.x().data);
        assertThat(one.loss()).isEqualTo(problem.value(one.x()));
        assertThat(starts.hasNext()).isTrue();
    }

    @Test
    void refusesAScaleOfNothing() {
        assertThatThrownBy(() -> new Restart(0, 1)).hasMessageContaining("scale is 0.0");
    }
}

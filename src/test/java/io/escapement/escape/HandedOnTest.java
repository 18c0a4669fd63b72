package io.escapement.escape;

import static org.assertj.core.api.Assertions.assertThat;

import io.escapement.escape.Escape.Candidate;
import io.escapement.escape.Escape.Moved;
import io.escapement.escape.Escape.Outcome;
import io.escapement.escape.Escape.Refused;
import io.escapement.escape.Escape.Trap;
import io.escapement.landscape.FactoredJudge;
import io.escapement.landscape.Judgement;
import io.escapement.problem.CountingOperator;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.PerturbedCompletion;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** What the judge has computed of a point, the mechanisms do not compute again, and find the same as if they did. */
class HandedOnTest {

    private static final FactoredProblem PLAIN = PerturbedCompletion.problem(3, 0.3, 1);
    private static final CountingOperator COUNTER = new CountingOperator(PLAIN.operator(), 1);
    private static final FactoredProblem PROBLEM = PLAIN.withOperator(COUNTER);
    private static final DMatrixRMaj TRAP = PerturbedCompletion.trapOfThree().x();
    private static final DMatrixRMaj ZERO = new DMatrixRMaj(3, 1);

    /** Of G at rank 1: n columns backprojected. */
    private static final double DECOMPOSITION = 3 / 2.0;

    private static final List<Escape<? super FactoredProblem>> MECHANISMS = List.of(
            NegativeCurvature.standard(),
            SodSingle.standard(),
            SodMulti.standard(),
            OracleProbe.standard(),
            LeacSimulated.exact(),
            LeacSimulated.paper(),
            LeacCanonical.standard(),
            Auto.factored(0.1, 1));

    private record Spent(List<Object> shown, double gradients) {}

    private static Spent first(Escape<? super FactoredProblem> escape, DMatrixRMaj x, Judgement judgement) {
        double before = COUNTER.gradientEvaluations();
        Outcome outcome = escape.from(PROBLEM, new Trap(x, PLAIN.value(x), judgement));
        List<Object> shown =
                outcome instanceof Moved moved ? shown(moved.candidates().next()) : List.of(((Refused) outcome).why());
        return new Spent(shown, COUNTER.gradientEvaluations() - before);
    }

    private static List<Object> shown(Candidate candidate) {
        Map<String, Double> figures = candidate.figures().asMap();
        return List.of(candidate.mechanism(), candidate.detail(), figures, candidate.loss());
    }

    @Test
    void nothingThatTheJudgeKnowsIsComputedAgain() {
        for (DMatrixRMaj x : List.of(TRAP, ZERO)) {
            for (Escape<? super FactoredProblem> escape : MECHANISMS) {
                Judgement judgement = FactoredJudge.standard().judge(PROBLEM, x);
                Spent alone = first(escape, x, new Judgement(judgement.verdict(), judgement.figures()));
                Spent with = first(escape, x, judgement);
                assertThat(with.shown()).as(escape.name()).isEqualTo(alone.shown());
                assertThat(alone.gradients() - with.gradients())
                        .as("%s spent %s instead of %s", escape.name(), with.gradients(), alone.gradients())
                        .isGreaterThanOrEqualTo(1 + DECOMPOSITION);
            }
        }
    }

    @Test
    void whatIsKnownOfAnotherPointOrProblemIsNotTaken() {
        Judgement atTrap = FactoredJudge.standard().judge(PROBLEM, TRAP);
        Judgement ofPlain = FactoredJudge.standard().judge(PLAIN, ZERO);
        Judgement right = FactoredJudge.standard().judge(PROBLEM, ZERO);
        Spent expected = first(SodSingle.standard(), ZERO, right);
        for (Judgement wrong : List.of(atTrap, ofPlain)) {
            Spent spent = first(SodSingle.standard(), ZERO, wrong);
            assertThat(spent.shown()).isEqualTo(expected.shown());
            assertThat(spent.gradients()).isGreaterThanOrEqualTo(expected.gradients() + DECOMPOSITION);
        }
    }
}

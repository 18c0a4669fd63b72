package io.escapement.escape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.escape.Escape.Candidate;
import io.escapement.escape.Escape.Moved;
import io.escapement.escape.Escape.Outcome;
import io.escapement.escape.Escape.Refused;
import io.escapement.escape.Escape.Trap;
import io.escapement.landscape.FactoredJudge;
import io.escapement.landscape.Judgement;
import io.escapement.linalg.Frobenius;
import io.escapement.problem.EuclideanNorm;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.PerturbedCompletion;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Negative curvature, perturbation and restart, which work on any problem, and what {@code auto} makes of them. */
class AnyProblemTest {

    private static final FactoredProblem ELEVEN = PerturbedCompletion.problem(11, 0.01, 1);
    private static final DMatrixRMaj ZERO = new DMatrixRMaj(11, 1);
    private static final double BOUND = 1e-6;

    private static Trap at(FactoredProblem problem, DMatrixRMaj x, int attempt) {
        return new Trap(x, problem.value(x), FactoredJudge.standard().judge(problem, x), attempt, () -> false);
    }

    private static List<Candidate> all(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Moved.class);
        List<Candidate> candidates = new ArrayList<>();
        ((Moved) outcome).candidates().forEachRemaining(candidates::add);
        return candidates;
    }

    private static DMatrixRMaj localMinimum() {
        return PerturbedCompletion.trapOfThree().x();
    }

    private static final FactoredProblem THREE = PerturbedCompletion.problem(3, 0.3, 1);

    /** At X̂ = 0 the Hessian is 2G, its lowest eigenvector the truth's direction, and the line's minimizer the truth. */
    @Test
    void negativeCurvatureLeadsFromZeroToTheTruth() {
        List<Candidate> candidates = all(NegativeCurvature.standard().from(ELEVEN, at(ELEVEN, ZERO, 0)));
        assertThat(candidates).hasSize(1);
        assertThat(candidates.get(0).loss()).isLessThan(1e-12);
        assertThat(candidates.get(0).figures().getOr("hessianLambdaMin", 0)).isCloseTo(-2.001, within(1e-6));
    }

    @Test
    void negativeCurvatureRefusesALocalMinimum() {
        Outcome outcome = NegativeCurvature.standard().from(THREE, at(THREE, localMinimum(), 0));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.why()).contains("smallest eigenvalue"));
    }

    @Test
    void aLossThatIsNotSmoothHasNoCurvatureToFollow() {
        FactoredProblem norm = ELEVEN.withLoss(new EuclideanNorm());
        Trap trap = new Trap(ZERO, norm.value(ZERO), at(ELEVEN, ZERO, 0).judgement());
        assertThat(NegativeCurvature.standard().from(norm, trap)).isInstanceOf(Refused.class);
        assertThat(Perturb.standard(BOUND, 1).from(norm, trap)).isInstanceOf(Refused.class);
        assertThat(OracleProbe.standard().from(norm, trap)).isInstanceOf(Refused.class);
        assertThat(LeacSimulated.exact().from(norm, trap)).isInstanceOf(Refused.class);
        assertThat(all(Auto.factored(0.1, 1).from(norm, trap)))
                .extracting(Candidate::mechanism)
                .containsOnly("race");
    }

    @Test
    void perturbationStaysWithinItsRadiusAndFillsTheBall() {
        Perturb perturb = new Perturb(
                OptionalDouble.of(1e-3),
                OptionalLong.of(70),
                OptionalDouble.of(0.5),
                BOUND,
                7,
                Perturb.standard(BOUND, 7).eigen());
        double largest = 0;
        for (int attempt = 0; attempt < 200; attempt++) {
            Candidate candidate =
                    all(perturb.from(ELEVEN, at(ELEVEN, ZERO, attempt))).get(0);
            assertThat(candidate.patience()).contains(new Escape.Patience(70, 0.5));
            double length = Frobenius.norm(candidate.x());
            assertThat(length).isLessThanOrEqualTo(1e-3);
            largest = Math.max(largest, length);
        }
        assertThat(largest).isGreaterThan(0.99e-3);
    }

    @Test
    void withoutSettingsTheRadiusIsToleranceOverSmoothness() {
        Candidate candidate = all(Perturb.standard(BOUND, 7).from(ELEVEN, at(ELEVEN, ZERO, 0)))
                .get(0);
        double radius = candidate.figures().getOr("radius", 0);
        // At zero the Hessian is 2G, whose norm the truth's eigenvalue is a multiple of.
        assertThat(radius).isBetween(BOUND / 20, BOUND / 2);
        assertThat(candidate.patience().orElseThrow().iterations()).isBetween(10L, 100_000L);
    }

    @Test
    void perturbationRefusesALocalMinimumUnlessItsRadiusIsGiven() {
        Trap trap = at(THREE, localMinimum(), 0);
        assertThat(Perturb.standard(BOUND, 1).from(THREE, trap)).isInstanceOf(Refused.class);
        Perturb far = new Perturb(
                OptionalDouble.of(2),
                OptionalLong.empty(),
                OptionalDouble.empty(),
                BOUND,
                1,
                Perturb.standard(BOUND, 1).eigen());
        assertThat(all(far.from(THREE, trap))).hasSize(1);
    }

    @Test
    void drawsRepeatWithTheAttemptAndDifferBetweenAttempts() {
        Restart restart = new Restart(3, 0.5, 11);
        List<Candidate> first = all(restart.from(ELEVEN, at(ELEVEN, ZERO, 0)));
        List<Candidate> again = all(restart.from(ELEVEN, at(ELEVEN, ZERO, 0)));
        List<Candidate> later = all(restart.from(ELEVEN, at(ELEVEN, ZERO, 1)));
        assertThat(first).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(again.get(i).x().data).isEqualTo(first.get(i).x().data);
            assertThat(later.get(i).x().data).isNotEqualTo(first.get(i).x().data);
        }
        assertThat(first.get(0).x().data).isNotEqualTo(first.get(1).x().data);
        assertThat(all(new Restart(3, 0.5, 12).from(ELEVEN, at(ELEVEN, ZERO, 0)))
                        .get(0)
                        .x()
                        .data)
                .isNotEqualTo(first.get(0).x().data);
    }

    @Test
    void aRaceIsThoseStartsWithHeats() {
        Restart restart = new Restart(3, 0.5, 11);
        List<Candidate> starts = all(restart.from(ELEVEN, at(ELEVEN, ZERO, 0)));
        List<Candidate> race = all(Race.of(restart).from(ELEVEN, at(ELEVEN, ZERO, 0)));
        assertThat(race).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(race.get(i).x().data).isEqualTo(starts.get(i).x().data);
            assertThat(race.get(i).mechanism()).isEqualTo("race");
            assertThat(race.get(i).heat()).isPresent();
            assertThat(starts.get(i).heat()).isEmpty();
        }
        assertThatThrownBy(() -> new Escape.Heat(0, 0.3)).hasMessageContaining("iterations is 0");
        assertThatThrownBy(() -> new Escape.Heat(5, 1.5)).hasMessageContaining("clear is 1.5");
    }

    @Test
    void autoTakesTheCertainGainFirstAndSaysWhy() {
        Candidate first = ((Moved) Auto.factored(0.1, 1).from(ELEVEN, at(ELEVEN, ZERO, 0)))
                .candidates()
                .next();
        assertThat(first.mechanism()).isEqualTo("negative-curvature");
        assertThat(first.detail()).startsWith("auto: at a strict saddle");
        List<Candidate> fromMinimum = all(Auto.factored(0.1, 1).from(THREE, at(THREE, localMinimum(), 0)));
        assertThat(fromMinimum)
                .extracting(Candidate::mechanism)
                .doesNotContain("negative-curvature")
                .startsWith("oracle-probe", "race")
                .contains("sod-multi");
        assertThat(fromMinimum)
                .allSatisfy(candidate -> assertThat(candidate.detail()).startsWith("auto: "));
        assertThat(all(Auto.general(BOUND, 0.1, 1).from(ELEVEN, at(ELEVEN, ZERO, 0))))
                .extracting(Candidate::mechanism)
                .startsWith("negative-curvature", "perturb", "restart");
    }

    @Test
    void autoIsBriefWhereThePointIsNotKnownToBeATrap() {
        DMatrixRMaj x = localMinimum();
        Trap undecided =
                new Trap(x, THREE.value(x), FactoredJudge.standard().withNoise().judge(THREE, x));
        assertThat(all(Auto.factored(0.1, 1).from(THREE, undecided)))
                .extracting(Candidate::mechanism)
                .isNotEmpty()
                .doesNotContain("race", "restart");
        assertThat(Auto.general(BOUND, 0.1, 1).from(THREE, undecided)).isInstanceOf(Refused.class);
    }

    @Test
    void aSearchIsBrokenOffBetweenProducts() {
        Judgement judged = at(ELEVEN, ZERO, 0).judgement();
        Judgement unseen = new Judgement(judged.verdict(), judged.figures());
        Trap trap = new Trap(ZERO, ELEVEN.value(ZERO), unseen, 0, () -> true);
        for (Escape<? super FactoredProblem> escape : List.<Escape<? super FactoredProblem>>of(
                NegativeCurvature.standard(), SodSingle.standard(), OracleProbe.standard(), LeacSimulated.exact())) {
            assertThatThrownBy(() -> escape.from(ELEVEN, trap))
                    .as(escape.name())
                    .isInstanceOf(CancellationException.class);
        }
    }
}

package io.escapement.landscape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.FactorSvd;
import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import io.escapement.problem.DenseReferenceOperator;
import io.escapement.problem.Descent;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.Gaussian;
import io.escapement.problem.GradientMatrix;
import io.escapement.problem.PerturbedCompletion;
import io.escapement.problem.Quartic;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class EscapeFeasibilityTest {

    /** Nearer than this to EFS = 1, rounding decides. */
    private static final double TOO_CLOSE = 1e-9;

    /** Whether a scan of both signs, dense near 0, finds a lower loss. */
    private static boolean dips(EscapeFeasibility score, double scale) {
        for (int i = 1; i <= 800; i++) {
            double s = scale * Math.pow(i / 200.0, 3);
            if (score.change(s) < 0 || score.change(-s) < 0) {
                return true;
            }
        }
        return false;
    }

    /** EFS > 1 ⇔ the quartic dips below zero, on coefficients of every size: what no operator needs to know. */
    @Test
    void scoreDecidesOnRandomCoefficients() {
        Random random = new Random(11);
        int above = 0;
        int bentOnly = 0;
        for (int i = 0; i < 10_000; i++) {
            double k1 = Math.exp(3 * random.nextGaussian());
            double k3 = i % 17 == 0 ? 0 : Math.exp(3 * random.nextGaussian());
            double k2 = Math.sqrt(k1 * k3) * (2 * random.nextDouble() - 1);
            double sigma = i % 13 == 0 ? 0 : Math.exp(3 * random.nextGaussian());
            double around = 2 * sigma * sigma * k3;
            double lambda = around > 0 && i % 3 > 0
                    ? -around * (random.nextDouble() * 2)
                    : Math.exp(3 * random.nextGaussian()) * (random.nextBoolean() ? 1 : -1);
            EscapeFeasibility score = new EscapeFeasibility(lambda, sigma, k1, k2, k3);
            double c2 = lambda + around;
            // The vertex of c₂ + c₃s + c₄s²: the dip, if there is one, holds it.
            double vertex = -2 * sigma * k2 / k1;
            double lowest = c2 - 2 * sigma * k2 * (sigma * k2) / k1;
            if (Math.abs(score.efs() - 1) > TOO_CLOSE) {
                assertThat(score.efs() > 1).as("instance %d, %s", i, score).isEqualTo(lowest < 0);
                assertThat(score.descends()).isEqualTo(score.efs() > 1);
            }
            assertThat(score.aic()).isBetween(0.0, 1.0);
            if (score.descends()) {
                above++;
                bentOnly += score.ncm() <= 1 ? 1 : 0;
                double s = score.minimizer();
                Quartic quartic = new Quartic(0, 0, c2, 2 * sigma * k2, 0.5 * k1);
                assertThat(score.change(s)).as("instance %d, %s", i, score).isNegative();
                assertThat(score.change(s))
                        .as("instance %d, %s", i, score)
                        .isCloseTo(
                                quartic.change(quartic.minimizer()),
                                within(1e-9 * Math.abs(score.change(s)) + 1e-13 * s * s * Math.abs(lambda)));
                assertThat(score.change(s)).isLessThanOrEqualTo(score.change(vertex == 0 ? s : vertex));
            } else {
                assertThat(score.minimizer()).isZero();
            }
        }
        assertThat(above).isBetween(2_000, 8_000);
        assertThat(bentOnly).isGreaterThan(300);
    }

    /**
     * The same on 10⁴ components of random problems, factors that are not stationary among them, with ridges and
     * asymmetric factors: the coefficients are the ray's own, and a scan finds a dip exactly where the score says.
     */
    @Test
    void scoreDecidesOnRandomProblems() {
        int checked = 0;
        int above = 0;
        int bentOnly = 0;
        Workspace workspace = new Workspace();
        for (int seed = 0; checked < 10_000; seed++) {
            Random random = new Random(seed);
            double ridge = seed % 3 == 0 ? 0.2 * random.nextDouble() : 0;
            int rank = 1 + seed % 2;
            FactoredProblem problem = seed % 4 == 3
                    ? Gaussian.asymmetric(3, 2, rank, 5, 0.1, ridge, random)
                    : Gaussian.sensing(4, rank, 3 + seed % 6, 0.1, ridge, random);
            for (int draw = 0; draw < 20; draw++) {
                DMatrixRMaj x = Gaussian.matrix(problem.rows(), rank, random);
                double size = Math.exp(random.nextGaussian());
                for (int i = 0; i < x.getNumElements(); i++) {
                    x.data[i] *= size;
                }
                Evaluation at = problem.evaluate(x);
                DMatrixRMaj u = EigenSolver.standard()
                        .smallest(GradientMatrix.at(problem, at), 1)
                        .first()
                        .vector();
                FactorSvd svd = FactorSvd.of(x);
                for (int component = 0; component < rank; component++, checked++) {
                    EscapeFeasibility score = EscapeFeasibility.of(problem, at, u, component);
                    Quartic ray = problem.quartic(at, svd.inPlaceOf(component, u), workspace);
                    String what = "seed " + seed + ", draw " + draw + ", " + score;
                    double tolerance = 1e-12 * (1 + at.loss() + size * size);
                    assertThat(score.lambda() + 2 * score.sigma() * score.sigma() * score.k3())
                            .as(what)
                            .isCloseTo(ray.c2(), within(tolerance));
                    assertThat(2 * score.sigma() * score.k2()).as(what).isCloseTo(ray.c3(), within(tolerance));
                    assertThat(0.5 * score.k1()).as(what).isCloseTo(ray.c4(), within(tolerance));
                    double vertex = score.k1() > 0 ? Math.abs(2 * score.sigma() * score.k2() / score.k1()) : 0;
                    double reach = score.k1() > 0 ? Math.sqrt(Math.abs(score.lambda()) / score.k1()) : 1;
                    boolean clear = Math.abs(score.efs() - 1) > 1e-3;
                    if (clear) {
                        assertThat(dips(score, 0.1 * (vertex + reach))).as(what).isEqualTo(score.efs() > 1);
                    }
                    above += score.efs() > 1 ? 1 : 0;
                    bentOnly += score.efs() > 1 && score.ncm() <= 1 ? 1 : 0;
                }
            }
        }
        assertThat(above).isBetween(1_000, checked - 1_000);
        assertThat(bentOnly).isGreaterThan(20);
    }

    /** At a stationary point the score is about h itself: measured losses, not coefficients. */
    @Test
    void predictsTheLossAtStationaryPoints() {
        int jumps = 0;
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            FactoredProblem problem = seed % 4 == 3
                    ? Gaussian.asymmetric(3, 3, 1, 7, 0, seed % 8 == 3 ? 0.1 : 0, random)
                    : Gaussian.sensing(5, 1 + seed % 2, 7, 0, seed % 5 == 0 ? 0.1 : 0, random);
            DMatrixRMaj start = Gaussian.matrix(problem.rows(), problem.columns(), random);
            for (int i = 0; i < start.numRows && seed % 3 == 0; i++) {
                start.set(i, 0, 0); // stays 0 on the way: a saddle of the rank above
            }
            Evaluation at = Descent.to(problem, start);
            DMatrixRMaj u = EigenSolver.standard()
                    .smallest(GradientMatrix.at(problem, at), 1)
                    .first()
                    .vector();
            EscapeFeasibility score = EscapeFeasibility.of(problem, at, u, problem.columns() - 1);
            if (score.descends() && score.efs() > 1 + 1e-3) {
                jumps++;
                DMatrixRMaj x = new DMatrixRMaj(problem.rows(), problem.columns());
                double s = score.minimizer();
                Frobenius.add(at.x(), s, FactorSvd.of(at.x()).inPlaceOf(problem.columns() - 1, u), x);
                assertThat(problem.value(x) - at.loss())
                        .as("seed %d", seed)
                        .isCloseTo(score.change(s), within(1e-6 * problem.lossAtZero()));
            }
        }
        assertThat(jumps).isGreaterThan(5);
    }

    @Test
    void marginsWithoutADenominator() {
        EscapeFeasibility down = new EscapeFeasibility(-2, 0, 4, 1, 3);
        assertThat(down.ncm()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(down.aic()).isZero();
        assertThat(down.minimizer() * down.minimizer()).isCloseTo(0.5, within(1e-15));
        assertThat(down.change(1)).isEqualTo(0); // s²(−2 + 2s²): back at the start
        assertThat(new EscapeFeasibility(0, 0, 4, 0, 3).efs()).isZero();
        assertThat(new EscapeFeasibility(2, 1, 4, 0, 0).efs()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(new EscapeFeasibility(-2, 1, 4, 0, 0).descends()).isTrue();
        EscapeFeasibility unseen = new EscapeFeasibility(0.1, 2, 0, 0, 3);
        assertThat(unseen.efs()).isNegative();
        assertThat(unseen.minimizer()).isZero();
        assertThat(new EscapeFeasibility(3, 1, 1, 1, 1).minimizer()).isZero();
        assertThatThrownBy(() -> new EscapeFeasibility(1, -1, 1, 1, 1)).hasMessageContaining("sigma is -1.0");
    }

    /** σ_r of 1e−7: α of [LEAC] would be 1e14, s is of the size of the data. */
    @Test
    void tinyComponentsAreNoHardship() {
        FactoredProblem problem = PerturbedCompletion.problem(11, 0.01, 1);
        DMatrixRMaj x = Gaussian.matrix(11, 1, new Random(1));
        double norm = Frobenius.norm(x);
        for (int i = 0; i < 11; i++) {
            x.data[i] *= 1e-7 / norm;
        }
        Evaluation at = problem.evaluate(x);
        DMatrixRMaj u = EigenSolver.standard()
                .smallest(GradientMatrix.at(problem, at), 1)
                .first()
                .vector();
        EscapeFeasibility score = EscapeFeasibility.of(problem, at, u, 0);
        assertThat(score.sigma()).isCloseTo(1e-7, within(1e-12));
        assertThat(score.ncm()).isGreaterThan(1e13);
        double s = score.minimizer();
        assertThat(s * s).isCloseTo(6, within(1e-5));
        assertThat(score.change(s)).isCloseTo(-problem.lossAtZero(), within(1e-6));
    }

    /** Asymmetric: u = [u₁; 0] makes no measurement. */
    @Test
    void directionsThatMakeNoMeasurement() {
        FactoredProblem problem =
                new FactoredProblem(DenseReferenceOperator.asymmetric(3, 2, 6, new Random(3)), new double[6], 1);
        DMatrixRMaj u = new DMatrixRMaj(5, 1, true, 1, 0, 0, 0, 0);
        EscapeFeasibility score =
                EscapeFeasibility.of(problem, problem.evaluate(Gaussian.matrix(5, 1, new Random(2))), u, 0);
        assertThat(score.k1()).isZero();
        assertThat(score.descends()).isFalse();
        assertThat(score.margins()).startsWith("NCM ").contains(" = EFS ");
    }
}

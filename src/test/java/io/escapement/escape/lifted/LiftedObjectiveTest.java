package io.escapement.escape.lifted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.linalg.FactorSvd;
import io.escapement.linalg.Frobenius;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.Gaussian;
import io.escapement.problem.Quartic;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class LiftedObjectiveTest {

    private static List<DMatrixRMaj> directions(int n, int k, Random random) {
        List<DMatrixRMaj> directions = new ArrayList<>();
        for (int i = 0; i < k; i++) {
            DMatrixRMaj d = Gaussian.matrix(n, 1, random);
            CommonOps_DDRM.divide(d, Frobenius.norm(d));
            directions.add(d);
        }
        return directions;
    }

    private static double[] coefficients(int k, Random random) {
        return random.doubles(k, -1, 1).toArray();
    }

    /** Everything as tensors at n = 3, l = 3: w has 27 entries, 𝒜^{⊗3} makes m³ measurements of 729 numbers. */
    private static final class Explicit {

        final int m;
        final double[][] a; // A_k, 3×3, in the subspace's units
        final double[] b;
        final double[] w = new double[27];
        final double[] gradient = new double[27];
        double loss;

        Explicit(FactoredProblem problem, LiftedSubspace subspace, List<DMatrixRMaj> d, double[] c) {
            m = problem.operator().measurements();
            b = problem.target();
            double norm = Math.sqrt(Frobenius.dot(b, b, m));
            double nu = norm / (subspace.unit() * subspace.unit());
            a = new double[m][9];
            double[] column = new double[m];
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    problem.operator().measure(unit(i), unit(j), column);
                    for (int k = 0; k < m; k++) {
                        a[k][3 * i + j] = column[k] / nu;
                    }
                }
            }
            for (int k = 0; k < m; k++) {
                b[k] /= norm;
            }
            for (int i = 0; i < c.length; i++) {
                double[] power = cube(d.get(i));
                for (int e = 0; e < 27; e++) {
                    w[e] += c[i] * power[e];
                }
            }
            for (int k1 = 0; k1 < m; k1++) {
                for (int k2 = 0; k2 < m; k2++) {
                    for (int k3 = 0; k3 < m; k3++) {
                        measure(k1, k2, k3);
                    }
                }
            }
        }

        private static DMatrixRMaj unit(int i) {
            DMatrixRMaj e = new DMatrixRMaj(3, 1);
            e.data[i] = 1;
            return e;
        }

        static double[] cube(DMatrixRMaj d) {
            double[] power = new double[27];
            for (int e = 0; e < 27; e++) {
                power[e] = d.data[e / 9] * d.data[e / 3 % 3] * d.data[e % 3];
            }
            return power;
        }

        private void measure(int k1, int k2, int k3) {
            double[] image = new double[27];
            double value = 0;
            for (int i = 0; i < 27; i++) {
                for (int j = 0; j < 27; j++) {
                    image[i] += a[k1][3 * (i / 9) + j / 9]
                            * a[k2][3 * (i / 3 % 3) + j / 3 % 3]
                            * a[k3][3 * (i % 3) + j % 3]
                            * w[j];
                }
                value += image[i] * w[i];
            }
            double residual = value - b[k1] * b[k2] * b[k3];
            loss += 0.5 * residual * residual;
            for (int i = 0; i < 27; i++) {
                gradient[i] += 2 * residual * image[i];
            }
        }
    }

    /** h^l, its gradient in c, and the gradient projected to the subspace, against explicit tensors. */
    @Test
    void agreesWithExplicitTensors() {
        for (int seed = 0; seed < 8; seed++) {
            Random random = new Random(seed);
            int k = 2 + seed % 3;
            FactoredProblem problem = Gaussian.sensing(3, 1, 4, 0.1, 0, random);
            List<DMatrixRMaj> d = directions(3, k, random);
            LiftedSubspace subspace = LiftedSubspace.of(problem, problem.evaluate(new DMatrixRMaj(3, 1)), d)
                    .orElseThrow();
            LiftedObjective objective = new LiftedObjective(subspace, 3);
            double[] c = coefficients(k, random);
            Explicit explicit = new Explicit(problem, subspace, d, c);
            assertThat(objective.value(c)).as("seed %d", seed).isCloseTo(explicit.loss, within(1e-12));
            double[] gradient = objective.gradient(c);
            DMatrixRMaj basis = new DMatrixRMaj(27, k);
            DMatrixRMaj right = new DMatrixRMaj(k, 1);
            for (int i = 0; i < k; i++) {
                double[] power = Explicit.cube(d.get(i));
                right.data[i] = Frobenius.dot(power, explicit.gradient, 27);
                assertThat(gradient[i]).as("seed %d", seed).isCloseTo(right.data[i], within(1e-12));
                for (int e = 0; e < 27; e++) {
                    basis.set(e, i, power[e]);
                }
            }
            DMatrixRMaj gram = new DMatrixRMaj(k, k);
            CommonOps_DDRM.multTransA(basis, basis, gram);
            DMatrixRMaj solution = new DMatrixRMaj(k, 1);
            assertThat(CommonOps_DDRM.solve(gram, right, solution)).isTrue();
            double[] projected = objective.projected(gradient);
            for (int i = 0; i < k; i++) {
                assertThat(projected[i]).as("seed %d", seed).isCloseTo(solution.data[i], within(1e-7));
            }
            assertThat(objective.inner(c, c)).isCloseTo(Frobenius.dot(explicit.w, explicit.w, 27), within(1e-12));
        }
    }

    /** On a ray it is the quartic that is given, and the gradient is its slope, at any order. */
    @Test
    void raysAreQuartics() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            FactoredProblem problem = Gaussian.sensing(5, 1, 6, 0.1, seed % 2 == 0 ? 0.1 : 0, random);
            LiftedSubspace subspace = LiftedSubspace.of(
                            problem, problem.evaluate(new DMatrixRMaj(5, 1)), directions(5, 4, random))
                    .orElseThrow();
            LiftedObjective objective = new LiftedObjective(subspace, 1 + 2 * (seed % 5));
            double[] c = coefficients(4, random);
            double[] d = coefficients(4, random);
            Quartic ray = objective.along(c, d);
            double[] gradient = objective.gradient(c);
            assertThat(ray.c1()).as("seed %d", seed).isCloseTo(Frobenius.dot(gradient, d, 4), within(1e-12));
            for (double s : new double[] {-2, -0.3, 0, 0.7, 1.9}) {
                double[] moved = c.clone();
                for (int i = 0; i < 4; i++) {
                    moved[i] += s * d[i];
                }
                assertThat(ray.value(s)).as("seed %d", seed).isCloseTo(objective.value(moved), within(1e-11));
            }
        }
    }

    /** Order 1 is the problem itself with the rest held: ridges, asymmetric factors and r = 2 are in it exactly. */
    @Test
    void orderOneIsTheProblemOfTheComponent() {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            double ridge = seed % 3 == 0 ? 0.3 : 0;
            FactoredProblem problem = seed % 2 == 0
                    ? Gaussian.sensing(5, 2, 8, 0.1, ridge, random)
                    : Gaussian.asymmetric(3, 3, 2, 8, 0.1, ridge, random);
            FactorSvd svd = FactorSvd.of(Gaussian.matrix(problem.rows(), 2, random));
            Evaluation rest = problem.evaluate(svd.without(1));
            List<DMatrixRMaj> d = directions(problem.rows(), 3, random);
            LiftedSubspace subspace = LiftedSubspace.of(problem, rest, d).orElseThrow();
            LiftedObjective objective = new LiftedObjective(subspace, 1);
            double[] c = coefficients(3, random);
            DMatrixRMaj x = rest.x().copy();
            for (int i = 0; i < 3; i++) {
                Frobenius.add(x, subspace.unit() * c[i], svd.inPlaceOf(1, d.get(i)), x);
            }
            double scale = Frobenius.dot(rest.residual(), rest.residual(), rest.residual().length);
            double held = 0.5 * ridge * Frobenius.dot(rest.x(), rest.x());
            assertThat(scale * objective.value(c) + held)
                    .as("seed %d", seed)
                    .isCloseTo(problem.value(x), within(1e-10 * (1 + problem.value(x))));
        }
    }

    /** Five directions in a plane have dependent third powers: the projection is still that onto their span. */
    @Test
    void dependentPowersAreNoSpecialCase() {
        Random random = new Random(5);
        FactoredProblem problem = Gaussian.sensing(4, 1, 6, 0, 0, random);
        List<DMatrixRMaj> d = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            d.add(new DMatrixRMaj(4, 1, true, Math.cos(0.6 * i), Math.sin(0.6 * i), 0, 0));
        }
        LiftedObjective objective = new LiftedObjective(
                LiftedSubspace.of(problem, problem.evaluate(new DMatrixRMaj(4, 1)), d)
                        .orElseThrow(),
                3);
        double[] c = coefficients(5, random);
        double[] gradient = objective.gradient(c);
        double[] projected = objective.projected(gradient);
        double norm = Math.sqrt(objective.inner(projected, projected));
        // ⟨grad, P grad⟩ = ‖P grad‖², and P grad reproduces the slope along every direction of the span.
        assertThat(Frobenius.dot(gradient, projected, 5)).isCloseTo(norm * norm, within(1e-9 * norm * norm));
        for (int i = 0; i < 5; i++) {
            double[] e = new double[5];
            e[i] = 1;
            assertThat(objective.inner(projected, e)).isCloseTo(gradient[i], within(1e-9 * norm));
        }
    }

    @Test
    void evenOrdersAndNothingToExplain() {
        FactoredProblem problem = Gaussian.sensing(3, 1, 4, 0, 0, new Random(1));
        List<DMatrixRMaj> d = directions(3, 2, new Random(2));
        LiftedSubspace subspace = LiftedSubspace.of(problem, problem.evaluate(new DMatrixRMaj(3, 1)), d)
                .orElseThrow();
        assertThatThrownBy(() -> new LiftedObjective(subspace, 4)).hasMessageContaining("the order is 4");
        FactoredProblem empty = new FactoredProblem(problem.operator(), new double[4], 1);
        assertThat(LiftedSubspace.of(empty, empty.evaluate(new DMatrixRMaj(3, 1)), d))
                .isEmpty();
    }
}

package io.escapement.sensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import io.escapement.problem.AbsoluteSum;
import io.escapement.problem.Counted;
import io.escapement.problem.DenseReferenceOperator;
import io.escapement.problem.EntrywiseLoss;
import io.escapement.problem.EuclideanNorm;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.Gaussian;
import io.escapement.problem.GradientMatrix;
import io.escapement.problem.HalfSquaredNorm;
import io.escapement.problem.Huber;
import io.escapement.problem.Logistic;
import io.escapement.problem.OuterLoss;
import io.escapement.problem.Parameterization;
import io.escapement.problem.PlaneLoss;
import io.escapement.problem.Ray;
import io.escapement.problem.SensingOperator;
import io.escapement.sensing.DenseOperator.Precision;
import io.escapement.sensing.network.Ieee14;
import io.escapement.sensing.network.Meter;
import io.escapement.sensing.network.NetworkProblem;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every operator with every parameterization and loss, against explicit matrices and formulas written out here. */
class ProblemContractTest {

    private static final int RANK = 2;

    /** An operator and what its factors stand for. */
    private record Measured(String name, SensingOperator operator, FactorShape shape) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Measured> operators() {
        FactorShape psd = FactorShape.psd(5);
        FactorShape asymmetric = FactorShape.asymmetric(3, 4);
        Random random = new Random(1);
        EntryPattern some = new EntryPattern(5, new int[] {0, 3, 5, 6, 8, 9}, new int[] {0, 2, 4, 1, 3, 2, 3, 4, 4});
        EntryPattern block = new EntryPattern(4, new int[] {0, 2, 5, 6}, new int[] {0, 2, 1, 2, 3, 0});
        List<SparseForm> sparse = List.of(
                SparseForm.of(List.of(new SparseForm.Term(0, 1, 2), new SparseForm.Term(2, 2, -1))),
                SparseForm.of(List.of(new SparseForm.Term(4, 3, 0.5))),
                SparseForm.of(List.of(new SparseForm.Term(1, 1, 1), new SparseForm.Term(0, 4, 3))));
        SensingOperator network = NetworkProblem.of(Ieee14.network(), EnumSet.allOf(Meter.class), 0)
                .instance(Seeds.generator(1))
                .problem()
                .operator();
        DMatrixRMaj design = Gaussian.matrix(7, 4, random);
        return List.of(
                new Measured("dense", dense(psd, Precision.DOUBLE), psd),
                new Measured("dense asymmetric", dense(asymmetric, Precision.DOUBLE), asymmetric),
                new Measured("dense single", dense(psd, Precision.SINGLE), psd),
                new Measured("dense asymmetric single", dense(asymmetric, Precision.SINGLE), asymmetric),
                new Measured("mask", MaskOperator.symmetric(some), psd),
                new Measured("rectangular mask", MaskOperator.rectangular(block), asymmetric),
                new Measured(
                        "weighted mask",
                        MaskOperator.symmetric(
                                EntryPattern.upperTriangle(5), (i, j) -> StructuredMask.contains(i, j) ? 1 : 0.1),
                        psd),
                new Measured("sparse", SparseOperator.of(5, sparse), psd),
                new Measured("rank one", SparseOperator.rankOne(Gaussian.matrix(6, 5, random)), psd),
                new Measured("network", network, FactorShape.psd(network.dimension())),
                new Measured("identity", IdentityOperator.isometric(psd), psd),
                new Measured("plain identity", IdentityOperator.plain(psd), psd),
                new Measured("asymmetric identity", IdentityOperator.isometric(asymmetric), asymmetric),
                new Measured("squares", RegressionOperator.squares(design), FactorShape.hadamard(4)),
                new Measured("signed squares", RegressionOperator.signedSquares(design), FactorShape.signedHadamard(4)),
                new Measured("entries", RegressionOperator.identity(FactorShape.hadamard(4)), FactorShape.hadamard(4)),
                new Measured(
                        "signed entries",
                        RegressionOperator.identity(FactorShape.signedHadamard(4)),
                        FactorShape.signedHadamard(4)),
                new Measured(
                        "one row", RegressionOperator.squares(Gaussian.matrix(1, 1, random)), FactorShape.hadamard(1)));
    }

    private static DenseOperator dense(FactorShape shape, Precision precision) {
        Random random = new Random(2);
        return new DenseOperator(
                shape,
                11,
                (k, a) -> {
                    for (int e = 0; e < a.length; e++) {
                        a[e] = 0.4 * random.nextGaussian();
                    }
                },
                precision);
    }

    private static List<OuterLoss> losses(int m) {
        double[] counts = new Random(3).doubles(m, 0.5, 2).toArray();
        return List.of(
                new HalfSquaredNorm(),
                new EuclideanNorm(),
                new AbsoluteSum(),
                new Huber(0.8),
                new Logistic(),
                new Counted(new Huber(0.3), counts),
                new Counted(new Logistic(), counts));
    }

    /** Each loss with and without penalties. */
    private static List<FactoredProblem> problems(Measured measured) {
        Random random = new Random(4);
        int m = measured.operator.measurements();
        int rank = Math.min(RANK, measured.shape.rows());
        return losses(m).stream()
                .flatMap(loss -> {
                    boolean shares = loss.describe().equals("logistic");
                    double[] b = random.doubles(m, shares ? 0 : -1, 1).toArray();
                    FactoredProblem plain =
                            new FactoredProblem(measured.operator, b, rank, 0, measured.shape).withLoss(loss);
                    FactoredProblem ridged = plain.withRidge(0.3);
                    return measured.shape.parameterization() == Parameterization.ASYMMETRIC
                            ? Stream.of(plain, ridged.withBalance(0.7), plain.withBalance(1.5))
                            : Stream.of(plain, ridged);
                })
                .toList();
    }

    private static String what(FactoredProblem problem) {
        return problem.operator() + ", " + problem.loss().describe() + ", ridge " + problem.ridge() + ", balance "
                + problem.balance();
    }

    private static DMatrixRMaj point(FactoredProblem problem, long seed) {
        DMatrixRMaj x = Gaussian.matrix(problem.rows(), problem.columns(), new Random(seed));
        Frobenius.add(x, -0.3, x, x);
        return x;
    }

    private static DMatrixRMaj moved(DMatrixRMaj x, double s, DMatrixRMaj d) {
        DMatrixRMaj out = new DMatrixRMaj(x.numRows, x.numCols);
        Frobenius.add(x, s, d, out);
        return out;
    }

    /** A_k, from the primitive on unit vectors. */
    private static SensingOperator explicit(SensingOperator operator) {
        int n = operator.dimension();
        double[][] rows = new double[operator.measurements()][n * n];
        double[] out = new double[rows.length];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                DMatrixRMaj ei = new DMatrixRMaj(n, 1);
                DMatrixRMaj ej = new DMatrixRMaj(n, 1);
                ei.data[i] = 1;
                ej.data[j] = 1;
                operator.measure(ei, ej, out);
                for (int k = 0; k < rows.length; k++) {
                    rows[k][i * n + j] = out[k];
                }
            }
        }
        return new DenseReferenceOperator(n, rows, operator.constants());
    }

    /** ℓ as mathematics.md writes it, without care for overflow. */
    private static double naive(OuterLoss loss, double[] residual, FactoredProblem problem) {
        double sum = 0;
        for (int k = 0; k < problem.operator().measurements(); k++) {
            double r = residual[k];
            double b = problem.measurement(k);
            double count =
                    loss instanceof Counted counted ? counted.slopeAt(k, 0.1, 0) / counted.slopeAt(0, 0.1, 0) : 1;
            sum += switch (loss.describe()) {
                case "half-squared" -> 0.5 * r * r;
                case "norm" -> r * r;
                case "l1" -> Math.abs(r);
                case "logistic" -> count * (Math.log(1 + Math.exp(r + b)) - b * (r + b));
                case "huber:0.8" -> Math.abs(r) <= 0.8 ? 0.5 * r * r : 0.8 * Math.abs(r) - 0.32;
                default -> count * (Math.abs(r) <= 0.3 ? 0.5 * r * r : 0.3 * Math.abs(r) - 0.045);
            };
        }
        if (loss instanceof Counted) {
            double first = new Random(3)
                    .doubles(problem.operator().measurements(), 0.5, 2)
                    .toArray()[0];
            return first * sum;
        }
        return loss.describe().equals("norm") ? Math.sqrt(sum) : sum;
    }

    @ParameterizedTest
    @MethodSource("operators")
    void primitivesAreThoseOfExplicitMatrices(Measured measured) {
        SensingOperator operator = measured.operator;
        SensingOperator reference = explicit(operator);
        Random random = new Random(5);
        int n = operator.dimension();
        int m = operator.measurements();
        for (int columns = 1; columns <= 3; columns++) {
            DMatrixRMaj x = Gaussian.matrix(n, columns, random);
            DMatrixRMaj y = Gaussian.matrix(n, columns, random);
            double[] w = random.doubles(m, -1, 1).toArray();
            double[] measuredOut = new double[m];
            double[] expected = new double[m];
            operator.measure(x, y, measuredOut);
            reference.measure(x, y, expected);
            assertThat(measuredOut).as(measured.name).containsExactly(expected, within(1e-12));
            operator.measure(x, x, measuredOut);
            reference.measure(x, x, expected);
            assertThat(measuredOut).as(measured.name).containsExactly(expected, within(1e-12));
            DMatrixRMaj back = new DMatrixRMaj(1, 1);
            DMatrixRMaj expectedBack = new DMatrixRMaj(1, 1);
            operator.backproject(w, y, back);
            reference.backproject(w, y, expectedBack);
            assertThat(back.data).as(measured.name).containsExactly(expectedBack.data, within(1e-12));
            operator.measure(x, y, measuredOut);
            assertThat(Frobenius.dot(measuredOut, w, m))
                    .as(measured.name)
                    .isCloseTo(Frobenius.dot(back, x), within(1e-11));
        }
    }

    @ParameterizedTest
    @MethodSource("operators")
    void onePassGivesWhatTheTwoPrimitivesGive(Measured measured) {
        SensingOperator operator = measured.operator;
        int m = operator.measurements();
        Random random = new Random(6);
        double[] b = random.doubles(m).toArray();
        DMatrixRMaj x = Gaussian.matrix(operator.dimension(), 2, random);
        for (OuterLoss loss : losses(m)) {
            double[] residual = new double[m];
            DMatrixRMaj out = new DMatrixRMaj(1, 1);
            double[] weights = loss.pass(operator, x, b, residual, out);
            double[] apart = new double[m];
            operator.measure(x, x, apart);
            for (int k = 0; k < m; k++) {
                apart[k] -= b[k];
            }
            assertThat(residual).as(measured.name).containsExactly(apart, within(1e-12));
            double[] gradient = loss.gradient(apart, b);
            assertThat(weights).as(measured.name).containsExactly(gradient, within(1e-12));
            DMatrixRMaj back = new DMatrixRMaj(1, 1);
            operator.backproject(gradient, x, back);
            assertThat(out.data).as(measured.name).containsExactly(back.data, within(1e-11));
        }
    }

    @ParameterizedTest
    @MethodSource("operators")
    void lossIsTheFormulaOfTheDocument(Measured measured) {
        problems(measured).forEach(ProblemContractTest::lossIsTheFormulaOfTheDocument);
    }

    private static void lossIsTheFormulaOfTheDocument(FactoredProblem problem) {
        String what = what(problem);
        DMatrixRMaj x = point(problem, 7);
        Evaluation at = problem.evaluate(x);
        double expected = naive(problem.loss(), at.residual(), problem)
                + 0.5 * problem.ridge() * Frobenius.dot(x, x)
                + 0.5 * problem.balance() * problem.squaredImbalance(x);
        assertThat(at.loss()).as(what).isCloseTo(expected, within(1e-12 * (1 + Math.abs(expected))));
        assertThat(problem.value(x)).as(what).isCloseTo(at.loss(), within(1e-13 * (1 + at.loss())));
        assertThat(problem.excess(at) - at.loss() + 0.5 * problem.balance() * problem.squaredImbalance(x))
                .as(what)
                .isCloseTo(-problem.loss().infimum(b(problem)), within(1e-12 * (1 + at.loss())));
    }

    private static double[] b(FactoredProblem problem) {
        double[] b = new double[problem.operator().measurements()];
        for (int k = 0; k < b.length; k++) {
            b[k] = problem.measurement(k);
        }
        return b;
    }

    @ParameterizedTest
    @MethodSource("operators")
    void gradientAndHessianAgainstCentralDifferences(Measured measured) {
        problems(measured).forEach(ProblemContractTest::gradientAndHessianAgainstCentralDifferences);
    }

    private static void gradientAndHessianAgainstCentralDifferences(FactoredProblem problem) {
        String what = what(problem);
        DMatrixRMaj x = point(problem, 8);
        DMatrixRMaj d = Gaussian.matrix(x.numRows, x.numCols, new Random(9));
        double step = 1e-6;
        Evaluation at = problem.evaluate(x);
        Evaluation up = problem.evaluate(moved(x, step, d));
        Evaluation down = problem.evaluate(moved(x, -step, d));
        double size = Frobenius.norm(d) * at.gradientNorm();
        assertThat(Frobenius.dot(at.gradient(), d))
                .as(what)
                .isCloseTo((up.loss() - down.loss()) / (2 * step), within(1e-7 * (1 + size)));
        DMatrixRMaj product = new DMatrixRMaj(1, 1);
        problem.hessianProduct(at, d, product);
        DMatrixRMaj difference = moved(up.gradient(), -1, down.gradient());
        for (int i = 0; i < product.getNumElements(); i++) {
            assertThat(product.data[i])
                    .as(what)
                    .isCloseTo(difference.data[i] / (2 * step), within(1e-6 * (1 + Frobenius.norm(product))));
        }
        DMatrixRMaj e = Gaussian.matrix(x.numRows, x.numCols, new Random(10));
        DMatrixRMaj other = new DMatrixRMaj(1, 1);
        problem.hessianProduct(at, e, other);
        assertThat(Frobenius.dot(product, e))
                .as(what)
                .isCloseTo(Frobenius.dot(other, d), within(1e-11 * (1 + Frobenius.norm(product) * Frobenius.norm(e))));
    }

    /** ∇h = 2GX but for the balancing term; and G is a subgradient of f over matrices, for every loss. */
    @ParameterizedTest
    @MethodSource("operators")
    void gradientMatrixIsASubgradientOverMatrices(Measured measured) {
        problems(measured).forEach(ProblemContractTest::gradientMatrixIsASubgradientOverMatrices);
    }

    private static void gradientMatrixIsASubgradientOverMatrices(FactoredProblem problem) {
        String what = what(problem);
        FactoredProblem f = problem.withBalance(0);
        for (int seed = 0; seed < 20; seed++) {
            DMatrixRMaj x = point(f, seed);
            DMatrixRMaj y = point(f, 100 + seed);
            if (seed == 0) {
                x.zero();
            }
            Evaluation at = f.evaluate(x);
            GradientMatrix g = GradientMatrix.at(f, at);
            DMatrixRMaj gx = new DMatrixRMaj(1, 1);
            DMatrixRMaj gy = new DMatrixRMaj(1, 1);
            g.apply(x, gx);
            g.apply(y, gy);
            DMatrixRMaj half = moved(gx, -0.5, at.gradient());
            assertThat(Frobenius.norm(half)).as(what).isLessThan(1e-13 * (1 + at.gradientNorm()));
            double tangent = at.loss() + Frobenius.dot(gy, y) - Frobenius.dot(gx, x);
            assertThat(f.value(y)).as("%s, seed %d", what, seed).isGreaterThanOrEqualTo(tangent - 1e-10);
        }
    }

    @ParameterizedTest
    @MethodSource("operators")
    void rayIsTheProblemOnALine(Measured measured) {
        problems(measured).forEach(ProblemContractTest::rayIsTheProblemOnALine);
    }

    private static void rayIsTheProblemOnALine(FactoredProblem problem) {
        String what = what(problem);
        Evaluation at = problem.evaluate(point(problem, 11));
        DMatrixRMaj d = Gaussian.matrix(problem.rows(), problem.columns(), new Random(12));
        Ray ray = problem.ray(at, d, new Workspace());
        assertThat(ray.slope()).isCloseTo(Frobenius.dot(at.gradient(), d), within(0.0));
        for (double s : new double[] {-2, -0.1, 0, 1e-4, 0.6, 3}) {
            Evaluation direct = problem.evaluate(moved(at.x(), s, d));
            double scale = 1 + Math.abs(at.loss()) + Math.abs(direct.loss());
            assertThat(ray.change(s)).as(what).isCloseTo(direct.loss() - at.loss(), within(1e-12 * scale));
            Evaluation along = ray.evaluate(s);
            assertThat(along.loss()).as(what).isCloseTo(direct.loss(), within(1e-12 * scale));
            assertThat(along.gradient().data)
                    .as(what)
                    .containsExactly(direct.gradient().data, within(1e-10 * (1 + direct.gradientNorm())));
            assertThat(along.weights().length).isEqualTo(problem.operator().measurements());
        }
        // A short step keeps its digits: linear to the first order.
        assertThat(ray.change(1e-12) / 1e-12)
                .as(what)
                .isCloseTo(ray.slope(), within(1e-9 * (1 + at.gradientNorm() * 10)));
    }

    @ParameterizedTest
    @MethodSource("operators")
    void minimizerOnADescendingRay(Measured measured) {
        problems(measured).forEach(ProblemContractTest::minimizerOnADescendingRay);
    }

    private static void minimizerOnADescendingRay(FactoredProblem problem) {
        String what = what(problem);
        for (int seed = 0; seed < 3; seed++) {
            Evaluation at = problem.evaluate(point(problem, 20 + seed));
            DMatrixRMaj d = Gaussian.matrix(problem.rows(), problem.columns(), new Random(30 + seed));
            double sign = Frobenius.dot(at.gradient(), d) < 0 ? 1 : -1;
            Frobenius.add(d, sign - 1, d, d);
            Ray ray = problem.ray(at, d, new Workspace());
            double s = ray.positiveMinimizer();
            double lowest = ray.change(s);
            assertThat(lowest).as(what).isNegative();
            double noise = 1e-13 * (1 + Math.abs(at.loss()));
            for (double factor : new double[] {1 - 1e-3, 1 - 1e-5, 1 + 1e-5, 1 + 1e-3}) {
                assertThat(ray.change(s * factor)).as(what).isGreaterThanOrEqualTo(lowest - noise);
            }
            boolean global = problem.quadratic()
                    || (problem.loss() instanceof EuclideanNorm && problem.ridge() == 0 && problem.balance() == 0);
            for (int i = -80; i <= 40 && global; i++) {
                assertThat(ray.change(Math.pow(10, i / 20.0))).as(what).isGreaterThanOrEqualTo(lowest - noise);
            }
        }
    }

    /** X = 0, where h has no slope, b = 0, and both. */
    @ParameterizedTest
    @MethodSource("operators")
    void zeroPointAndZeroData(Measured measured) {
        int m = measured.operator.measurements();
        int rank = Math.min(RANK, measured.shape.rows());
        for (OuterLoss loss : losses(m)) {
            FactoredProblem problem =
                    new FactoredProblem(measured.operator, new double[m], rank, 0, measured.shape).withLoss(loss);
            DMatrixRMaj zero = new DMatrixRMaj(problem.rows(), rank);
            Evaluation at = problem.evaluate(zero);
            assertThat(at.loss()).as(what(problem)).isCloseTo(problem.lossAtZero(), within(1e-12));
            assertThat(at.gradientNorm()).as(what(problem)).isZero();
            DMatrixRMaj d = Gaussian.matrix(problem.rows(), rank, new Random(13));
            Ray ray = problem.ray(at, d, new Workspace());
            double s = ray.positiveMinimizer();
            if (loss instanceof EntrywiseLoss && loss.describe().equals("logistic")) {
                // z = 0 is no minimum where α = 0: some rays descend.
                assertThat(Double.isNaN(s) || ray.change(s) < 0)
                        .as(what(problem))
                        .isTrue();
            } else {
                assertThat(s).as(what(problem)).isNaN();
                assertThat(ray.change(0.5)).as(what(problem)).isNotNegative();
            }
            DMatrixRMaj product = new DMatrixRMaj(1, 1);
            problem.hessianProduct(at, d, product);
            assertThat(Frobenius.norm(product)).as(what(problem)).isFinite();
        }
    }

    /** With symmetric rows and X = Y, an asymmetric problem is the symmetric one, and its two gradients add up to that one's. */
    @Test
    void asymmetricAtEqualFactorsIsTheSymmetricProblem() {
        int n = 4;
        int m = 9;
        Random random = new Random(14);
        double[][] rows = new double[m][n * n];
        for (double[] row : rows) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j <= i; j++) {
                    row[i * n + j] = row[j * n + i] = random.nextGaussian();
                }
            }
        }
        DenseOperator.RowSource source = (k, a) -> System.arraycopy(rows[k], 0, a, 0, a.length);
        double[] b = random.doubles(m).toArray();
        FactoredProblem psd = new FactoredProblem(
                new DenseOperator(FactorShape.psd(n), m, source, Precision.DOUBLE), b, 2, 0, FactorShape.psd(n));
        FactorShape two = FactorShape.asymmetric(n, n);
        FactoredProblem asymmetric =
                new FactoredProblem(new DenseOperator(two, m, source, Precision.DOUBLE), b, 2, 0, two);
        DMatrixRMaj x = Gaussian.matrix(n, 2, random);
        DMatrixRMaj z = new DMatrixRMaj(2 * n, 2);
        System.arraycopy(x.data, 0, z.data, 0, 2 * n);
        System.arraycopy(x.data, 0, z.data, 2 * n, 2 * n);
        for (OuterLoss loss : losses(m)) {
            Evaluation one = psd.withLoss(loss).evaluate(x);
            Evaluation other = asymmetric.withLoss(loss).evaluate(z);
            assertThat(other.loss()).isCloseTo(one.loss(), within(1e-12));
            assertThat(other.residual()).containsExactly(one.residual(), within(1e-12));
            for (int e = 0; e < 2 * n; e++) {
                assertThat(other.gradient().data[e] + other.gradient().data[2 * n + e])
                        .isCloseTo(one.gradient().data[e], within(1e-11));
            }
        }
    }

    /** The squared norm alone must cost what it did: its gradient is its residual, not a copy. */
    @Test
    void theOrdinaryLossCarriesOneArray() {
        FactoredProblem problem = problems(operators().get(0)).get(0);
        Evaluation at = problem.evaluate(point(problem, 1));
        assertThat(at.weights()).isSameAs(at.residual());
        Ray ray = problem.ray(at, at.gradient(), new Workspace());
        double s = ray.positiveMinimizer();
        Evaluation next = ray.evaluate(Double.isNaN(s) ? 0.1 : s);
        assertThat(next.weights()).isSameAs(next.residual());
    }

    @ParameterizedTest
    @MethodSource("operators")
    void onAPlaneTheLossIsThatOfThePoint(Measured measured) {
        for (FactoredProblem problem : problems(measured)) {
            DMatrixRMaj x = point(problem, 21);
            DMatrixRMaj u = point(problem, 22);
            DMatrixRMaj v = point(problem, 23);
            PlaneLoss plane = problem.onPlane(x, u, v);
            Random random = new Random(24);
            for (int i = 0; i < 12; i++) {
                double alpha = 2 * random.nextGaussian();
                double beta = 2 * random.nextGaussian();
                DMatrixRMaj there = moved(moved(x, alpha, u), beta, v);
                double direct = problem.evaluate(there).loss();
                double terms = problem.evaluate(moved(there, 1, there)).loss();
                assertThat(plane.at(alpha, beta))
                        .as("%s at (%s, %s)", what(problem), alpha, beta)
                        .isCloseTo(direct, within(1e-12 * (Math.abs(direct) + Math.abs(terms))));
            }
            assertThat(plane.method()).isEqualTo(problem.loss().ofNormAlone() ? "squares" : "measurements");
            assertThat(plane.squares().isPresent()).isEqualTo(problem.quadratic());
        }
    }
}

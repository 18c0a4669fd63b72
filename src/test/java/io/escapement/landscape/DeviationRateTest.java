package io.escapement.landscape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.linalg.Frobenius;
import io.escapement.linalg.LanczosQuadrature;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.HalfSquaredNorm;
import io.escapement.problem.Hessian;
import io.escapement.sensing.GaussianSensing;
import io.escapement.sensing.InitialPoint;
import io.escapement.sensing.Instance;
import io.escapement.sensing.OneBitCompletion;
import io.escapement.sensing.Seeds;
import io.escapement.sensing.SparseRecovery;
import io.escapement.sensing.UniformCompletion;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against the eigendecomposition of the dense Hessian at n = 6, and against a step of gradient descent. */
class DeviationRateTest {

    private static final int N = 6;
    private static final int RANK = 2;
    private static final long SEED = 17;

    private record Case(String name, Instance<FactoredProblem> instance, ImplicitRegion region) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        RandomGenerator random = Seeds.generator(SEED);
        FactorShape psd = FactorShape.psd(N);
        FactorShape asymmetric = FactorShape.asymmetric(N, 5);
        Instance<FactoredProblem> sparse = new SparseRecovery(N, 12, 2, 0, new HalfSquaredNorm()).instance(random);
        return Stream.of(
                new Case("symmetric sensing", GaussianSensing.of(psd, N, 30).instance(random), new RankRegion(RANK)),
                new Case(
                        "asymmetric sensing, balanced",
                        GaussianSensing.of(asymmetric, 5, 30)
                                .with(new HalfSquaredNorm(), 0.25)
                                .instance(random),
                        new RankRegion(RANK)),
                new Case("completion", UniformCompletion.of(psd, 4, 0.8).instance(random), new RankRegion(RANK)),
                new Case(
                        "1-bit",
                        new OneBitCompletion(psd, N, List.of(10.0, 5.0), 1, 0, 0).instance(random),
                        new RankRegion(RANK)),
                new Case(
                        "sparse recovery",
                        sparse,
                        new SupportRegion(sparse.truth().orElseThrow().factor())));
    }

    /** x with a signal of size 1 and a residual of some size. */
    private static DMatrixRMaj point(Case of, double size) {
        RandomGenerator random = Seeds.generator(SEED + 1);
        DMatrixRMaj x = InitialPoint.gaussian(of.instance.problem(), 1, random);
        ImplicitRegion.Split split = of.region.split(x);
        DMatrixRMaj out = new DMatrixRMaj(x.numRows, x.numCols);
        Frobenius.add(split.signal(), size, split.residual(), out);
        return out;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithTheDenseHessian(Case of) {
        FactoredProblem problem = of.instance.problem();
        DMatrixRMaj x = point(of, 0.3);
        ImplicitRegion.Split split = of.region.split(x);
        double[] dense = dense(problem, split);
        DeviationRate rate = DeviationRate.at(problem, of.region, x, LanczosQuadrature.standard());
        double size = Math.abs(dense[0]) + dense[1];
        assertThat(rate.converged()).isTrue();
        assertThat(rate.residualNorm()).isCloseTo(Frobenius.norm(split.residual()), within(1e-14));
        assertThat(rate.negative()).as("r₋, seed %d", SEED).isCloseTo(dense[0], within(1e-8 * size));
        assertThat(rate.positive()).as("r₊, seed %d", SEED).isCloseTo(dense[1], within(1e-8 * size));
        assertThat(rate.rate()).isCloseTo(dense[0] + 3 * dense[1], within(1e-8 * size));
        assertThat(size).isGreaterThan(1e-3);
    }

    /** r₋ and r₊ by all eigenpairs. */
    private static double[] dense(FactoredProblem problem, ImplicitRegion.Split split) {
        Hessian operator = new Hessian(problem, problem.evaluate(split.signal()));
        int d = operator.dimension();
        DMatrixRMaj h = new DMatrixRMaj(d, d);
        operator.apply(CommonOps_DDRM.identity(d), h);
        DMatrixRMaj symmetric = new DMatrixRMaj(d, d);
        CommonOps_DDRM.add(0.5, h, 0.5, CommonOps_DDRM.transpose(h, null), symmetric);
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
        assertThat(eigen.decompose(symmetric)).isTrue();
        double[] residual = split.residual().data;
        double squares = Frobenius.dot(residual, residual, d);
        double[] parts = new double[2];
        for (int i = 0; i < d; i++) {
            double c = Frobenius.dot(eigen.getEigenVector(i).data, residual, d);
            double lambda = eigen.getEigenvalue(i).getReal();
            parts[lambda > 0 ? 0 : 1] -= lambda * c * c / squares;
        }
        return parts;
    }

    /** [IPGD] proposition 4, without its term of second order: at 1e−7 that is far below the rest. */
    @ParameterizedTest
    @MethodSource("cases")
    void aGradientStepMovesTheResidualNoFasterThanTheRateAllows(Case of) {
        FactoredProblem problem = of.instance.problem();
        DMatrixRMaj x = point(of, 1e-7);
        DeviationRate rate = DeviationRate.at(problem, of.region, x, LanczosQuadrature.standard());
        double eta = 1e-3;
        DMatrixRMaj next = new DMatrixRMaj(x.numRows, x.numCols);
        Frobenius.add(x, -eta, problem.evaluate(x).gradient(), next);
        double after = Frobenius.norm(of.region.split(next).residual());
        assertThat(after / rate.residualNorm()).isLessThanOrEqualTo(1 + 0.5 * eta * rate.rate() + 1e-5 * eta);
    }

    @Test
    void theRankRegionIsTheTruncatedDecomposition() {
        RandomGenerator random = Seeds.generator(SEED);
        for (int rows : new int[] {4, 5, 11}) {
            DMatrixRMaj x = Seeds.gaussian(rows, 5, 1, random);
            ImplicitRegion.Split split = new RankRegion(2).split(x);
            double[] all = singularValues(x);
            double[] signal = singularValues(split.signal());
            double[] residual = singularValues(split.residual());
            assertThat(signal[0]).isCloseTo(all[0], within(1e-12));
            assertThat(signal[1]).isCloseTo(all[1], within(1e-12));
            assertThat(signal[2]).isLessThan(1e-12);
            assertThat(residual[0]).isCloseTo(all[2], within(1e-12));
            assertThat(Frobenius.norm(new RankRegion(5).split(x).residual())).isZero();
        }
    }

    private static double[] singularValues(DMatrixRMaj a) {
        var svd = DecompositionFactory_DDRM.svd(a.numRows, a.numCols, false, false, false);
        assertThat(svd.decompose(a.copy())).isTrue();
        double[] values = svd.getSingularValues().clone();
        Arrays.sort(values);
        double[] descending = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            descending[i] = values[values.length - 1 - i];
        }
        return descending;
    }

    @Test
    void atAPointOfTheRegionEverythingIsZero() {
        Case of = cases().findFirst().orElseThrow();
        DMatrixRMaj zero = new DMatrixRMaj(N, N);
        assertThat(DeviationRate.at(of.instance.problem(), of.region, zero, LanczosQuadrature.standard()))
                .isEqualTo(new DeviationRate(0, 0, 0, 0, true));
    }

    @Test
    void regionsRefuseWhatDoesNotFit() {
        assertThatThrownBy(() -> new RankRegion(-1)).hasMessageContaining("rank is -1");
        assertThatThrownBy(() -> new SupportRegion(new DMatrixRMaj(3, 1)).split(new DMatrixRMaj(4, 1)))
                .hasMessage("x has 4 rows; the region knows 3");
    }
}

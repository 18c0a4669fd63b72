package io.escapement.landscape.plane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.Frobenius;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.Gaussian;
import io.escapement.problem.Hessian;
import io.escapement.problem.PlaneLoss;
import io.escapement.problem.cp.CpFactorization;
import io.escapement.problem.cp.CpShape;
import io.escapement.sensing.Instance;
import io.escapement.sensing.PerturbedMatrixCompletion;
import io.escapement.sensing.RegressionOperator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Planes, what they show of a path, and the loss on them. */
class PlaneTest {

    private static DMatrixRMaj between(DMatrixRMaj from, DMatrixRMaj to) {
        DMatrixRMaj out = new DMatrixRMaj(from.numRows, from.numCols);
        Frobenius.add(to, -1, from, out);
        return out;
    }

    private static List<DMatrixRMaj> walk(int points, int rows, int columns, long seed) {
        Random random = new Random(seed);
        List<DMatrixRMaj> walk = new ArrayList<>();
        DMatrixRMaj x = Gaussian.matrix(rows, columns, random);
        DMatrixRMaj drift = Gaussian.matrix(rows, columns, random);
        for (int i = 0; i < points; i++) {
            DMatrixRMaj next = new DMatrixRMaj(rows, columns);
            Frobenius.add(x, 0.4, drift, next);
            Frobenius.add(next, 0.5, Gaussian.matrix(rows, columns, random), next);
            walk.add(next);
            x = next;
        }
        return walk;
    }

    @ParameterizedTest
    @CsvSource({"40, 3, 1", "40, 5, 2", "7, 12, 3", "3, 2, 1", "64, 250, 1"})
    void thePrincipalPlaneIsThatOfTheSingularValues(int points, int rows, int columns) {
        List<DMatrixRMaj> walk = walk(points, rows, columns, points + rows);
        Plane plane = PrincipalPlane.of(walk).orElseThrow();
        int size = rows * columns;
        DMatrixRMaj centred = new DMatrixRMaj(points, size);
        for (int i = 0; i < points; i++) {
            for (int j = 0; j < size; j++) {
                centred.set(i, j, walk.get(i).data[j] - plane.origin().data[j]);
            }
        }
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(points, size, true, true, true);
        assertThat(svd.decompose(centred.copy())).isTrue();
        double[] values = svd.getSingularValues().clone();
        double all = 0;
        for (double value : values) {
            all += value * value;
        }
        Arrays.sort(values);
        Spread spread = Spread.of(plane, walk);
        assertThat(spread.first()).isCloseTo(Math.pow(values[values.length - 1], 2) / all, within(1e-10));
        assertThat(spread.second()).isCloseTo(Math.pow(values[values.length - 2], 2) / all, within(1e-10));
        assertThat(Frobenius.dot(plane.first(), plane.second())).isCloseTo(0, within(1e-12));
        double forward = Frobenius.dot(plane.first(), between(walk.get(0), walk.get(points - 1)));
        assertThat(forward).as("the path runs to the right").isPositive();
    }

    @Test
    void aPathOnALineHasNoPrincipalPlane() {
        DMatrixRMaj x = Gaussian.matrix(4, 1, new Random(1));
        List<DMatrixRMaj> line = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            DMatrixRMaj point = new DMatrixRMaj(4, 1);
            Frobenius.add(point, i, x, point);
            line.add(point);
        }
        assertThat(PrincipalPlane.of(line)).isEmpty();
        assertThat(PrincipalPlane.of(line.subList(0, 2))).isEmpty();
    }

    @Test
    void aPlaceIsWhereThePointIsAndHowFarOff() {
        Random random = new Random(3);
        Plane plane = Plane.spanned(
                        Gaussian.matrix(4, 2, random),
                        Gaussian.matrix(4, 2, random),
                        Gaussian.matrix(4, 2, random),
                        "a",
                        "b")
                .orElseThrow();
        Plane.Place on = plane.place(plane.point(1.5, -0.25));
        assertThat(on.alpha()).isCloseTo(1.5, within(1e-13));
        assertThat(on.beta()).isCloseTo(-0.25, within(1e-13));
        assertThat(on.off()).isLessThan(1e-13);
        DMatrixRMaj x = Gaussian.matrix(4, 2, random);
        Plane.Place place = plane.place(x);
        assertThat(place.off())
                .isCloseTo(Frobenius.norm(between(plane.point(place.alpha(), place.beta()), x)), within(1e-13));
    }

    @Test
    void theEscapePlaneHoldsBothEndsOfTheJumpAndTheSoftestDirection() {
        FactoredProblem problem =
                PerturbedMatrixCompletion.pmc(5, 0.3, 1).instance().problem();
        Random random = new Random(5);
        DMatrixRMaj trap = Gaussian.matrix(5, 1, random);
        DMatrixRMaj landing = Gaussian.matrix(5, 1, random);
        Plane plane =
                EscapePlane.of(problem, trap, landing, landing, () -> false).orElseThrow();
        assertThat(plane.place(trap).off()).isLessThan(1e-13);
        assertThat(plane.place(trap).alpha()).isCloseTo(0, within(1e-13));
        Plane.Place there = plane.place(landing);
        assertThat(there.off()).isLessThan(1e-13);
        assertThat(there.beta()).isCloseTo(0, within(1e-13));
        assertThat(there.alpha()).isCloseTo(Frobenius.norm(between(trap, landing)), within(1e-13));

        Evaluation at = problem.evaluate(trap);
        DMatrixRMaj softest = EigenSolver.standard()
                .smallest(new Hessian(problem, at), 1)
                .first()
                .vector();
        double seen = Math.pow(Frobenius.dot(plane.first(), softest), 2)
                + Math.pow(Frobenius.dot(plane.second(), softest), 2);
        assertThat(seen).as("v_min lies in the plane").isCloseTo(1, within(1e-9));
    }

    @Test
    void whereTheJumpIsAlongTheSoftestDirectionTheWayOnwardsIsTheSecond() {
        FactoredProblem problem =
                PerturbedMatrixCompletion.pmc(5, 0.3, 1).instance().problem();
        DMatrixRMaj saddle = new DMatrixRMaj(5, 1);
        DMatrixRMaj softest = EigenSolver.standard()
                .smallest(new Hessian(problem, problem.evaluate(saddle)), 1)
                .first()
                .vector();
        DMatrixRMaj next = Gaussian.matrix(5, 1, new Random(6));
        Plane plane =
                EscapePlane.of(problem, saddle, softest, next, () -> false).orElseThrow();
        assertThat(plane.secondLabel()).contains("onwards");
        assertThat(plane.place(next).off()).isLessThan(1e-12);
    }

    @Test
    void nearALossOfZeroTheSquaresKeepTheDigitsThatAQuarticLoses() {
        Instance<FactoredProblem> instance =
                PerturbedMatrixCompletion.pmc(21, 0.1, 1).instance();
        DMatrixRMaj truth = instance.truth().orElseThrow().factor();
        DMatrixRMaj x0 = Gaussian.matrix(21, 1, new Random(7));
        DMatrixRMaj u = between(x0, truth);
        PlaneLoss loss = instance.problem().onPlane(x0, u, Gaussian.matrix(21, 1, new Random(8)));
        double terms = instance.problem().evaluate(x0).loss();
        assertThat(loss.at(1, 0)).isBetween(0.0, 1e-26 * terms);
        for (double s : new double[] {1e-3, 1e-5, 1e-7}) {
            DMatrixRMaj near = new DMatrixRMaj(21, 1);
            Frobenius.add(x0, 1 - s, u, near);
            double direct = instance.problem().evaluate(near).loss();
            assertThat(loss.at(1 - s, 0)).as("at a distance of %s", s).isCloseTo(direct, within(1e-7 * direct));
        }
    }

    @Test
    void aTensorIsEvaluatedAtEachPoint() {
        CpShape shape = CpShape.symmetric(4);
        Random random = new Random(9);
        CpFactorization problem = new CpFactorization(shape, Gaussian.matrix(4, 2, random), 2);
        DMatrixRMaj x = Gaussian.matrix(4, 2, random);
        DMatrixRMaj u = Gaussian.matrix(4, 2, random);
        DMatrixRMaj v = Gaussian.matrix(4, 2, random);
        PlaneLoss loss = problem.onPlane(x, u, v);
        DMatrixRMaj there = new DMatrixRMaj(4, 2);
        Frobenius.add(x, 0.3, u, there);
        Frobenius.add(there, -1.2, v, there);
        assertThat(loss.at(0.3, -1.2)).isEqualTo(problem.evaluate(there).loss());
        assertThat(loss.method()).isEqualTo("direct");
    }

    /** Counts what is asked of it. */
    private static PlaneLoss counting(AtomicInteger asked) {
        return new PlaneLoss() {
            @Override
            public double at(double alpha, double beta) {
                asked.incrementAndGet();
                return alpha + 100 * beta;
            }

            @Override
            public String method() {
                return "counted";
            }

            @Override
            public long size() {
                return 0;
            }
        };
    }

    @Test
    void aFinerGridTakesOverWhatTheCoarserOneHas() {
        AtomicInteger asked = new AtomicInteger();
        PlaneLoss loss = counting(asked);
        Window window = new Window(-1, 2, 0.1, 0.7);
        PlaneGrid coarse = PlaneGrid.of(loss, window, 17, null, () -> false);
        assertThat(asked.get()).isEqualTo(17 * 17);
        PlaneGrid fine = PlaneGrid.of(loss, window, 65, coarse, () -> false);
        assertThat(asked.get()).as("points computed in all").isEqualTo(65 * 65);
        assertThat(fine.values())
                .isEqualTo(PlaneGrid.of(loss, window, 65, null, () -> false).values());
        assertThat(fine.coarsened(17).values()).isEqualTo(coarse.values());
        assertThat(fine.value(0, 0)).isEqualTo(-1 + 10.0);
        assertThat(fine.value(64, 64)).isCloseTo(2 + 70, within(1e-12));
    }

    @Test
    void sizesThatDoNotNestAreRefused() {
        PlaneLoss loss = counting(new AtomicInteger());
        Window window = new Window(0, 1, 0, 1);
        assertThatThrownBy(() -> PlaneGrid.of(loss, window, 64, null, () -> false))
                .hasMessageContaining("size is 64")
                .hasMessageContaining("65");
        PlaneGrid other = PlaneGrid.of(loss, new Window(0, 2, 0, 1), 17, null, () -> false);
        assertThatThrownBy(() -> PlaneGrid.of(loss, window, 33, other, () -> false))
                .hasMessageContaining("coarser grid");
        assertThatThrownBy(() -> new Window(1, 1, 0, 1)).hasMessageContaining("first below the second");
    }

    @Test
    void aGridThatNobodyWaitsForIsBrokenOff() {
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(
                        () -> PlaneGrid.of(counting(asked), new Window(0, 1, 0, 1), 65, null, () -> asked.get() >= 130))
                .isInstanceOf(CancellationException.class);
        assertThat(asked.get()).isEqualTo(130);
    }

    @Test
    void aWindowHoldsThePlacesAtOneScale() {
        Window window = Window.around(
                List.of(new Plane.Place(0, 0, 0), new Plane.Place(4, 1, 0), new Plane.Place(Double.NaN, 9, 0)), 2);
        assertThat(window.fromAlpha()).isNegative();
        assertThat(window.toAlpha()).isGreaterThan(4);
        assertThat(window.toBeta()).isBetween(1.0, 3.0);
        double width = window.toAlpha() - window.fromAlpha();
        assertThat(width / (window.toBeta() - window.fromBeta())).isCloseTo(2, within(1e-12));
        Window point = Window.around(List.of(new Plane.Place(3, 3, 0)), 1);
        assertThat(point.fromAlpha()).isLessThan(3);
    }

    @Test
    void nativeAxesAreTheLiveliestTwoThroughAPoint() {
        List<DMatrixRMaj> points =
                List.of(new DMatrixRMaj(3, 1, true, 1, 0.1, 5), new DMatrixRMaj(3, 1, true, -1, 0, 7));
        assertThat(NativePlane.liveliest(points)).contains(new int[] {0, 2});
        Plane plane = NativePlane.of(points.get(0), 0, 2);
        assertThat(plane.place(points.get(0))).isEqualTo(new Plane.Place(1, 5, 0));
        assertThat(plane.place(points.get(1)).off()).isCloseTo(0.1, within(1e-15));
        assertThat(plane.firstLabel()).isEqualTo("x₁");
        assertThat(NativePlane.liveliest(List.of(new DMatrixRMaj(4, 1)))).isEmpty();
    }

    @Test
    void theTruthIsShownAsTheCopyThatIsNearest() {
        Random random = new Random(11);
        FactoredProblem problem = new FactoredProblem(
                RegressionOperator.identity(FactorShape.hadamard(4)), new double[4], 1, 0, FactorShape.hadamard(4));
        DMatrixRMaj near = new DMatrixRMaj(4, 1, true, -2, 3, -1, 0.5);
        assertThat(TruthCopies.of(problem, new DMatrixRMaj(4, 1, true, 1, 1, 1, 1), near)
                        .get(0)
                        .data)
                .containsExactly(-1, 1, -1, 1);

        CompositeProblem single =
                PerturbedMatrixCompletion.pmc(5, 0.3, 1).instance().problem();
        assertThat(TruthCopies.of(single, Gaussian.matrix(5, 1, random), new DMatrixRMaj(5, 1)))
                .hasSize(2);
        assertThat(TruthCopies.of(single, new DMatrixRMaj(5, 2), new DMatrixRMaj(5, 1)))
                .isEmpty();

        FactoredProblem two =
                PerturbedMatrixCompletion.pmc(5, 0.3, 2).instance().problem();
        DMatrixRMaj truth = Gaussian.matrix(5, 2, random);
        double c = Math.cos(0.7);
        double s = Math.sin(0.7);
        DMatrixRMaj turned = new DMatrixRMaj(5, 2);
        CommonOps_DDRM.mult(truth, new DMatrixRMaj(2, 2, true, c, -s, s, c), turned);
        DMatrixRMaj copy = TruthCopies.of(two, truth, turned).get(0);
        assertThat(Frobenius.norm(between(copy, turned)))
                .as("the rotation is undone")
                .isLessThan(1e-13);
    }
}

package io.escapement.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.linalg.ConjugateGradients;
import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import io.escapement.problem.cp.CpGram;
import io.escapement.problem.cp.CpMap;
import io.escapement.problem.cp.CpShape;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ∇Fᵀ∇F and its closed forms against the Jacobian written out. */
class GramTest {

    private static final long SEED = 31;

    /** A parameterization at a point: its Gram matrix and, entry by entry, ∇F(x)[d]. */
    private record Case(
            String name, DMatrixRMaj x, Gram gram, BiFunction<DMatrixRMaj, DMatrixRMaj, double[]> derivative) {

        @Override
        public String toString() {
            return name;
        }

        /** One column for each entry of x. */
        DMatrixRMaj jacobian() {
            int n = x.getNumElements();
            DMatrixRMaj j = null;
            for (int e = 0; e < n; e++) {
                DMatrixRMaj d = new DMatrixRMaj(x.numRows, x.numCols);
                d.data[e] = 1;
                double[] column = derivative.apply(x, d);
                j = j == null ? new DMatrixRMaj(column.length, n) : j;
                for (int i = 0; i < column.length; i++) {
                    j.set(i, e, column[i]);
                }
            }
            return j;
        }
    }

    static Stream<Case> cases() {
        return Stream.concat(closed(), tensors());
    }

    static Stream<Case> tensors() {
        return Stream.of(
                tensor("cp-symmetric", CpShape.symmetric(5), gaussian(5, 3, 8)),
                tensor("cp", CpShape.asymmetric(4, 3, 5), gaussian(12, 2, 9)));
    }

    /** Where the pseudo-inverse of a dense matrix keeps its digits. */
    static Stream<Case> evenlySized() {
        return closed().filter(one -> !one.name().contains("small column"));
    }

    static Stream<Case> closed() {
        DMatrixRMaj small = gaussian(7, 3, 1);
        scaleColumn(small, 2, 1e-5);
        DMatrixRMaj zero = gaussian(9, 3, 2);
        scaleColumn(zero, 1, 0);
        DMatrixRMaj holes = gaussian(6, 1, 3);
        holes.data[2] = 0;
        return Stream.of(
                factored("psd", FactorShape.psd(7), gaussian(7, 3, 4)),
                factored("psd with a small column", FactorShape.psd(7), small),
                factored("psd, more columns than rows", FactorShape.psd(2), gaussian(2, 3, 5)),
                factored("asymmetric", FactorShape.asymmetric(5, 4), gaussian(9, 3, 6)),
                factored("asymmetric with a column of zeros", FactorShape.asymmetric(5, 4), zero),
                factored("asymmetric, more columns than rows", FactorShape.asymmetric(2, 6), gaussian(8, 4, 7)),
                factored("hadamard", FactorShape.hadamard(6), holes),
                factored("hadamard, two columns", FactorShape.hadamard(6), gaussian(6, 2, 10)),
                factored("signed-hadamard", FactorShape.signedHadamard(5), gaussian(10, 1, 11)),
                factored("signed-hadamard, two columns", FactorShape.signedHadamard(5), gaussian(10, 2, 12)));
    }

    private static DMatrixRMaj gaussian(int rows, int columns, int stream) {
        Random random = new Random(SEED + stream);
        DMatrixRMaj x = new DMatrixRMaj(rows, columns);
        for (int e = 0; e < x.getNumElements(); e++) {
            x.data[e] = random.nextGaussian();
        }
        return x;
    }

    private static void scaleColumn(DMatrixRMaj x, int column, double by) {
        for (int i = 0; i < x.numRows; i++) {
            x.set(i, column, by * x.get(i, column));
        }
    }

    private static Case factored(String name, FactorShape shape, DMatrixRMaj x) {
        return new Case(name, x, Gram.of(shape, x), (at, d) -> polarized(shape, at, d));
    }

    private static Case tensor(String name, CpShape shape, DMatrixRMaj x) {
        CpMap map = new CpMap(shape);
        return new Case(name, x, new CpGram(shape).at(x), (at, d) -> {
            double[] t = new double[map.length()];
            map.jacobian(at, d, t);
            return t;
        });
    }

    /** ∇F(x)[d] = (F(x + d) − F(x − d))/2, exact because F is quadratic. */
    private static double[] polarized(FactorShape shape, DMatrixRMaj x, DMatrixRMaj d) {
        DMatrixRMaj forth = new DMatrixRMaj(x.numRows, x.numCols);
        DMatrixRMaj back = new DMatrixRMaj(x.numRows, x.numCols);
        Frobenius.add(x, 1, d, forth);
        Frobenius.add(x, -1, d, back);
        double[] difference = image(shape, forth);
        double[] other = image(shape, back);
        for (int e = 0; e < difference.length; e++) {
            difference[e] = 0.5 * (difference[e] - other[e]);
        }
        return difference;
    }

    private static double[] image(FactorShape shape, DMatrixRMaj z) {
        DMatrixRMaj lifted = new DMatrixRMaj(z.numRows, z.numRows);
        CommonOps_DDRM.multTransB(z, z, lifted);
        int rows = shape.imageRows();
        return switch (shape.parameterization()) {
            case PSD -> lifted.data;
            case ASYMMETRIC -> CommonOps_DDRM.extract(lifted, 0, rows, rows, z.numRows).data;
            case HADAMARD, SIGNED_HADAMARD -> {
                double[] squares = new double[rows];
                for (int i = 0; i < rows; i++) {
                    squares[i] = lifted.get(i, i) - (shape.split() == 0 ? 0 : lifted.get(rows + i, rows + i));
                }
                yield squares;
            }
        };
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theActionIsTheJacobianAndBack(Case one) {
        DMatrixRMaj x = one.x();
        DMatrixRMaj d = gaussian(x.numRows, x.numCols, 20);
        DMatrixRMaj j = one.jacobian();
        DMatrixRMaj moved = new DMatrixRMaj(j.numRows, 1);
        CommonOps_DDRM.mult(j, vector(d), moved);
        DMatrixRMaj expected = new DMatrixRMaj(j.numCols, 1);
        CommonOps_DDRM.multTransA(j, moved, expected);
        DMatrixRMaj out = new DMatrixRMaj(x.numRows, x.numCols);
        one.gram().times(d, out);
        assertThat(distance(vector(out), expected)).isLessThan(1e-13 * Frobenius.norm(expected));
        double square = Frobenius.dot(moved, moved);
        assertThat(one.gram().squaredImage(d)).isCloseTo(square, within(1e-13 * square));
    }

    @ParameterizedTest
    @MethodSource("closed")
    void theClosedFormIsTheDenseSolution(Case one) {
        for (double damping : new double[] {1e-3, 1}) {
            DMatrixRMaj g = gradient(one, 21);
            DMatrixRMaj system = normal(one.jacobian(), damping);
            DMatrixRMaj expected = new DMatrixRMaj(g.getNumElements(), 1);
            assertThat(CommonOps_DDRM.solve(system, vector(g), expected)).isTrue();
            DMatrixRMaj out = new DMatrixRMaj(1, 1);
            one.gram().solve(damping, g, out);
            assertThat(distance(vector(out), expected))
                    .as("seed %d, damping %s", SEED, damping)
                    .isLessThan(1e-10 * Frobenius.norm(expected));
        }
    }

    @ParameterizedTest
    @MethodSource("closed")
    void conjugateGradientsFindTheSame(Case one) {
        for (double damping : new double[] {1e-2, 1}) {
            DMatrixRMaj g = gradient(one, 22);
            DMatrixRMaj direct = new DMatrixRMaj(1, 1);
            one.gram().solve(damping, g, direct);
            DMatrixRMaj iterated = new DMatrixRMaj(1, 1);
            new ConjugateGradients(1000, 1e-14)
                    .solve(
                            (v, out) -> {
                                one.gram().times(v, out);
                                Frobenius.add(out, damping, v, out);
                            },
                            g,
                            iterated,
                            new Workspace(),
                            3);
            assertThat(distance(iterated, direct)).isLessThan(1e-10 * Frobenius.norm(direct));
        }
    }

    @ParameterizedTest
    @MethodSource("evenlySized")
    void withoutDampingTheClosedFormIsTheLeastSolution(Case one) {
        DMatrixRMaj g = gradient(one, 23);
        DMatrixRMaj inverse = new DMatrixRMaj(g.getNumElements(), g.getNumElements());
        CommonOps_DDRM.pinv(normal(one.jacobian(), 0), inverse);
        DMatrixRMaj expected = new DMatrixRMaj(g.getNumElements(), 1);
        CommonOps_DDRM.mult(inverse, vector(g), expected);
        DMatrixRMaj out = new DMatrixRMaj(1, 1);
        one.gram().solve(0, g, out);
        assertThat(distance(vector(out), expected)).isLessThan(1e-9 * Frobenius.norm(expected));
    }

    @ParameterizedTest
    @MethodSource("tensors")
    void whatHasNoClosedFormSaysSo(Case one) {
        assertThat(one.gram().closedForm()).isFalse();
        DMatrixRMaj g = gradient(one, 24);
        assertThatThrownBy(() -> one.gram().solve(1, g, new DMatrixRMaj(1, 1)))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    /** ∇Fᵀv for a random v. */
    private static DMatrixRMaj gradient(Case one, int stream) {
        DMatrixRMaj j = one.jacobian();
        DMatrixRMaj g = new DMatrixRMaj(j.numCols, 1);
        CommonOps_DDRM.multTransA(j, gaussian(j.numRows, 1, stream), g);
        return DMatrixRMaj.wrap(one.x().numRows, one.x().numCols, g.data);
    }

    private static DMatrixRMaj normal(DMatrixRMaj j, double damping) {
        DMatrixRMaj system = new DMatrixRMaj(j.numCols, j.numCols);
        CommonOps_DDRM.multTransA(j, j, system);
        for (int e = 0; e < j.numCols; e++) {
            system.add(e, e, damping);
        }
        return system;
    }

    private static DMatrixRMaj vector(DMatrixRMaj a) {
        return DMatrixRMaj.wrap(a.getNumElements(), 1, a.data);
    }

    private static double distance(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj difference = new DMatrixRMaj(a.numRows, a.numCols);
        Frobenius.add(a, -1, b, difference);
        return Frobenius.norm(difference);
    }
}

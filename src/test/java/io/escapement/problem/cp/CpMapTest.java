package io.escapement.problem.cp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.linalg.Frobenius;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CpMapTest {

    static List<CpShape> shapes() {
        return CpCases.SHAPES;
    }

    /** A stored tensor has the inner products of the tensor with all its entries. */
    @ParameterizedTest
    @MethodSource("shapes")
    void storedTensorsHaveTheInnerProductsOfDenseOnes(CpShape shape) {
        Random random = new Random(1);
        CpMap map = new CpMap(shape);
        DMatrixRMaj x = CpCases.factor(shape, 3, random);
        DMatrixRMaj y = CpCases.factor(shape, 2, random);
        double[] s = new double[map.length()];
        double[] t = new double[map.length()];
        map.image(x, s);
        map.image(y, t);
        double[] denseX = CpCases.dense(shape, x);
        double[] denseY = CpCases.dense(shape, y);
        double inner = Frobenius.dot(denseX, denseY, denseX.length);
        assertThat(Frobenius.dot(s, t, s.length)).isCloseTo(inner, within(1e-12 * (1 + Math.abs(inner))));
        assertThat(new CpGram(shape).inner(x, y)).isCloseTo(inner, within(1e-12 * (1 + Math.abs(inner))));
        double[] packed = new double[map.length()];
        map.pack(denseX, packed);
        assertThat(packed).containsExactly(s, within(1e-13 * Math.sqrt(Frobenius.dot(s, s, s.length))));
    }

    /** Of a tensor that is not symmetric, the symmetric part is stored: its products with symmetric ones are kept. */
    @Test
    void packingKeepsTheSymmetricPart() {
        Random random = new Random(2);
        CpShape shape = CpShape.symmetric(4);
        CpMap map = new CpMap(shape);
        double[] values = random.doubles(64, -1, 1).toArray();
        double[] packed = new double[map.length()];
        map.pack(values, packed);
        DMatrixRMaj x = CpCases.factor(shape, 2, random);
        double[] image = new double[map.length()];
        map.image(x, image);
        assertThat(Frobenius.dot(packed, image, packed.length))
                .isCloseTo(Frobenius.dot(values, CpCases.dense(shape, x), 64), within(1e-12));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theCubicFormOnARay(CpShape shape) {
        Random random = new Random(3);
        CpMap map = new CpMap(shape);
        DMatrixRMaj x = CpCases.factor(shape, 2, random);
        DMatrixRMaj d = CpCases.factor(shape, 2, random);
        double[][] terms = new double[4][map.length()];
        map.image(x, terms[0]);
        map.jacobian(x, d, terms[1]);
        map.secondOrder(x, d, terms[2]);
        map.image(d, terms[3]);
        for (double s : new double[] {-1.5, 0.3, 2}) {
            DMatrixRMaj y = new DMatrixRMaj(1, 1);
            Frobenius.add(x, s, d, y);
            double[] direct = new double[map.length()];
            map.image(y, direct);
            double size = 1 + Math.sqrt(Frobenius.dot(direct, direct, direct.length));
            for (int e = 0; e < direct.length; e++) {
                double sum = terms[0][e] + s * (terms[1][e] + s * (terms[2][e] + s * terms[3][e]));
                assertThat(sum).isCloseTo(direct[e], within(1e-13 * size));
            }
        }
        double[] packed = new double[map.length()];
        map.pack(CpCases.denseJacobian(shape, x, d), packed);
        assertThat(terms[1]).containsExactly(packed, within(1e-12));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void adjointOfTheJacobian(CpShape shape) {
        Random random = new Random(4);
        CpMap map = new CpMap(shape);
        DMatrixRMaj x = CpCases.factor(shape, 3, random);
        DMatrixRMaj d = CpCases.factor(shape, 3, random);
        double[] t = random.doubles(map.length(), -1, 1).toArray();
        double[] image = new double[map.length()];
        map.jacobian(x, d, image);
        DMatrixRMaj back = new DMatrixRMaj(1, 1);
        map.adjoint(x, t, back);
        assertThat(Frobenius.dot(back, d)).isCloseTo(Frobenius.dot(t, image, t.length), within(1e-11));
    }

    /** F″(x)[d, ·]ᵀt is the derivative of F′(x)ᵀt, which is a quadratic form in x: central differences are exact. */
    @ParameterizedTest
    @MethodSource("shapes")
    void changeOfTheAdjoint(CpShape shape) {
        Random random = new Random(5);
        CpMap map = new CpMap(shape);
        DMatrixRMaj x = CpCases.factor(shape, 2, random);
        DMatrixRMaj d = CpCases.factor(shape, 2, random);
        double[] t = random.doubles(map.length(), -1, 1).toArray();
        DMatrixRMaj change = new DMatrixRMaj(1, 1);
        map.adjointChange(x, d, t, change);
        DMatrixRMaj ahead = new DMatrixRMaj(1, 1);
        DMatrixRMaj behind = new DMatrixRMaj(1, 1);
        DMatrixRMaj y = new DMatrixRMaj(1, 1);
        Frobenius.add(x, 1, d, y);
        map.adjoint(y, t, ahead);
        Frobenius.add(x, -1, d, y);
        map.adjoint(y, t, behind);
        for (int e = 0; e < change.getNumElements(); e++) {
            assertThat(change.data[e]).isCloseTo((ahead.data[e] - behind.data[e]) / 2, within(1e-11));
        }
    }

    /** [LMM] appendix E.4 and E.5. */
    @ParameterizedTest
    @MethodSource("shapes")
    void gramIsAdjointAfterJacobian(CpShape shape) {
        Random random = new Random(6);
        CpMap map = new CpMap(shape);
        CpGram gram = new CpGram(shape);
        DMatrixRMaj x = CpCases.factor(shape, 3, random);
        DMatrixRMaj d = CpCases.factor(shape, 3, random);
        DMatrixRMaj y = CpCases.factor(shape, 2, random);
        double[] t = new double[map.length()];
        DMatrixRMaj dense = new DMatrixRMaj(1, 1);
        DMatrixRMaj factors = new DMatrixRMaj(1, 1);

        map.jacobian(x, d, t);
        map.adjoint(x, t, dense);
        gram.gram(x, d, factors);
        assertThat(difference(factors, dense)).isLessThan(1e-13 * Frobenius.norm(dense));

        map.image(y, t);
        map.adjoint(x, t, dense);
        gram.adjointOfImage(x, y, factors);
        assertThat(difference(factors, dense)).isLessThan(1e-13 * (1 + Frobenius.norm(dense)));

        map.adjointChange(x, d, t, dense);
        gram.adjointOfImageChange(x, d, y, factors);
        assertThat(difference(factors, dense)).isLessThan(1e-13 * (1 + Frobenius.norm(dense)));
    }

    private static double difference(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj difference = new DMatrixRMaj(1, 1);
        Frobenius.add(a, -1, b, difference);
        return Frobenius.norm(difference);
    }

    @Test
    void shapesAreChecked() {
        assertThatThrownBy(() -> CpShape.symmetric(0)).hasMessageContaining("0×0×0");
        assertThatThrownBy(() -> new CpShape(2, 3, 2, true)).hasMessageContaining("all three must be the same");
        assertThatThrownBy(() -> new CpMap(CpShape.asymmetric(2000, 2000, 2000)))
                .hasMessageContaining("8.00e+09 entries");
        assertThat(CpShape.symmetric(50).length()).isEqualTo(22_100);
        assertThatThrownBy(() -> new CpMap(CpShape.symmetric(2)).pack(new double[7], new double[4]))
                .hasMessageContaining("values has 7 entries");
    }
}

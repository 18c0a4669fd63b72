package io.escapement.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OuterLossTest {

    private static final int M = 9;

    static List<OuterLoss> losses() {
        return List.of(
                new HalfSquaredNorm(),
                new EuclideanNorm(),
                new AbsoluteSum(),
                new Huber(0.7),
                new Logistic(),
                new Counted(new Huber(0.7), new double[] {1, 2, 1, 2, 0.5, 3, 1, 1, 2}),
                new Counted(new Logistic(), new double[] {1, 2, 1, 2, 0.5, 3, 1, 1, 2}));
    }

    /** Shares for every loss, so that one set of data fits all. */
    private static double[] shares(Random random) {
        double[] b = random.doubles(M).toArray();
        b[0] = 0;
        b[1] = 1;
        return b;
    }

    private static double[] normal(Random random) {
        return random.ints(M, 0, 1)
                .mapToDouble(zero -> zero + 1.5 * random.nextGaussian())
                .toArray();
    }

    private static double[] plus(double[] a, double s, double[] d) {
        double[] sum = a.clone();
        for (int k = 0; k < sum.length; k++) {
            sum[k] += s * d[k];
        }
        return sum;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    @ParameterizedTest
    @MethodSource("losses")
    void gradientAndCurvatureAgainstCentralDifferences(OuterLoss loss) {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            double[] b = shares(random);
            double[] r = normal(random);
            double[] d = normal(random);
            double step = 1e-6;
            double slope = (loss.value(plus(r, step, d), b) - loss.value(plus(r, -step, d), b)) / (2 * step);
            assertThat(dot(loss.gradient(r, b), d)).as("seed %d", seed).isCloseTo(slope, within(1e-7));
            double[] bent = d.clone();
            loss.curvature(r, b, bent, bent);
            double[] up = loss.gradient(plus(r, step, d), b);
            double[] down = loss.gradient(plus(r, -step, d), b);
            for (int k = 0; k < M; k++) {
                assertThat(bent[k])
                        .as("seed %d, entry %d", seed, k)
                        .isCloseTo((up[k] - down[k]) / (2 * step), within(1e-8));
            }
            assertThat(dot(bent, d)).isLessThanOrEqualTo(loss.curvatureBound(r, b) * dot(d, d) + 1e-12);
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void convexWithInfimumBelowEveryValue(OuterLoss loss) {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            double[] b = shares(random);
            double[] r = normal(random);
            double[] q = plus(r, 1, normal(random));
            r[3] = 0;
            double[] g = loss.gradient(r, b);
            assertThat(loss.value(q, b))
                    .as("seed %d", seed)
                    .isGreaterThanOrEqualTo(loss.value(r, b) + dot(g, q) - dot(g, r) - 1e-12);
            assertThat(loss.excess(r, b))
                    .as("seed %d", seed)
                    .isNotNegative()
                    .isCloseTo(loss.value(r, b) - loss.infimum(b), within(1e-12));
            assertThat(loss.atZero(b)).isCloseTo(loss.value(loss.residualAtZero(b), b), within(0.0));
        }
    }

    /** Along a curve: against the difference that it stands for, and its slope against central differences. */
    @ParameterizedTest
    @MethodSource("losses")
    void riseIsWhatLiesAboveTheTangent(OuterLoss loss) {
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            double[] b = shares(random);
            double[] r0 = normal(random);
            double[] r1 = normal(random);
            double[] r2 = normal(random);
            if (seed % 10 == 0) {
                r0 = new double[M];
            }
            double[] g = loss.gradient(r0, b);
            for (double s : new double[] {-2, 1e-3, 0.3, 5, 40}) {
                double direct =
                        loss.value(at(r0, r1, r2, s), b) - loss.value(r0, b) - s * (dot(g, r1) + s * dot(g, r2));
                Rise rise = loss.rise(r0, b, r1, r2, s);
                assertThat(rise.value())
                        .as("seed %d, s %s", seed, s)
                        .isNotNegative()
                        .isCloseTo(direct, within(1e-12 * (1 + Math.abs(s * s * 100))));
                double step = 1e-6 * Math.abs(s);
                double slope = (loss.rise(r0, b, r1, r2, s + step).value()
                                - loss.rise(r0, b, r1, r2, s - step).value())
                        / (2 * step);
                assertThat(rise.slope()).as("seed %d, s %s", seed, s).isCloseTo(slope, within(1e-5 * (1 + s * s)));
            }
            // A short step keeps its digits: the rise is the curvature's half square.
            if (seed % 10 != 0 && loss.smooth()) {
                double s = 1e-7;
                double[] bent = r1.clone();
                loss.curvature(r0, b, bent, bent);
                assertThat(loss.rise(r0, b, r1, r2, s).value())
                        .isCloseTo(0.5 * s * s * dot(bent, r1), within(1e-5 * s * s * dot(r1, r1)));
            }
        }
    }

    private static double[] at(double[] r0, double[] r1, double[] r2, double s) {
        return plus(plus(r0, s, r1), s * s, r2);
    }

    @Test
    void logisticIsSafeFarOut() {
        Logistic loss = new Logistic();
        for (double z : new double[] {-1e5, -800, -40, -1, 0, 1, 40, 800, 1e5}) {
            for (double alpha : new double[] {0, 0.25, 1}) {
                double exact = z > 0 ? (1 - alpha) * z : -alpha * z;
                double r = z - alpha;
                assertThat(loss.valueAt(0, r, alpha)).isBetween(exact, exact + Math.log(2) + 1e-12);
                assertThat(loss.slopeAt(0, r, alpha)).isBetween(-alpha - 1e-12, 1 - alpha + 1e-12);
                assertThat(loss.bendAt(0, r, alpha)).isBetween(0.0, 0.25);
                assertThat(loss.riseAt(0, r, alpha, -2 * z)).isNotNegative().isFinite();
            }
        }
        assertThat(loss.valueAt(0, 50, 0)).isEqualTo(50 + Math.exp(-50));
        assertThat(loss.valueAt(0, 49, 1)).isCloseTo(Math.exp(-50), within(1e-35));
        assertThat(Logistic.sigmoid(-740)).isPositive();
    }

    /** The excess near its zero, where a difference of two losses would be rounding, against exact arithmetic. */
    @Test
    void logisticExcessKeepsItsDigits() {
        Logistic loss = new Logistic();
        double alpha = 0.3;
        double optimum = Math.log(0.3 / 0.7);
        for (double d : new double[] {1e-2, -1e-2, 1e-3, 2e-4, -1e-5, 1e-6}) {
            double r = optimum + d - alpha;
            double moved = r + alpha - optimum;
            BigDecimal exact = above(alpha, moved);
            assertThat(loss.excessAt(0, r, alpha))
                    .as("d = %s", d)
                    .isCloseTo(exact.doubleValue(), within(1e-9 * exact.doubleValue()));
        }
    }

    /** log(1 + α(e^d − 1)) − αd by its series in exact arithmetic; |d| is small. */
    private static BigDecimal above(double alpha, double d) {
        MathContext digits = new MathContext(60);
        BigDecimal x = new BigDecimal(d);
        BigDecimal power = BigDecimal.ONE;
        BigDecimal exp = BigDecimal.ZERO;
        for (int i = 1; i < 30; i++) {
            power = power.multiply(x, digits).divide(new BigDecimal(i), digits);
            exp = exp.add(power);
        }
        BigDecimal t = exp.multiply(new BigDecimal(alpha), digits);
        BigDecimal log = BigDecimal.ZERO;
        power = BigDecimal.ONE;
        for (int i = 1; i < 40; i++) {
            power = power.multiply(t, digits);
            log = log.add(power.divide(new BigDecimal(i % 2 == 1 ? i : -i), digits));
        }
        return log.subtract(x.multiply(new BigDecimal(alpha), digits));
    }

    @Test
    void atKinksTheDocumentedAnswers() {
        double[] b = new double[2];
        double[] zero = new double[2];
        double[] v = {3, 4};
        double[] out = new double[2];
        for (OuterLoss loss : List.of(new EuclideanNorm(), new AbsoluteSum())) {
            assertThat(loss.gradient(zero, b)).containsExactly(0, 0);
            loss.curvature(zero, b, v, out);
            assertThat(out).containsExactly(0, 0);
            assertThat(loss.curvatureBound(zero, b)).isInfinite();
            assertThat(loss.smooth()).isFalse();
        }
        Huber huber = new Huber(2);
        huber.curvature(new double[] {2, -2.5}, b, v, out);
        assertThat(out).containsExactly(3, 0);
        assertThat(new HalfSquaredNorm().gradient(v, b)).isSameAs(v);
    }

    @Test
    void printedFormsAndErrors() {
        assertThat(losses())
                .extracting(OuterLoss::describe)
                .containsExactly("half-squared", "norm", "l1", "huber:0.7", "logistic", "huber:0.7", "logistic");
        assertThatThrownBy(() -> new Huber(0)).hasMessage("delta is 0.0; a finite number above 0 is needed");
        assertThatThrownBy(() -> new Logistic().requireData(new double[] {0, 1.5}))
                .hasMessage("b_1 is 1.5; the logistic loss needs shares of ones, 0 to 1");
        assertThatThrownBy(() -> new Counted(new Logistic(), new double[] {1, 0}))
                .hasMessageContaining("count 1 is 0.0");
        assertThatThrownBy(() -> new Counted(new Logistic(), new double[] {1}).requireData(new double[] {0, 1}))
                .hasMessageContaining("b has 2 entries and there are 1 counts");
    }
}

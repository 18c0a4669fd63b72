package io.escapement.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CubicTest {

    @Test
    void threeChosenRootsComeBack() {
        for (int draw = 0; draw < 20_000; draw++) {
            Random random = new Random(draw);
            double[] chosen = new double[3];
            for (int i = 0; i < 3; i++) {
                chosen[i] = (random.nextBoolean() ? 1 : -1) * Math.pow(10, -6 + 12 * random.nextDouble());
            }
            Arrays.sort(chosen);
            double gap = Math.min(relativeGap(chosen[0], chosen[1]), relativeGap(chosen[1], chosen[2]));
            if (gap < 1e-2) {
                continue;
            }
            double a = Math.pow(10, -3 + 6 * random.nextDouble());
            double[] roots = Cubic.realRoots(
                    a,
                    -a * (chosen[0] + chosen[1] + chosen[2]),
                    a * (chosen[0] * chosen[1] + chosen[0] * chosen[2] + chosen[1] * chosen[2]),
                    -a * chosen[0] * chosen[1] * chosen[2]);
            Arrays.sort(roots);
            assertThat(roots).as("seed %d", draw).hasSize(3);
            // Rounding of the coefficients themselves, seen from a root: relative to its neighbours.
            for (int i = 0; i < 3; i++) {
                assertThat(roots[i])
                        .as("seed %d, roots %s", draw, Arrays.toString(chosen))
                        .isCloseTo(chosen[i], within(1e-9 * Math.abs(chosen[i])));
            }
        }
    }

    private static double relativeGap(double a, double b) {
        return Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
    }

    @Test
    void oneRealRoot() {
        // (s − 3)(s² + s + 1) and (s − 1e−8)(s² + 1)
        assertThat(Cubic.realRoots(1, -2, -2, -3)).hasSize(1);
        assertThat(Cubic.realRoots(1, -2, -2, -3)[0]).isCloseTo(3, within(1e-15));
        double[] small = Cubic.realRoots(1, -1e-8, 1, -1e-8);
        assertThat(small).hasSize(1);
        assertThat(small[0]).isCloseTo(1e-8, within(1e-22));
    }

    @Test
    void lowerDegreesAndNothing() {
        assertThat(Cubic.realRoots(0, 1, -3, 2)).containsExactlyInAnyOrder(1, 2);
        assertThat(Cubic.realRoots(0, 0, 2, -3)).containsExactly(1.5);
        assertThat(Cubic.realRoots(0, 0, 0, 1)).isEmpty();
        assertThat(Cubic.realRoots(0, 0, 0, 0)).isEmpty();
        assertThat(Cubic.realRoots(0, 1, 0, 1)).isEmpty();
        assertThat(Cubic.realRoots(2, 0, 0, 0)).contains(0);
        double[] far = Cubic.realRoots(1e-30, 1, -3, 2);
        Arrays.sort(far);
        assertThat(far[1]).isCloseTo(1, within(1e-9));
        assertThat(far[2]).isCloseTo(2, within(1e-9));
    }
}

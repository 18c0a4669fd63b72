package io.escapement.sensing.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.escapement.linalg.Frobenius;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactoredProblem;
import io.escapement.sensing.Seeds;
import io.escapement.sensing.SparseForm;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class NetworkMeasurementsTest {

    private static final Set<Meter> ALL = EnumSet.allOf(Meter.class);

    /** A ring with chords, some of them parallel, with taps, phase shifters, shunts, and any voltages. */
    static PowerNetwork random(int n, RandomGenerator random) {
        List<Bus> buses = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            buses.add(new Bus(i + 1, gaussian(random), gaussian(random), gaussian(random)));
        }
        List<Branch> branches = new ArrayList<>();
        for (int i = 0; i < 2 * n; i++) {
            int to = i < n ? (i + 1) % n : (i + 1 + random.nextInt(n - 1)) % n;
            Complex tap = random.nextBoolean()
                    ? new Complex(1, 0)
                    : Complex.polar(0.8 + 0.4 * random.nextDouble(), random.nextGaussian());
            branches.add(new Branch(i % n, to, gaussian(random), random.nextGaussian(), tap));
        }
        return new PowerNetwork("random", buses, branches);
    }

    private static Complex gaussian(RandomGenerator random) {
        return new Complex(random.nextGaussian(), random.nextGaussian());
    }

    /** V, P, Q, PF, QF, PT, QT in that order. */
    private static double[] direct(PowerNetwork network, Complex[] v) {
        List<Double> readings = new ArrayList<>();
        for (Complex each : v) {
            readings.add(each.squaredMagnitude());
        }
        Complex[] injections = DirectPowers.injections(network, v);
        for (Complex s : injections) {
            readings.add(s.re());
        }
        for (Complex s : injections) {
            readings.add(s.im());
        }
        List<Complex> flows = DirectPowers.flows(network, v);
        for (int end = 0; end < 2; end++) {
            for (int b = end; b < flows.size(); b += 2) {
                readings.add(flows.get(b).re());
            }
            for (int b = end; b < flows.size(); b += 2) {
                readings.add(flows.get(b).im());
            }
        }
        return readings.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Test
    void formsAreThePowersOfTheCircuit() {
        for (long seed = 1; seed <= 20; seed++) {
            PowerNetwork network = random(6, Seeds.generator(seed));
            double[] direct = direct(network, DirectPowers.voltages(network));
            double[] plain = NetworkMeasurements.of(network, ALL, false).readings(0, Seeds.generator(1));
            assertThat(plain).as("seed %d", seed).containsExactly(direct, within(1e-10));
            double[] measured = new double[direct.length];
            NetworkMeasurements.of(network, ALL, false).operator().measure(network.state(), network.state(), measured);
            assertThat(measured).as("seed %d", seed).containsExactly(direct, within(1e-10));
        }
    }

    @Test
    void unitRowsHaveNormOneAndMeasureTheSame() {
        PowerNetwork network = Ieee14.network();
        List<SparseForm> forms = NetworkMeasurements.forms(network, ALL);
        double[] plain = NetworkMeasurements.of(network, ALL, false).readings(0, Seeds.generator(1));
        NetworkMeasurements unit = NetworkMeasurements.of(network, ALL, true);
        double[] scaled = unit.readings(0, Seeds.generator(1));
        assertThat(scaled).hasSize(14 * 3 + 20 * 4);
        double[] basis = new double[scaled.length];
        DMatrixRMaj identity = new DMatrixRMaj(28, 28);
        for (int i = 0; i < 28; i++) {
            identity.set(i, i, 1);
        }
        for (int k = 0; k < scaled.length; k++) {
            assertThat(scaled[k] * forms.get(k).norm()).as("row %d", k).isCloseTo(plain[k], within(1e-12));
            basis[k] = 1;
            DMatrixRMaj row = new DMatrixRMaj(1, 1);
            unit.operator().backproject(basis, identity, row);
            assertThat(Frobenius.norm(row)).as("row %d", k).isCloseTo(1, within(1e-12));
            basis[k] = 0;
        }
    }

    @Test
    void aChoiceOfMetersIsAPartOfAllOfThem() {
        PowerNetwork network = Ieee14.network();
        double[] all = NetworkMeasurements.of(network, ALL, true).readings(0, Seeds.generator(1));
        double[] some =
                NetworkMeasurements.of(network, Meter.parse("QT,V"), true).readings(0, Seeds.generator(1));
        assertThat(some).hasSize(14 + 20);
        for (int k = 0; k < some.length; k++) {
            assertThat(some[k]).isEqualTo(k < 14 ? all[k] : all[all.length - 20 + k - 14]);
        }
    }

    @Test
    void noiseIsOfTheMetersAndScaledWithTheRows() {
        PowerNetwork network = random(40, Seeds.generator(5));
        List<SparseForm> forms = NetworkMeasurements.forms(network, ALL);
        NetworkMeasurements unit = NetworkMeasurements.of(network, ALL, true);
        double[] exact = unit.readings(0, Seeds.generator(1));
        double[] noisy = unit.readings(0.1, Seeds.generator(1));
        double square = 0;
        for (int k = 0; k < exact.length; k++) {
            double error = (noisy[k] - exact[k]) * forms.get(k).norm();
            square += error * error / exact.length;
        }
        // 440 draws: the deviation is within 15 % of 0.1 but for one seed in ten thousand.
        assertThat(Math.sqrt(square)).isBetween(0.085, 0.115);
        assertThat(unit.readings(0.1, Seeds.generator(1))).isEqualTo(noisy);
    }

    @Test
    void nothingSeesTheCommonPhase() {
        for (long seed = 1; seed <= 10; seed++) {
            RandomGenerator random = Seeds.generator(seed);
            PowerNetwork network = random(5, random);
            NetworkMeasurements measurements = NetworkMeasurements.of(network, ALL, true);
            DMatrixRMaj x = Seeds.gaussian(10, 2, 1, random);
            double[] before = new double[measurements.operator().measurements()];
            double[] after = new double[before.length];
            measurements.operator().measure(x, x, before);
            DMatrixRMaj turned = VoltageTruthTest.turned(x, random.nextDouble(2 * Math.PI));
            measurements.operator().measure(turned, turned, after);
            assertThat(after).as("seed %d", seed).containsExactly(before, within(1e-11));
        }
    }

    @Test
    void gradientsAndHessianProductsMatchDifferences() {
        for (long seed = 1; seed <= 5; seed++) {
            RandomGenerator random = Seeds.generator(seed);
            FactoredProblem problem = NetworkProblem.of(random(5, random), ALL, 0.1)
                    .instance(random)
                    .problem();
            DMatrixRMaj x = Seeds.gaussian(10, 1, 1, random);
            DMatrixRMaj d = Seeds.gaussian(10, 1, 1, random);
            Evaluation at = problem.evaluate(x);
            double t = 1e-5;
            DMatrixRMaj ahead = new DMatrixRMaj(10, 1);
            DMatrixRMaj behind = new DMatrixRMaj(10, 1);
            Frobenius.add(x, t, d, ahead);
            Frobenius.add(x, -t, d, behind);
            double slope = (problem.value(ahead) - problem.value(behind)) / (2 * t);
            assertThat(Frobenius.dot(at.gradient(), d))
                    .as("seed %d", seed)
                    .isCloseTo(slope, within(1e-6 * (1 + Math.abs(slope))));
            DMatrixRMaj product = new DMatrixRMaj(10, 1);
            problem.hessianProduct(at, d, product);
            Evaluation up = problem.evaluate(ahead);
            Evaluation down = problem.evaluate(behind);
            for (int i = 0; i < 10; i++) {
                double difference = (up.gradient().data[i] - down.gradient().data[i]) / (2 * t);
                assertThat(product.data[i])
                        .as("seed %d", seed)
                        .isCloseTo(difference, within(1e-6 * (1 + Frobenius.norm(product))));
            }
        }
    }
}

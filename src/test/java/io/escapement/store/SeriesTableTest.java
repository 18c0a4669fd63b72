package io.escapement.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.escapement.event.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table against a reference that keeps every number and forms the buckets when asked. */
class SeriesTableTest {

    private record Sample(long iteration, String name, double value) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void holdsWhatAReferenceComputesFromAllSamples(long seed) {
        Random random = new Random(seed);
        SeriesTable table = new SeriesTable(8 + random.nextInt(30));
        TestRuns events = new TestRuns();
        List<Sample> samples = new ArrayList<>();
        long iteration = 0;
        for (int e = 0; e < 700; e++) {
            Map<String, Double> figures = new HashMap<>();
            for (String name : new String[] {"loss", "gradientNorm", "extra"}) {
                if (random.nextInt(4) > 0 && (e > 300 || !name.equals("extra"))) {
                    figures.put(name, number(random));
                }
            }
            for (var figure : figures.entrySet()) {
                samples.add(new Sample(iteration, figure.getKey(), figure.getValue()));
            }
            table.put(e, events.iteration(iteration, Values.of(figures)), e);
            iteration += 1 + (seed % 2 == 0 ? random.nextInt(12) : 0);
        }
        Columns columns = new Columns(table);
        assertThat(columns.level()).as("seed %d", seed).isPositive();
        for (String name : columns.names()) {
            Map<Long, List<Double>> buckets = new TreeMap<>();
            for (Sample sample : samples) {
                if (sample.name.equals(name)) {
                    buckets.computeIfAbsent(sample.iteration >> columns.level(), b -> new ArrayList<>())
                            .add(sample.value);
                }
            }
            for (int row = 0; row < columns.rows(); row++) {
                List<Double> expected = buckets.remove(columns.bucket(row));
                String where = "seed " + seed + ", series " + name + ", bucket " + columns.bucket(row);
                if (expected == null) {
                    assertThat(columns.value(name, Columns.Of.LAST, row))
                            .as(where)
                            .isEmpty();
                    continue;
                }
                assertThat(columns.value(name, Columns.Of.FIRST, row)).as(where).hasValue(expected.get(0));
                assertThat(columns.value(name, Columns.Of.LAST, row))
                        .as(where)
                        .hasValue(expected.get(expected.size() - 1));
                double[] numbers = expected.stream()
                        .mapToDouble(v -> v)
                        .filter(v -> !Double.isNaN(v))
                        .sorted()
                        .toArray();
                double min = numbers.length == 0 ? Double.NaN : numbers[0];
                double max = numbers.length == 0 ? Double.NaN : numbers[numbers.length - 1];
                assertThat(columns.value(name, Columns.Of.MIN, row)).as(where).hasValue(min);
                assertThat(columns.value(name, Columns.Of.MAX, row)).as(where).hasValue(max);
                assertThat(columns.nonFinite(name, row)).as(where).isEqualTo((int)
                        expected.stream().filter(v -> !Double.isFinite(v)).count());
            }
            assertThat(buckets)
                    .as("buckets of %s without a row, seed %d", name, seed)
                    .isEmpty();
        }
    }

    private static double number(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> Double.NaN;
            case 1 -> Double.POSITIVE_INFINITY;
            case 2 -> Double.NEGATIVE_INFINITY;
            default -> random.nextGaussian();
        };
    }

    @Test
    void theLevelRisesOnlyWhenTheRowsAreFull() {
        SeriesTable table = new SeriesTable(8);
        TestRuns events = new TestRuns();
        for (int i = 0; i < 8; i++) {
            assertThat(table.put(i, events.iteration(i, 1, 1), i)).isFalse();
        }
        assertThat(table.level).isZero();
        assertThat(table.put(8, events.iteration(8, 1, 1), 8)).isTrue();
        assertThat(table.level).isEqualTo(1);
        assertThat(table.rows).isEqualTo(5);
    }

    @Test
    void farJumpsOfTheIterationStayWithinTheRows() {
        SeriesTable table = new SeriesTable(8);
        TestRuns events = new TestRuns();
        long[] iterations = {
            0, 1, 1L << 20, 1L << 40, (1L << 40) + 1, 1L << 50, 1L << 60, 1L << 61, 1L << 62, Long.MAX_VALUE
        };
        for (int i = 0; i < iterations.length; i++) {
            table.put(i, events.iteration(iterations[i], i, i), i);
        }
        assertThat(table.rows).isLessThanOrEqualTo(8);
        assertThat(table.iteration[table.rows - 1]).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void anIterationSentAgainReplacesItsRow() {
        SeriesTable table = new SeriesTable(100);
        TestRuns events = new TestRuns();
        for (int i = 0; i < 10; i++) {
            table.put(i, events.iteration(2L * i, i, i), i);
        }
        assertThat(table.put(10, events.iteration(6, -1, -1), 10)).isFalse();
        assertThat(table.put(11, events.iteration(7, -2, -2), 11))
                .as("a row in between")
                .isTrue();
        Columns changed = new Columns(table.changedSince(9));
        assertThat(changed.rows()).isEqualTo(2);
        assertThat(changed.bucket(0)).isEqualTo(6);
        assertThat(changed.bucket(1)).isEqualTo(7);
        assertThat(changed.value("loss", Columns.Of.LAST, 1)).hasValue(-2);
        assertThat(table.rows).isEqualTo(11);
    }

    @Test
    void namesBeyondTheLimitAreNotKept() {
        SeriesTable table = new SeriesTable(8);
        TestRuns events = new TestRuns();
        for (int i = 0; i < 100; i++) {
            table.put(i, events.iteration(i, Values.of(Map.of("figure" + i, 1.0, "loss", 2.0))), i);
        }
        assertThat(table.lines).hasSize(SeriesTable.MAX_LINES);
        assertThat(new Columns(table).value("loss", Columns.Of.LAST, table.rows - 1))
                .hasValue(2);
    }
}

package io.escapement.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/** The outcomes of an experiment, by cell and seed. Not changed once it is reported on. */
public final class Results {

    private final Map<String, Sample> samples = new LinkedHashMap<>();

    public Results(List<Cell> cells) {
        for (Cell cell : cells) {
            if (samples.put(cell.key(), new Sample(cell)) != null) {
                throw new IllegalArgumentException("cell '" + cell.key() + "' is given twice; cells differ by labels");
            }
        }
    }

    void put(Cell cell, long seed, Outcome outcome) {
        samples.get(cell.key()).outcomes.put(seed, outcome);
    }

    /** All cells, in the experiment's order. */
    public List<Sample> samples() {
        return List.copyOf(samples.values());
    }

    /** The cells with these labels, names and values in turn. */
    public List<Sample> with(String... labels) {
        return samples.values().stream().filter(matching(labels)).toList();
    }

    /** Whether there is a cell with these labels that holds a trial. */
    public boolean has(String... labels) {
        return with(labels).stream().anyMatch(sample -> sample.size() > 0);
    }

    /**
     * The one cell with these labels.
     *
     * @throws NoSuchElementException if there is none, or another one
     */
    public Sample one(String... labels) {
        List<Sample> found = with(labels);
        if (found.size() != 1) {
            throw new NoSuchElementException(
                    found.size() + " cells have the labels " + List.of(labels) + "; one is needed");
        }
        return found.get(0);
    }

    private static Predicate<Sample> matching(String... labels) {
        return sample -> {
            for (int i = 0; i < labels.length; i += 2) {
                if (!labels[i + 1].equals(sample.cell.labels().get(labels[i]))) {
                    return false;
                }
            }
            return true;
        };
    }

    /** The trials of one cell, by seed. */
    public static final class Sample {

        private final Cell cell;
        private final SortedMap<Long, Outcome> outcomes = new TreeMap<>();

        private Sample(Cell cell) {
            this.cell = cell;
        }

        public Cell cell() {
            return cell;
        }

        public String label(String name) {
            return cell.labels().get(name);
        }

        public SortedMap<Long, Outcome> outcomes() {
            return outcomes;
        }

        public int size() {
            return outcomes.size();
        }

        /** Successes; only where there is a trial. */
        public Proportion success() {
            return where(Outcome::success);
        }

        public Proportion where(Predicate<Outcome> event) {
            return new Proportion((int) outcomes.values().stream().filter(event).count(), outcomes.size());
        }

        /** The same of a trial's seed: of what is known of its instance. Only where there is a trial. */
        public Proportion seeds(LongPredicate event) {
            return new Proportion(
                    (int) outcomes.keySet().stream().filter(event::test).count(), outcomes.size());
        }

        /** Of the trials that know the figure; NaN where none does. */
        public double median(String figure) {
            return Median.of(figures(figure));
        }

        public double medianSeconds() {
            return Median.of(outcomes.values().stream().map(Outcome::seconds).toList());
        }

        public double mean(String figure) {
            return figures(figure).stream()
                    .mapToDouble(Double::doubleValue)
                    .average()
                    .orElse(Double.NaN);
        }

        public List<Double> figures(String figure) {
            List<Double> all = new ArrayList<>();
            outcomes.values().forEach(outcome -> outcome.get(figure).ifPresent(all::add));
            return all;
        }

        /** Of the first seed; only where there is a trial. */
        public Outcome first() {
            return outcomes.get(outcomes.firstKey());
        }
    }
}

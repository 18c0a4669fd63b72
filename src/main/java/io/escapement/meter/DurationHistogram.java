package io.escapement.meter;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.MetricType;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/**
 * Seconds in buckets, each bucket with the newest observation in it as its exemplar: when, how long, and whose. Observing takes
 * no lock. Thread-safe.
 */
final class DurationHistogram implements Collector {

    /** Upper ends of the buckets in seconds, two to a decade. */
    private static final double[] BOUNDS = {
        1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1, 3, 10, Double.POSITIVE_INFINITY
    };

    private final RunMeter meter;
    private final MetricMetadata metadata;
    private final Clock clock;
    private final long created;
    private final Map<Labels, Series> series = new ConcurrentHashMap<>();

    /** @param clock tells when an exemplar was observed */
    DurationHistogram(RunMeter meter, Clock clock) {
        this.meter = meter;
        this.metadata = new MetricMetadata(meter.exposedName(), meter.help());
        this.clock = clock;
        this.created = clock.millis();
    }

    /** What is observed under one set of labels. */
    final class Series {
        private final LongAdder[] counts = new LongAdder[BOUNDS.length];
        private final DoubleAdder sum = new DoubleAdder();
        private final AtomicReferenceArray<Exemplar> exemplars = new AtomicReferenceArray<>(BOUNDS.length);

        private Series() {
            Arrays.setAll(counts, bucket -> new LongAdder());
        }

        /** @param whose labels of the exemplar, or empty for none */
        void observe(double seconds, Labels whose) {
            int bucket = 0;
            while (seconds > BOUNDS[bucket]) {
                bucket++;
            }
            counts[bucket].increment();
            sum.add(seconds);
            if (!whose.isEmpty()) {
                exemplars.set(bucket, new Exemplar(seconds, whose, clock.millis()));
            }
        }

        private HistogramDataPointSnapshot snapshot(Labels labels) {
            long[] now = Arrays.stream(counts).mapToLong(LongAdder::sum).toArray();
            List<Exemplar> known = new ArrayList<>();
            for (int bucket = 0; bucket < BOUNDS.length; bucket++) {
                known.add(exemplars.get(bucket));
            }
            known.removeIf(Objects::isNull);
            return new HistogramDataPointSnapshot(
                    ClassicHistogramBuckets.of(BOUNDS, now), sum.sum(), labels, Exemplars.of(known), created);
        }
    }

    /** @param values of the meter's labels, in their order */
    Series labelled(String... values) {
        Labels labels = Labels.of(meter.tags().toArray(String[]::new), values);
        return series.computeIfAbsent(labels, first -> new Series());
    }

    @Override
    public MetricFamilyDescriptor getMetricFamilyDescriptor() {
        return MetricFamilyDescriptor.of(MetricType.HISTOGRAM, metadata, meter.tags());
    }

    @Override
    public HistogramSnapshot collect() {
        List<HistogramDataPointSnapshot> points = new ArrayList<>();
        series.forEach((labels, one) -> points.add(one.snapshot(labels)));
        return new HistogramSnapshot(metadata, points);
    }
}

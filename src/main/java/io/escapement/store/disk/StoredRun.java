package io.escapement.store.disk;

import io.escapement.event.RunHeader;
import io.escapement.store.Listed;
import io.escapement.store.RunStatus;
import java.util.List;

/** What a list tells of a stored run. */
record StoredRun(RunHeader header, RunStatus status, long last, List<Double> wholeSpark, List<Integer> wholeEscapes)
        implements Listed {

    @Override
    public double[] spark(int points) {
        double[] spark = new double[Math.min(points, wholeSpark.size())];
        for (int i = 0; i < spark.length; i++) {
            spark[i] = wholeSpark.get((int) ((long) (i + 1) * wholeSpark.size() / spark.length) - 1);
        }
        return spark;
    }

    @Override
    public List<Integer> sparkEscapes(int points) {
        int whole = wholeSpark.size();
        int drawn = Math.min(points, whole);
        return wholeEscapes.stream()
                .filter(position -> position < whole)
                .map(position -> (int) ((long) position * drawn / whole))
                .distinct()
                .toList();
    }
}

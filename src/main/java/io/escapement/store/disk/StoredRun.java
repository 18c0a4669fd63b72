package io.escapement.store.disk;

import io.escapement.event.RunHeader;
import io.escapement.store.Listed;
import io.escapement.store.RunStatus;
import io.escapement.store.SparkLine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a list tells of a stored run. */
record StoredRun(
        RunHeader header,
        RunStatus status,
        long last,
        SparkLine wholeSpark,
        List<Integer> wholeEscapes,
        Instant updated)
        implements Listed {

    @Override
    public Optional<Instant> written() {
        return Optional.of(updated);
    }

    @Override
    public SparkLine spark(int points) {
        return wholeSpark.thinned(points);
    }

    @Override
    public List<Integer> sparkEscapes(int points) {
        int whole = wholeSpark.points().size();
        int drawn = Math.min(points, whole);
        return wholeEscapes.stream()
                .filter(position -> position < whole)
                .map(position -> (int) ((long) position * drawn / whole))
                .distinct()
                .toList();
    }
}

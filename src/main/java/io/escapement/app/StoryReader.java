package io.escapement.app;

import io.escapement.event.Point3;
import io.escapement.event.RunEvent;
import io.escapement.event.Values;
import io.escapement.run.Iterate;
import io.escapement.run.PathBytes;
import io.escapement.store.Attachment;
import io.escapement.store.Columns;
import io.escapement.store.RunCatalogue;
import io.escapement.store.RunLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;

/** The stories of paths, from memory or the store. */
final class StoryReader {

    private static final int MOST_EVENTS = 20_000;
    private static final int MOST_POINTS = 512;

    private final RunCatalogue catalogue;

    StoryReader(RunCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * A path, and how much of it is known.
     *
     * @param whole whether its points are factors, and not three projected coordinates of them
     */
    record Told(PathStory story, boolean whole) {}

    Told read(RunLog log) {
        List<RunEvent> events = new ArrayList<>();
        for (String kind : List.of("stationary", "escape")) {
            log.landmarks(kind, -1, MOST_EVENTS).forEach(landmark -> events.add(landmark.event()));
        }
        Optional<byte[]> kept = catalogue.attachment(log, Attachment.PATH);
        List<Iterate> points = kept.map(PathBytes::read).orElse(List.of());
        return points.isEmpty()
                ? new Told(new PathStory(projected(log), events), false)
                : new Told(new PathStory(points, events), true);
    }

    /** The points of the events, as factors of three entries. */
    private static List<Iterate> projected(RunLog log) {
        Columns columns = log.series(Set.of(Values.LOSS), 0, Long.MAX_VALUE, MOST_POINTS);
        List<Iterate> points = new ArrayList<>();
        int before = -1;
        for (int row = 0; row < columns.rows(); row++) {
            Optional<Point3> point = columns.point(row);
            int segment = columns.segment(row);
            if (point.isPresent()) {
                double[] xyz = {point.get().x(), point.get().y(), point.get().z()};
                points.add(new Iterate(
                        columns.iteration(row),
                        segment,
                        0,
                        false,
                        segment != before,
                        loss(columns, row),
                        new DMatrixRMaj(3, 1, true, xyz)));
                before = segment;
            }
        }
        return points;
    }

    private static double loss(Columns columns, int row) {
        return columns.value(Values.LOSS, Columns.Of.LAST, row).orElse(Double.NaN);
    }
}

package io.escapement.app;

import io.escapement.event.RunEvent;
import io.escapement.run.Iterate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * A run's path as a story: where it went, where it jumped, what was judged on the way.
 *
 * @param points all that is kept, in order, the muted ones among them
 * @param events escapes and judgements of the run, in order
 */
record PathStory(List<Iterate> points, List<RunEvent> events) {

    PathStory {
        points = List.copyOf(points);
        events = List.copyOf(events);
    }

    /** An accepted escape: from a trap to where it landed. */
    record Jump(Iterate trap, Iterate landing, String mechanism) {}

    /** A point with the judgement on it. */
    record Judged(Iterate point, RunEvent.Stationary event) {}

    /** The same up to an iteration; with at least one point where there are any. */
    PathStory upTo(long iteration) {
        List<Iterate> some =
                points.stream().filter(point -> point.iteration() <= iteration).toList();
        return new PathStory(some.isEmpty() ? points.subList(0, Math.min(1, points.size())) : some, events);
    }

    /** Where the run went, without what it went back from. */
    List<Iterate> path() {
        return points.stream().filter(point -> !point.muted()).toList();
    }

    List<DMatrixRMaj> factors() {
        return path().stream().map(Iterate::x).toList();
    }

    long newest() {
        return points.isEmpty() ? 0 : points.get(points.size() - 1).iteration();
    }

    /** A landing is the first point after a jump; returning to a trap begins a segment too, but is none. */
    List<Jump> jumps() {
        List<Jump> jumps = new ArrayList<>();
        List<Iterate> path = path();
        for (int i = 1; i < path.size(); i++) {
            Iterate before = path.get(i - 1);
            Iterate point = path.get(i);
            boolean goesOn = point.candidate() != 0 && point.candidate() == before.candidate();
            if (point.segment() != before.segment() && point.landmark() && !goesOn) {
                jumps.add(new Jump(before, point, mechanism(point)));
            }
        }
        return jumps;
    }

    private String mechanism(Iterate landing) {
        for (RunEvent event : events) {
            if (event instanceof RunEvent.Escape escape
                    && escape.outcome() == RunEvent.EscapeOutcome.ACCEPTED
                    && escape.stamp().segment() >= landing.segment()) {
                return escape.mechanism();
            }
        }
        return "escape";
    }

    List<Judged> judged() {
        List<Judged> judged = new ArrayList<>();
        for (RunEvent event : events) {
            if (event instanceof RunEvent.Stationary stationary) {
                at(stationary.stamp().iteration(), stationary.stamp().segment())
                        .ifPresent(point -> judged.add(new Judged(point, stationary)));
            }
        }
        return judged;
    }

    private Optional<Iterate> at(long iteration, int segment) {
        return points.stream()
                .filter(point -> !point.muted() && point.iteration() == iteration && point.segment() == segment)
                .findFirst();
    }

    /** The newest point of the path that is not after an iteration. */
    Optional<Iterate> newestAt(long iteration) {
        Iterate found = null;
        for (Iterate point : path()) {
            found = point.iteration() <= iteration ? point : found;
        }
        return Optional.ofNullable(found);
    }
}

package io.escapement.app;

import io.escapement.event.RunHeader;
import io.escapement.landscape.plane.Plane;
import io.escapement.problem.CompositeProblem;
import io.escapement.run.Iterate;
import io.escapement.web.LandscapeDesk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.ejml.data.DMatrixRMaj;

/** Paths, and what is worth marking on them, as they are seen on a plane. */
final class LandscapePaths {

    private final FrozenPlane plane;
    private final boolean trials;
    private final boolean several;
    private final BooleanSupplier stop;

    /**
     * @param trials whether candidates that were given up are shown
     * @param several whether there are other runs, from which each is told by its solver and seed
     */
    LandscapePaths(FrozenPlane plane, boolean trials, boolean several, BooleanSupplier stop) {
        this.several = several;
        this.plane = plane;
        this.trials = trials;
        this.stop = stop;
    }

    LandscapeDesk.Path path(RunHeader header, PathStory story) {
        List<LandscapeDesk.Point> points = new ArrayList<>();
        Map<Iterate, Integer> index = new HashMap<>();
        Map<Long, Integer> numbers = new LinkedHashMap<>();
        long steps = 0;
        for (Iterate point : story.points()) {
            if (point.muted() && !trials) {
                continue;
            }
            if (stop.getAsBoolean()) {
                throw new CancellationException("the path was not wanted any longer");
            }
            Plane.Place place = plane.place(point);
            int trial = point.muted() ? numbers.computeIfAbsent(point.candidate(), unknown -> numbers.size() + 1) : 0;
            index.put(point, points.size());
            steps += point.muted() ? 0 : 1;
            points.add(new LandscapeDesk.Point(
                    point.iteration(),
                    point.segment(),
                    place.alpha(),
                    place.beta(),
                    place.off(),
                    point.loss(),
                    plane.height(place),
                    trial));
        }
        List<LandscapeDesk.Jump> jumps = new ArrayList<>();
        for (PathStory.Jump jump : story.jumps()) {
            jumps.add(new LandscapeDesk.Jump(
                    jumps.size() + 1, index.get(jump.trap()), index.get(jump.landing()), jump.mechanism()));
        }
        boolean thinned = steps < story.newest() + 1;
        String name = several ? header.name() + ", " + header.solver() + ", seed " + header.seed() : header.name();
        return new LandscapeDesk.Path(header.id(), name, thinned, points, jumps);
    }

    List<LandscapeDesk.Mark> marks(RunHeader header, PathStory story) {
        List<LandscapeDesk.Mark> marks = new ArrayList<>();
        List<Iterate> path = story.path();
        marks.add(mark(header, "start", "start", null, path.get(0)));
        for (PathStory.Judged judged : story.judged()) {
            String verdict = judged.event().verdict().label();
            marks.add(mark(header, "judged", verdict.replace('-', ' '), verdict, judged.point()));
        }
        marks.add(mark(header, "end", "newest", null, path.get(path.size() - 1)));
        return marks;
    }

    private LandscapeDesk.Mark mark(RunHeader header, String kind, String label, String verdict, Iterate point) {
        Plane.Place place = plane.place(point);
        return new LandscapeDesk.Mark(
                header.id(),
                kind,
                label,
                point.iteration(),
                verdict,
                place.alpha(),
                place.beta(),
                place.off(),
                point.loss(),
                plane.height(place));
    }

    /** @param problem or null where its loss is not known */
    LandscapeDesk.Mark truth(DMatrixRMaj factor, CompositeProblem problem, int copy) {
        Plane.Place place = plane.chosen.plane().place(factor);
        double loss = problem == null ? Double.NaN : problem.evaluate(factor).loss();
        String label = copy == 0 ? "truth" : "truth, its other sign";
        return new LandscapeDesk.Mark(
                "", "truth", label, -1, null, place.alpha(), place.beta(), place.off(), loss, plane.height(place));
    }
}

package io.escapement.app;

import io.escapement.event.RunHeader;
import io.escapement.landscape.plane.Plane;
import io.escapement.landscape.plane.PlaneGrid;
import io.escapement.landscape.plane.Spread;
import io.escapement.landscape.plane.TruthCopies;
import io.escapement.landscape.plane.Window;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.PlaneLoss;
import io.escapement.run.Iterate;
import io.escapement.run.PathKeeper;
import io.escapement.sensing.Instance;
import io.escapement.store.RunCatalogue;
import io.escapement.store.RunLog;
import io.escapement.web.InvalidRequest;
import io.escapement.web.LandscapeDesk;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.ejml.data.DMatrixRMaj;

/**
 * Pictures of planes for the API and the command line. A plane is fitted to the path up to an iteration, its version, and then frozen: asked for
 * by this version it is the same one while it is remembered, and after that one fitted to the same iterations. One picture at a time.
 *
 * <p>Over the usual length because whatever may be wrong with a request is told here, in words.
 */
final class LandscapeRoom implements LandscapeDesk {

    /** Measurements beyond which no picture is drawn: six vectors of them are held. */
    private static final int MOST_MEASUREMENTS = 2_000_000;

    private static final int MOST_PLANES = 24;

    /** Numbers that remembered planes hold together: 64 MB. */
    private static final long MOST_NUMBERS = 8_000_000;

    /** Truth copies farther than so many extents of the path from it are not in the first window. */
    private static final double NEAR = 4;

    private static final String SHORT =
            "The path has no plane yet: it needs three points that are not on one line. It is drawn as soon as they"
                    + " are there.";

    private static final String PROJECTED =
            "Of this run only three projected coordinates of each point are known, not the iterates themselves: the"
                    + " plane is one of these coordinates, and the loss on it is not known. ";

    private final RunCatalogue catalogue;
    private final RunProblems problems;
    private final StoryReader stories;
    private final PostedPictures posted;
    private final Map<String, FrozenPlane> planes = new LinkedHashMap<>(16, 0.75f, true);

    LandscapeRoom(RunCatalogue catalogue, RunProblems problems) {
        this.catalogue = catalogue;
        this.problems = problems;
        this.stories = new StoryReader(catalogue);
        this.posted = new PostedPictures(catalogue);
    }

    /** One run in a picture. */
    private record Shown(RunLog log, PathStory story) {}

    @Override
    public synchronized Optional<Picture> picture(Request request, BooleanSupplier stop) throws InvalidRequest {
        Optional<RunLog> found = catalogue.find(request.runs().get(0));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        RunLog log = found.get();
        Optional<Picture> theirs = posted.of(log);
        if (theirs.isPresent()) {
            return theirs;
        }
        StoryReader.Told told = stories.read(log);
        if (told.story().points().isEmpty()) {
            return Optional.of(Picture.none(nothing(log)));
        }
        RunProblems.Found problem =
                told.whole() ? problems.of(log.header()) : RunProblems.Found.none(PROJECTED + why(log.header()));
        List<Shown> shown = new ArrayList<>(List.of(new Shown(log, told.story())));
        for (String other : request.runs().subList(1, request.runs().size())) {
            shown.add(other(other, told, problem));
        }
        return Optional.of(draw(request, shown, problem, stop));
    }

    private static String nothing(RunLog log) {
        if (!log.ended() && log.last() < 1) {
            return "The run has no point yet.";
        }
        return "No point of this run's path is kept. " + why(log.header());
    }

    private static String why(RunHeader header) {
        if (header.settings().containsKey("experiment")) {
            return "Of the trials of an experiment the iterates are not kept; the same command by itself keeps them.";
        }
        if (header.fed()) {
            return "It is a run of another program, which can send its own picture: PUT /api/v1/runs/" + header.id()
                    + "/landscape.";
        }
        return "Iterates are kept of factors of up to " + PathKeeper.MOST_ENTRIES
                + " entries, by this version and later ones.";
    }

    /** A further run, of the same instance. */
    private Shown other(String id, StoryReader.Told first, RunProblems.Found problem) throws InvalidRequest {
        RunLog log = catalogue
                .find(id)
                .orElseThrow(
                        () -> new InvalidRequest("with", "with names '" + id + "', and there is no such run here"));
        StoryReader.Told told = stories.read(log);
        RunProblems.Found theirs = told.whole() ? problems.of(log.header()) : RunProblems.Found.none("");
        boolean same = first.whole()
                && problem.instance() != null
                && theirs.instance() != null
                && !told.story().points().isEmpty()
                && alike(problem.instance().problem(), theirs.instance().problem());
        if (!same) {
            throw new InvalidRequest(
                    "with",
                    "with names '" + id + "', which is not known to be a run on the same problem: only runs on one"
                            + " instance, with paths that are kept, share a plane");
        }
        return new Shown(log, told.story());
    }

    /** Whether two problems are one function, as far as one point tells. */
    private static boolean alike(CompositeProblem a, CompositeProblem b) {
        if (a.rows() != b.rows() || a.columns() != b.columns()) {
            return false;
        }
        DMatrixRMaj probe = new DMatrixRMaj(a.rows(), a.columns());
        for (int i = 0; i < probe.getNumElements(); i++) {
            probe.data[i] = Math.sin(1 + i);
        }
        Evaluation one = a.evaluate(probe);
        Evaluation two = b.evaluate(probe);
        double close = 1e-12 * one.gradientNorm();
        return Math.abs(one.loss() - two.loss()) <= 1e-12 * Math.abs(one.loss())
                && Math.abs(one.gradientNorm() - two.gradientNorm()) <= close;
    }

    private Picture draw(Request request, List<Shown> shown, RunProblems.Found found, BooleanSupplier stop)
            throws InvalidRequest {
        Instance<?> instance = found.instance();
        CompositeProblem problem = instance == null ? null : instance.problem();
        boolean tooLarge = problem instanceof FactoredProblem factored
                && factored.operator().measurements() > MOST_MEASUREMENTS;
        String note = tooLarge
                ? "The problem has more than " + MOST_MEASUREMENTS
                        + " measurements, too many for a picture of the loss: only the path is shown."
                : found.why().isEmpty() ? null : found.why();
        CompositeProblem drawn = tooLarge ? null : problem;
        PathStory first = shown.get(0).story();
        long newest = first.newest();
        List<DMatrixRMaj> truths = truths(instance, first);
        boolean live = !shown.get(0).log().ended();
        PlaneChoice choice = new PlaneChoice(first, List.of(), truths, drawn);
        Optional<FrozenPlane> frozen = frozen(request, shown, truths, drawn, stop);
        if (frozen.isEmpty()) {
            return new Picture(
                    first.points().get(0).x().getNumElements() < 2 ? "A factor of one number has no plane." : SHORT,
                    null,
                    choice.offered(),
                    null,
                    List.of(),
                    List.of(),
                    live);
        }
        FrozenPlane plane = frozen.get();
        Window window = window(request, plane);
        LandscapePaths paths = new LandscapePaths(plane, request.trials(), shown.size() > 1, stop);
        List<Path> drawnPaths = new ArrayList<>();
        List<Mark> marks = new ArrayList<>();
        for (Shown one : shown) {
            drawnPaths.add(paths.path(one.log().header(), one.story()));
            marks.addAll(paths.marks(one.log().header(), one.story()));
        }
        for (int k = 0; k < truths.size(); k++) {
            marks.add(paths.truth(truths.get(k), drawn, k));
        }
        return new Picture(
                note,
                basis(plane, newest, window),
                choice.offered(),
                grid(request, plane, window, stop),
                drawnPaths,
                marks,
                live);
    }

    private static List<DMatrixRMaj> truths(Instance<?> instance, PathStory story) {
        if (instance == null || instance.truth().isEmpty()) {
            return List.of();
        }
        List<Iterate> path = story.path();
        DMatrixRMaj end = path.get(path.size() - 1).x();
        return TruthCopies.of(instance.problem(), instance.truth().get().factor(), end);
    }

    private Optional<FrozenPlane> frozen(
            Request request,
            List<Shown> shown,
            List<DMatrixRMaj> truths,
            CompositeProblem problem,
            BooleanSupplier stop)
            throws InvalidRequest {
        long newest = shown.get(0).story().newest();
        long version = request.version() < 0 ? newest : Math.min(request.version(), newest);
        String key = String.join(",", request.runs()) + " " + request.basis() + " " + version;
        FrozenPlane known = planes.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        List<PathStory> stories = new ArrayList<>();
        for (Shown one : shown) {
            stories.add(one.story().upTo(request.version() < 0 ? Long.MAX_VALUE : version));
        }
        PlaneChoice choice = new PlaneChoice(stories.get(0), stories.subList(1, stories.size()), truths, problem);
        Optional<PlaneChoice.Chosen> chosen = choice.plane(request.basis(), stop);
        if (chosen.isEmpty()) {
            return Optional.empty();
        }
        Plane plane = chosen.get().plane();
        PlaneLoss loss = problem == null ? null : plane.loss(problem);
        List<DMatrixRMaj> all = new ArrayList<>();
        stories.forEach(story -> all.addAll(story.factors()));
        FrozenPlane made = new FrozenPlane(
                chosen.get(), version, Spread.of(plane, all), around(plane, stories, truths, request.aspect()), loss);
        planes.put(key, made);
        forgetSome();
        return Optional.of(made);
    }

    private void forgetSome() {
        long numbers = planes.values().stream().mapToLong(FrozenPlane::size).sum();
        Iterator<FrozenPlane> oldest = planes.values().iterator();
        while (planes.size() > 1 && (planes.size() > MOST_PLANES || numbers > MOST_NUMBERS)) {
            numbers -= oldest.next().size();
            oldest.remove();
        }
    }

    private static Window around(Plane plane, List<PathStory> stories, List<DMatrixRMaj> truths, double aspect) {
        List<Plane.Place> places = new ArrayList<>();
        for (PathStory story : stories) {
            story.factors().forEach(x -> places.add(plane.place(x)));
        }
        Window path = Window.around(places, 1);
        double extent = path.toAlpha() - path.fromAlpha();
        double alpha = 0.5 * (path.fromAlpha() + path.toAlpha());
        double beta = 0.5 * (path.fromBeta() + path.toBeta());
        for (DMatrixRMaj truth : truths) {
            Plane.Place place = plane.place(truth);
            if (Math.hypot(place.alpha() - alpha, place.beta() - beta) < NEAR * extent) {
                places.add(place);
            }
        }
        return Window.around(places, aspect);
    }

    private static Window window(Request request, FrozenPlane plane) {
        List<Double> given = request.window();
        return given.isEmpty() ? plane.around : new Window(given.get(0), given.get(1), given.get(2), given.get(3));
    }

    private static Basis basis(FrozenPlane plane, long newest, Window window) {
        return new Basis(
                plane.chosen.name(),
                plane.chosen.title(),
                plane.version,
                newest,
                List.of(plane.chosen.plane().firstLabel(), plane.chosen.plane().secondLabel()),
                List.of(plane.spread.first(), plane.spread.second()),
                List.of(window.fromAlpha(), window.toAlpha(), window.fromBeta(), window.toBeta()));
    }

    private static Grid grid(Request request, FrozenPlane plane, Window window, BooleanSupplier stop) {
        if (request.size() == 0 || plane.loss == null) {
            return null;
        }
        PlaneGrid grid = plane.grid(window, request.size(), stop);
        List<Double> squares = new ArrayList<>();
        plane.loss.squares().ifPresent(numbers -> {
            for (double number : numbers) {
                squares.add(number);
            }
        });
        return new Grid(grid.size(), grid.values(), plane.loss.method(), squares);
    }

    @Override
    public boolean post(String run, String picture) throws InvalidRequest {
        Optional<RunLog> log = catalogue.find(run);
        if (log.isPresent()) {
            posted.post(log.get(), picture);
        }
        return log.isPresent();
    }
}

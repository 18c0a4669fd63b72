package io.escapement.app;

import io.escapement.landscape.plane.EscapePlane;
import io.escapement.landscape.plane.NativePlane;
import io.escapement.landscape.plane.Plane;
import io.escapement.landscape.plane.PrincipalPlane;
import io.escapement.linalg.Frobenius;
import io.escapement.problem.CompositeProblem;
import io.escapement.run.Iterate;
import io.escapement.web.InvalidRequest;
import io.escapement.web.LandscapeDesk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ejml.data.DMatrixRMaj;

/**
 * Planes by name: native[:I,J], pca, escape:K, through:P,Q,R.
 *
 * @param story of the run that the plane belongs to
 * @param others paths of further runs in the picture
 * @param truths copies of the truth, none where it is not known
 * @param problem or null where it is not known
 */
record PlaneChoice(PathStory story, List<PathStory> others, List<DMatrixRMaj> truths, CompositeProblem problem) {

    private static final Pattern NATIVE = Pattern.compile("native:([1-3]),([1-3])");
    private static final Pattern ESCAPE = Pattern.compile("escape:([1-9][0-9]{0,5})");
    private static final Pattern THROUGH = Pattern.compile("through:([^,]+),([^,]+),([^,]+)");
    private static final Pattern NUMBERED = Pattern.compile("(trap|landing)([1-9][0-9]{0,5})");

    /** Escapes that a list offers; the others can be asked for by number. */
    private static final int MOST_OFFERED = 40;

    /** A plane with its proper name and a title for people. */
    record Chosen(String name, String title, Plane plane) {}

    private int entries() {
        return story.points().get(0).x().getNumElements();
    }

    private boolean nativeAxes() {
        return entries() >= 2 && entries() <= NativePlane.MOST;
    }

    /** What auto stands for. */
    String usual() {
        return nativeAxes() ? "native" : "pca";
    }

    /** What can be asked for. */
    List<LandscapeDesk.Choice> offered() {
        List<LandscapeDesk.Choice> all = new ArrayList<>();
        if (nativeAxes()) {
            all.add(new LandscapeDesk.Choice("native", "native axes"));
        }
        if (entries() > 1) {
            all.add(new LandscapeDesk.Choice("pca", "principal plane of the path"));
            List<PathStory.Jump> jumps = story.jumps();
            for (int k = 1; k <= Math.min(MOST_OFFERED, jumps.size()); k++) {
                all.add(new LandscapeDesk.Choice("escape:" + k, escapeTitle(jumps, k)));
            }
            if (!truths.isEmpty()) {
                all.add(new LandscapeDesk.Choice("through:start,end,truth", "through start, end and truth"));
            }
        }
        return all;
    }

    private static String escapeTitle(List<PathStory.Jump> jumps, int k) {
        PathStory.Jump jump = jumps.get(k - 1);
        return "escape " + k + " of " + jumps.size() + ": " + jump.mechanism() + " at iteration "
                + jump.trap().iteration();
    }

    /**
     * Empty where the path is too short or straight for such a plane as yet.
     *
     * @throws InvalidRequest if there is no such plane of this run
     */
    Optional<Chosen> plane(String wanted, BooleanSupplier stop) throws InvalidRequest {
        String name = wanted.equals("auto") ? usual() : wanted;
        if (entries() < 2) {
            return Optional.empty();
        }
        if (name.equals("native") || NATIVE.matcher(name).matches()) {
            return Optional.of(nativePlane(name));
        }
        if (name.equals("pca")) {
            List<DMatrixRMaj> points = new ArrayList<>(story.factors());
            others.forEach(other -> points.addAll(other.factors()));
            return PrincipalPlane.of(points).map(plane -> new Chosen(name, "principal plane of the path", plane));
        }
        Matcher escape = ESCAPE.matcher(name);
        if (escape.matches()) {
            return escapePlane(name, Integer.parseInt(escape.group(1)), stop);
        }
        Matcher through = THROUGH.matcher(name);
        if (through.matches()) {
            return Optional.of(throughPlane(name, through));
        }
        throw new InvalidRequest("basis", "basis is '" + name + "'; " + valid() + " would be valid");
    }

    private String valid() {
        return "auto, " + (nativeAxes() ? "native, native:I,J, " : "")
                + "pca, escape:K with K up to the number of jumps, or through:P,Q,R with iterations, start, end, zero,"
                + " truth, trapK or landingK";
    }

    private Chosen nativePlane(String name) throws InvalidRequest {
        if (!nativeAxes()) {
            throw new InvalidRequest(
                    "basis",
                    "basis is '" + name + "', but a factor of this run has " + entries() + " entries; native axes are"
                            + " for 2 or 3, and " + valid() + " would be valid");
        }
        List<DMatrixRMaj> points = new ArrayList<>(story.factors());
        DMatrixRMaj through = truths.isEmpty() ? points.get(points.size() - 1) : truths.get(0);
        points.addAll(truths);
        int[] axes = NativePlane.liveliest(points).orElseThrow();
        Matcher given = NATIVE.matcher(name);
        if (given.matches()) {
            axes = new int[] {Integer.parseInt(given.group(1)) - 1, Integer.parseInt(given.group(2)) - 1};
            if (axes[0] == axes[1] || Math.max(axes[0], axes[1]) >= entries()) {
                throw new InvalidRequest(
                        "basis",
                        "basis is '" + name + "'; two different entries of 1 to " + entries() + " would be valid");
            }
        }
        String proper = "native:" + (axes[0] + 1) + "," + (axes[1] + 1);
        return new Chosen(proper, "native axes", NativePlane.of(through, axes[0], axes[1]));
    }

    private Optional<Chosen> escapePlane(String name, int k, BooleanSupplier stop) throws InvalidRequest {
        List<PathStory.Jump> jumps = story.jumps();
        if (k > jumps.size()) {
            throw new InvalidRequest(
                    "basis",
                    "basis is '" + name + "', but the run has jumped " + jumps.size() + " times so far; "
                            + (jumps.isEmpty() ? valid() : "escape:1 to escape:" + jumps.size()) + " would be valid");
        }
        PathStory.Jump jump = jumps.get(k - 1);
        DMatrixRMaj next = jump.landing().x();
        for (Iterate point : story.path()) {
            boolean here = point.segment() == jump.landing().segment();
            next = here && point.iteration() > jump.landing().iteration() ? point.x() : next;
        }
        Optional<Plane> plane = problem == null
                ? Plane.spanned(
                        jump.trap().x(),
                        between(jump.trap().x(), jump.landing().x()),
                        between(jump.landing().x(), next),
                        "displacement of the jump",
                        "way from the landing onwards")
                : EscapePlane.of(problem, jump.trap().x(), jump.landing().x(), next, stop);
        return plane.map(found -> new Chosen(name, escapeTitle(jumps, k), found));
    }

    private Chosen throughPlane(String name, Matcher through) throws InvalidRequest {
        List<DMatrixRMaj> three =
                List.of(named(name, through.group(1)), named(name, through.group(2)), named(name, through.group(3)));
        Optional<Plane> plane = Plane.spanned(
                three.get(0),
                between(three.get(0), three.get(1)),
                between(three.get(0), three.get(2)),
                "from " + words(through.group(1)) + " to " + words(through.group(2)),
                "towards " + words(through.group(3)));
        if (plane.isEmpty()) {
            throw new InvalidRequest(
                    "basis", "basis is '" + name + "', but these points are on one line; three others would be valid");
        }
        String title = "through " + words(through.group(1)) + ", " + words(through.group(2)) + " and "
                + words(through.group(3));
        return new Chosen(name, title, plane.get());
    }

    private static String words(String point) {
        return Character.isDigit(point.charAt(0))
                ? "iteration " + point
                : point.replaceAll("([0-9]+)$", " $1").toLowerCase(Locale.ROOT);
    }

    private DMatrixRMaj named(String basis, String point) throws InvalidRequest {
        List<Iterate> path = story.path();
        Matcher numbered = NUMBERED.matcher(point);
        if (numbered.matches()) {
            int k = Integer.parseInt(numbered.group(2));
            List<PathStory.Jump> jumps = story.jumps();
            if (k <= jumps.size()) {
                PathStory.Jump jump = jumps.get(k - 1);
                return (numbered.group(1).equals("trap") ? jump.trap() : jump.landing()).x();
            }
        } else if (point.matches("[0-9]{1,18}")) {
            return story.newestAt(Long.parseLong(point)).orElse(path.get(0)).x();
        }
        Iterate last = path.get(path.size() - 1);
        Map<String, DMatrixRMaj> words = new HashMap<>();
        words.put("start", path.get(0).x());
        words.put("end", last.x());
        words.put("zero", new DMatrixRMaj(last.x().numRows, last.x().numCols));
        if (!truths.isEmpty()) {
            words.put("truth", truths.get(0));
        }
        if (words.containsKey(point)) {
            return words.get(point);
        }
        String known = "start, end, zero, an iteration"
                + (truths.isEmpty() ? "" : ", truth")
                + story.jumps().stream()
                        .limit(1)
                        .map(jump -> ", trapK and landingK with K from 1 to "
                                + story.jumps().size())
                        .collect(Collectors.joining());
        throw new InvalidRequest(
                "basis", "basis is '" + basis + "', where '" + point + "' is no point; " + known + " would be valid");
    }

    private static DMatrixRMaj between(DMatrixRMaj from, DMatrixRMaj to) {
        DMatrixRMaj out = new DMatrixRMaj(from.numRows, from.numCols);
        Frobenius.add(to, -1, from, out);
        return out;
    }
}

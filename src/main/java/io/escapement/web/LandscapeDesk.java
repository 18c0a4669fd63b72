package io.escapement.web;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Whoever draws the loss on a plane with the path of a run on it. Called on a worker thread; may take its time. */
public interface LandscapeDesk {

    /** Runs in one picture at most, the first of which the plane belongs to. */
    int MOST_RUNS = 8;

    /**
     * What is to be seen.
     *
     * @param runs ids; the first is the one that the plane belongs to
     * @param basis auto, native, native:I,J, pca, escape:K or through:P,Q,R
     * @param version iteration up to which the plane heeds the path; −1 for the newest
     * @param window [α from, α to, β from, β to], or empty for one around the path
     * @param size of the grid, 0 for none
     * @param aspect width over height of a window that is chosen around the path
     * @param trials whether candidates that were given up are among the points
     */
    record Request(
            List<String> runs,
            String basis,
            long version,
            List<Double> window,
            int size,
            double aspect,
            boolean trials) {
        public Request {
            runs = List.copyOf(runs);
            window = List.copyOf(window);
        }
    }

    /**
     * Empty where there is no such run as the first.
     *
     * @param stop whether nobody waits for the answer any longer
     * @throws InvalidRequest if anything in the request does not fit the run
     * @throws java.util.concurrent.CancellationException if it was broken off
     */
    Optional<Picture> picture(Request request, BooleanSupplier stop) throws InvalidRequest;

    /**
     * Keeps a picture that the program of an external run has computed.
     *
     * @param picture as JSON
     * @return whether there is such a run
     * @throws InvalidRequest if the picture is not valid, or the run is one of ours
     */
    boolean post(String run, String picture) throws InvalidRequest;

    /**
     * A plane with what is on it.
     *
     * @param note why something is not there, as a sentence, or null
     * @param basis the plane, or null where there is none
     * @param bases planes that could be chosen
     * @param grid h on the plane, or null
     * @param live whether the run goes on
     */
    record Picture(
            String note, Basis basis, List<Choice> bases, Grid grid, List<Path> paths, List<Mark> marks, boolean live) {
        public Picture {
            bases = List.copyOf(bases);
            paths = List.copyOf(paths);
            marks = List.copyOf(marks);
        }

        public static Picture none(String note) {
            return new Picture(note, null, List.of(), null, List.of(), List.of(), false);
        }
    }

    /**
     * A plane, frozen.
     *
     * @param name as in a request
     * @param version iteration up to which the path was heeded
     * @param newest iteration up to which it could be now
     * @param explained shares of the variance of the path along the two axes; NaN where it has none
     * @param window [α from, α to, β from, β to]
     */
    record Basis(
            String name,
            String title,
            long version,
            long newest,
            List<String> labels,
            List<Double> explained,
            List<Double> window) {
        public Basis {
            labels = List.copyOf(labels);
            explained = List.copyOf(explained);
            window = List.copyOf(window);
        }
    }

    /** A plane that can be asked for. */
    record Choice(String name, String title) {}

    /**
     * h on the points of a window, by rows of constant β, the lowest first.
     *
     * @param size points along each axis
     * @param values size·size of them
     * @param method squares, measurements, direct or posted
     * @param squares see PlaneLoss, or empty
     */
    @SuppressWarnings("ArrayRecordComponent") // written once and compared by nobody
    record Grid(int size, double[] values, String method, List<Double> squares) {
        public Grid {
            squares = List.copyOf(squares);
        }
    }

    /** A run's path on the plane. */
    record Path(String run, String name, boolean thinned, List<Point> points, List<Jump> jumps) {
        public Path {
            points = List.copyOf(points);
            jumps = List.copyOf(jumps);
        }
    }

    /**
     * An iterate as it is seen.
     *
     * @param off distance from the plane
     * @param loss h at the iterate
     * @param plane h where it is seen on the plane; NaN where that is not known
     * @param trial number of a candidate that the run went back from, 0 for the path itself
     */
    record Point(
            long iteration, int segment, double alpha, double beta, double off, double loss, double plane, int trial) {}

    /**
     * A jump of an escape.
     *
     * @param number among the jumps of the run, from 1
     * @param from index of the trap among the points
     * @param to index of the landing
     */
    record Jump(int number, int from, int to, String mechanism) {}

    /**
     * Something to be marked.
     *
     * @param kind start, judged, end, truth
     * @param iteration −1 for a truth
     * @param verdict of a judged point, or null
     */
    record Mark(
            String run,
            String kind,
            String label,
            long iteration,
            String verdict,
            double alpha,
            double beta,
            double off,
            double loss,
            double plane) {}
}

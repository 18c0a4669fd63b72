package io.escapement.web;

import java.util.List;
import java.util.Map;

/**
 * What is known of a problem that can be started, as it is with its defaults.
 *
 * @param formula what is minimized
 * @param symmetry transformations of a factor that change no loss
 * @param references paper and equation; empty where it is from none
 * @param defaults options of the problem at the values that a run without options has
 * @param rows of the factor
 * @param columns of the factor
 * @param figures of the instance: sizes and constants, with their names
 * @param sources of the pairs of constants, by name
 * @param lossAtTruth h at the truth the instance was made from; null where none is known
 * @param optimum f*, where it is known; else null
 * @param points stationary points that are known before any run, with their curvature
 * @param picture of the loss; null where there is no truth to draw it by
 */
public record ProblemSheet(
        String formula,
        String symmetry,
        List<String> references,
        Map<String, String> defaults,
        int rows,
        int columns,
        Map<String, Double> figures,
        Map<String, String> sources,
        Double lossAtTruth,
        Double optimum,
        List<Point> points,
        Picture picture) {

    public ProblemSheet {
        references = List.copyOf(references);
        defaults = Map.copyOf(defaults);
        figures = Map.copyOf(figures);
        sources = Map.copyOf(sources);
        points = List.copyOf(points);
    }

    /**
     * A stationary point.
     *
     * @param name "0" or "truth"
     * @param index negative eigenvalues of ∇²h there
     * @param flat eigenvalues of ∇²h that are 0 to rounding
     * @param lambdaMin λₘᵢₙ(∇²h)
     * @param lambdaMax λ_max(∇²h)
     * @param loss h there
     */
    public record Point(String name, int index, int flat, double lambdaMin, double lambdaMax, double loss) {}

    /**
     * The loss on a plane, row by row from below: log₁₀ of it, cut off below.
     *
     * @param size points each way
     * @param reach coordinates go from −reach to reach both ways
     * @param values size² numbers
     * @param axes what the two axes are
     */
    public record Picture(int size, double reach, List<Double> values, String axes) {
        public Picture {
            values = List.copyOf(values);
        }
    }
}

package io.escapement.landscape.plane;

import java.util.List;

/**
 * The part of a plane that is looked at: fromAlpha ≤ α ≤ toAlpha and fromBeta ≤ β ≤ toBeta.
 */
public record Window(double fromAlpha, double toAlpha, double fromBeta, double toBeta) {

    /** Air around what is to be seen, as a share of its width. */
    private static final double AIR = 0.14;

    /** Of a picture of one point. */
    private static final double LEAST = 1e-9;

    public Window {
        boolean finite = Double.isFinite(toAlpha - fromAlpha) && Double.isFinite(toBeta - fromBeta);
        if (!finite || !(fromAlpha < toAlpha) || !(fromBeta < toBeta)) {
            throw new IllegalArgumentException("the window is " + fromAlpha + ", " + toAlpha + ", " + fromBeta + ", "
                    + toBeta + "; four finite numbers are needed, the first below the second and the third below the"
                    + " fourth");
        }
    }

    /**
     * Around places, with some air, in a picture whose width is {@code aspect} times its height: lengths are the same along both axes.
     */
    public static Window around(List<Plane.Place> places, double aspect) {
        double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (Plane.Place place : places) {
            if (Double.isFinite(place.alpha()) && Double.isFinite(place.beta())) {
                low[0] = Math.min(low[0], place.alpha());
                high[0] = Math.max(high[0], place.alpha());
                low[1] = Math.min(low[1], place.beta());
                high[1] = Math.max(high[1], place.beta());
            }
        }
        if (!(low[0] <= high[0])) {
            return new Window(-aspect, aspect, -1, 1);
        }
        double largest = Math.max(high[0] - low[0], high[1] - low[1]);
        double scale = Math.max(Math.max(Math.abs(low[0]), Math.abs(high[0])), 1);
        double air = Math.max(AIR * largest, LEAST * scale);
        double width = high[0] - low[0] + 2 * air;
        double height = high[1] - low[1] + 2 * air;
        width = Math.max(width, aspect * height);
        height = Math.max(height, width / aspect);
        double alpha = 0.5 * (low[0] + high[0]);
        double beta = 0.5 * (low[1] + high[1]);
        return new Window(alpha - width / 2, alpha + width / 2, beta - height / 2, beta + height / 2);
    }

    /** α of column {@code i} of {@code size}: the same bits for the same place in a finer grid of the same window. */
    double alpha(int i, int size) {
        return fromAlpha + (toAlpha - fromAlpha) * ((double) i / (size - 1));
    }

    double beta(int j, int size) {
        return fromBeta + (toBeta - fromBeta) * ((double) j / (size - 1));
    }
}

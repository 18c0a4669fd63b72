package io.escapement.landscape.plane;

import java.util.List;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * Two coordinates of a factor with at most {@value #MOST} entries; the third, if there is one, is that of a chosen point, so that this
 * point is in the picture where it is.
 */
public final class NativePlane {

    /** Entries of a factor whose coordinates are axes. */
    public static final int MOST = 3;

    private static final String SUBSCRIPTS = "₁₂₃";

    private NativePlane() {}

    /**
     * @param through the point whose third coordinate is kept
     * @param first index of an entry, row by row, from 0
     * @param second another
     */
    public static Plane of(DMatrixRMaj through, int first, int second) {
        DMatrixRMaj origin = through.copy();
        origin.data[first] = 0;
        origin.data[second] = 0;
        return new Plane(origin, unit(origin, first), unit(origin, second), label(first), label(second));
    }

    /** The two coordinates that vary most over some points; empty where a factor has fewer than two entries, or more than three. */
    public static Optional<int[]> liveliest(List<DMatrixRMaj> points) {
        int size = points.get(0).getNumElements();
        if (size < 2 || size > MOST) {
            return Optional.empty();
        }
        DMatrixRMaj mean = PrincipalPlane.mean(points);
        double[] spread = new double[size];
        for (DMatrixRMaj point : points) {
            for (int i = 0; i < size; i++) {
                spread[i] += (point.data[i] - mean.data[i]) * (point.data[i] - mean.data[i]);
            }
        }
        int stillest = size - 1;
        for (int i = size - 1; size == MOST && i >= 0; i--) {
            stillest = spread[i] < spread[stillest] ? i : stillest;
        }
        if (size < MOST) {
            return Optional.of(new int[] {0, 1});
        }
        return Optional.of(new int[] {stillest == 0 ? 1 : 0, stillest == 2 ? 1 : 2});
    }

    private static DMatrixRMaj unit(DMatrixRMaj shape, int index) {
        DMatrixRMaj axis = new DMatrixRMaj(shape.numRows, shape.numCols);
        axis.data[index] = 1;
        return axis;
    }

    private static String label(int index) {
        return "x" + SUBSCRIPTS.charAt(index);
    }
}

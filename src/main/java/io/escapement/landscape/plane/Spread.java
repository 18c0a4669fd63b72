package io.escapement.landscape.plane;

import io.escapement.linalg.Frobenius;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * How much of the variance of a path a plane shows: of Σ‖xᵢ − x̄‖², the shares along U and along V. What is missing from 1 happens off
 * the plane and cannot be seen in it.
 *
 * @param first share along U, 0 to 1
 * @param second share along V
 */
public record Spread(double first, double second) {

    /** NaN where all points are the same one. */
    public static Spread of(Plane plane, List<DMatrixRMaj> points) {
        DMatrixRMaj mean = PrincipalPlane.mean(points);
        DMatrixRMaj rest = new DMatrixRMaj(mean.numRows, mean.numCols);
        double all = 0;
        double first = 0;
        double second = 0;
        for (DMatrixRMaj point : points) {
            Frobenius.add(point, -1, mean, rest);
            all += Frobenius.dot(rest, rest);
            first += Math.pow(Frobenius.dot(plane.first(), rest), 2);
            second += Math.pow(Frobenius.dot(plane.second(), rest), 2);
        }
        return all > 0 ? new Spread(first / all, second / all) : new Spread(Double.NaN, Double.NaN);
    }
}

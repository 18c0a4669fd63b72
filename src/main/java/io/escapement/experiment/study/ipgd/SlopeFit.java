package io.escapement.experiment.study.ipgd;

import io.escapement.experiment.Curve;
import io.escapement.experiment.Estimate;
import java.util.List;

/**
 * The slope s of y = s·x by least squares, Σxy/Σx², over the points of several runs. Points of one run follow from each other, so
 * the interval is the jackknife's over runs: with s_i the slope without run i of n, 1.96·√((n − 1)/n·Σ(s_i − mean)²) to either side.
 */
final class SlopeFit {

    private static final double Z = 1.959963984540054;

    private SlopeFit() {}

    /** Unknown where there is no point; without an interval of fewer than three runs. */
    static Estimate of(List<Curve> runs) {
        double[] xy = new double[runs.size()];
        double[] xx = new double[runs.size()];
        double allXy = 0;
        double allXx = 0;
        for (int run = 0; run < xy.length; run++) {
            Curve points = runs.get(run);
            for (int i = 0; i < points.x().size(); i++) {
                xy[run] += points.x().get(i) * points.y().get(i);
                xx[run] += points.x().get(i) * points.x().get(i);
            }
            allXy += xy[run];
            allXx += xx[run];
        }
        if (allXx == 0) {
            return Estimate.unknown();
        }
        double slope = allXy / allXx;
        int n = xy.length;
        if (n < 3) {
            return Estimate.of(slope);
        }
        double sum = 0;
        double squares = 0;
        for (int run = 0; run < n; run++) {
            double without = (allXy - xy[run]) / (allXx - xx[run]);
            sum += without;
            squares += without * without;
        }
        double variance = Math.max(0, squares - sum * sum / n) * (n - 1) / n;
        double half = Z * Math.sqrt(variance);
        return new Estimate(slope, slope - half, slope + half);
    }
}

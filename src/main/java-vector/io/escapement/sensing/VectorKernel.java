package io.escapement.sensing;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops in vectors as wide as the processor's, with fused multiplications and additions. Made by {@link Fastest} only where the module
 * is there. One vector of each row at a time: four sums hide the latency, and more of them were no faster.
 */
final class VectorKernel implements RowKernel {

    private static final VectorSpecies<Double> WIDE = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = WIDE.length();

    /** As many floats as there are doubles in {@link #WIDE}. */
    private static final VectorSpecies<Float> NARROW =
            VectorSpecies.of(float.class, VectorShape.forBitSize(WIDE.vectorBitSize() / 2));

    private static final VectorSpecies<Float> FULL = FloatVector.SPECIES_PREFERRED;

    @Override
    public void dots(double[] a0, double[] a1, double[] a2, double[] a3, double[] m, double[] out) {
        DoubleVector s0 = DoubleVector.zero(WIDE);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        int whole = WIDE.loopBound(m.length);
        for (int j = 0; j < whole; j += LANES) {
            DoubleVector v = DoubleVector.fromArray(WIDE, m, j);
            s0 = DoubleVector.fromArray(WIDE, a0, j).fma(v, s0);
            s1 = DoubleVector.fromArray(WIDE, a1, j).fma(v, s1);
            s2 = DoubleVector.fromArray(WIDE, a2, j).fma(v, s2);
            s3 = DoubleVector.fromArray(WIDE, a3, j).fma(v, s3);
        }
        out[0] = sum(s0);
        out[1] = sum(s1);
        out[2] = sum(s2);
        out[3] = sum(s3);
        for (int j = whole; j < m.length; j++) {
            out[0] += a0[j] * m[j];
            out[1] += a1[j] * m[j];
            out[2] += a2[j] * m[j];
            out[3] += a3[j] * m[j];
        }
    }

    @Override
    public void add(double[] a0, double[] a1, double[] a2, double[] a3, double[] w, int lo, int hi, double[] g) {
        DoubleVector w0 = DoubleVector.broadcast(WIDE, w[0]);
        DoubleVector w1 = DoubleVector.broadcast(WIDE, w[1]);
        DoubleVector w2 = DoubleVector.broadcast(WIDE, w[2]);
        DoubleVector w3 = DoubleVector.broadcast(WIDE, w[3]);
        int whole = lo + WIDE.loopBound(hi - lo);
        for (int j = lo; j < whole; j += LANES) {
            DoubleVector sum = DoubleVector.fromArray(WIDE, g, j);
            sum = DoubleVector.fromArray(WIDE, a0, j).fma(w0, sum);
            sum = DoubleVector.fromArray(WIDE, a1, j).fma(w1, sum);
            sum = DoubleVector.fromArray(WIDE, a2, j).fma(w2, sum);
            sum = DoubleVector.fromArray(WIDE, a3, j).fma(w3, sum);
            sum.intoArray(g, j);
        }
        for (int j = whole; j < hi; j++) {
            g[j] += (w[0] * a0[j] + w[1] * a1[j]) + (w[2] * a2[j] + w[3] * a3[j]);
        }
    }

    @Override
    public double total(double[] a) {
        DoubleVector s0 = DoubleVector.zero(WIDE);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        int whole = a.length - a.length % (4 * LANES);
        for (int j = 0; j < whole; j += 4 * LANES) {
            s0 = s0.add(DoubleVector.fromArray(WIDE, a, j));
            s1 = s1.add(DoubleVector.fromArray(WIDE, a, j + LANES));
            s2 = s2.add(DoubleVector.fromArray(WIDE, a, j + 2 * LANES));
            s3 = s3.add(DoubleVector.fromArray(WIDE, a, j + 3 * LANES));
        }
        double rest = 0;
        for (int j = whole; j < a.length; j++) {
            rest += a[j];
        }
        return sum(s0.add(s1).add(s2.add(s3))) + rest;
    }

    @Override
    public void dots(float[] a0, float[] a1, float[] a2, float[] a3, double[] m, double[] out) {
        DoubleVector s0 = DoubleVector.zero(WIDE);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        int whole = WIDE.loopBound(m.length);
        for (int j = 0; j < whole; j += LANES) {
            DoubleVector v = DoubleVector.fromArray(WIDE, m, j);
            s0 = widened(a0, j).fma(v, s0);
            s1 = widened(a1, j).fma(v, s1);
            s2 = widened(a2, j).fma(v, s2);
            s3 = widened(a3, j).fma(v, s3);
        }
        out[0] = sum(s0);
        out[1] = sum(s1);
        out[2] = sum(s2);
        out[3] = sum(s3);
        for (int j = whole; j < m.length; j++) {
            out[0] += a0[j] * m[j];
            out[1] += a1[j] * m[j];
            out[2] += a2[j] * m[j];
            out[3] += a3[j] * m[j];
        }
    }

    @Override
    public void add(float[] a0, float[] a1, float[] a2, float[] a3, double[] w, int lo, int hi, double[] g) {
        DoubleVector w0 = DoubleVector.broadcast(WIDE, w[0]);
        DoubleVector w1 = DoubleVector.broadcast(WIDE, w[1]);
        DoubleVector w2 = DoubleVector.broadcast(WIDE, w[2]);
        DoubleVector w3 = DoubleVector.broadcast(WIDE, w[3]);
        int whole = lo + WIDE.loopBound(hi - lo);
        for (int j = lo; j < whole; j += LANES) {
            DoubleVector sum = DoubleVector.fromArray(WIDE, g, j);
            sum = widened(a0, j).fma(w0, sum);
            sum = widened(a1, j).fma(w1, sum);
            sum = widened(a2, j).fma(w2, sum);
            sum = widened(a3, j).fma(w3, sum);
            sum.intoArray(g, j);
        }
        for (int j = whole; j < hi; j++) {
            g[j] += (w[0] * a0[j] + w[1] * a1[j]) + (w[2] * a2[j] + w[3] * a3[j]);
        }
    }

    @Override
    public double total(float[] a) {
        FloatVector s0 = FloatVector.zero(FULL);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        int lanes = FULL.length();
        int whole = a.length - a.length % (4 * lanes);
        for (int j = 0; j < whole; j += 4 * lanes) {
            s0 = s0.add(FloatVector.fromArray(FULL, a, j));
            s1 = s1.add(FloatVector.fromArray(FULL, a, j + lanes));
            s2 = s2.add(FloatVector.fromArray(FULL, a, j + 2 * lanes));
            s3 = s3.add(FloatVector.fromArray(FULL, a, j + 3 * lanes));
        }
        double rest = 0;
        for (int j = whole; j < a.length; j++) {
            rest += a[j];
        }
        return s0.add(s1).add(s2.add(s3)).reduceLanes(VectorOperators.ADD) + rest;
    }

    private static DoubleVector widened(float[] a, int j) {
        return (DoubleVector) FloatVector.fromArray(NARROW, a, j).castShape(WIDE, 0);
    }

    private static double sum(DoubleVector v) {
        return v.reduceLanes(VectorOperators.ADD);
    }

    @Override
    public String toString() {
        return "vectors of " + LANES + " doubles (jdk.incubator.vector)";
    }
}

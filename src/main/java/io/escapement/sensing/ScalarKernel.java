package io.escapement.sensing;

/**
 * Loops in plain Java. C2 makes vector code of {@link #add}, because one index goes through all its arrays, but not of a sum in a register
 * nor, on JDK 17, of anything that converts float to double. So a dot product is bound by instructions unless four rows share the loads.
 */
final class ScalarKernel implements RowKernel {

    @Override
    public void dots(double[] a0, double[] a1, double[] a2, double[] a3, double[] m, double[] out) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double t0 = 0;
        double t1 = 0;
        double t2 = 0;
        double t3 = 0;
        int even = m.length & -2;
        for (int j = 0; j < even; j += 2) {
            double first = m[j];
            double second = m[j + 1];
            s0 += a0[j] * first;
            s1 += a1[j] * first;
            s2 += a2[j] * first;
            s3 += a3[j] * first;
            t0 += a0[j + 1] * second;
            t1 += a1[j + 1] * second;
            t2 += a2[j + 1] * second;
            t3 += a3[j + 1] * second;
        }
        if (even < m.length) {
            double last = m[even];
            s0 += a0[even] * last;
            s1 += a1[even] * last;
            s2 += a2[even] * last;
            s3 += a3[even] * last;
        }
        out[0] = s0 + t0;
        out[1] = s1 + t1;
        out[2] = s2 + t2;
        out[3] = s3 + t3;
    }

    @Override
    public void add(double[] a0, double[] a1, double[] a2, double[] a3, double[] w, int lo, int hi, double[] g) {
        double w0 = w[0];
        double w1 = w[1];
        double w2 = w[2];
        double w3 = w[3];
        for (int j = lo; j < hi; j++) {
            g[j] += (w0 * a0[j] + w1 * a1[j]) + (w2 * a2[j] + w3 * a3[j]);
        }
    }

    @Override
    public double total(double[] a) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int whole = a.length & -8;
        for (int j = 0; j < whole; j += 8) {
            s0 += a[j];
            s1 += a[j + 1];
            s2 += a[j + 2];
            s3 += a[j + 3];
            s4 += a[j + 4];
            s5 += a[j + 5];
            s6 += a[j + 6];
            s7 += a[j + 7];
        }
        double rest = 0;
        for (int j = whole; j < a.length; j++) {
            rest += a[j];
        }
        return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7)) + rest;
    }

    @Override
    public void dots(float[] a0, float[] a1, float[] a2, float[] a3, double[] m, double[] out) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double t0 = 0;
        double t1 = 0;
        double t2 = 0;
        double t3 = 0;
        int even = m.length & -2;
        for (int j = 0; j < even; j += 2) {
            double first = m[j];
            double second = m[j + 1];
            s0 += a0[j] * first;
            s1 += a1[j] * first;
            s2 += a2[j] * first;
            s3 += a3[j] * first;
            t0 += a0[j + 1] * second;
            t1 += a1[j + 1] * second;
            t2 += a2[j + 1] * second;
            t3 += a3[j + 1] * second;
        }
        if (even < m.length) {
            double last = m[even];
            s0 += a0[even] * last;
            s1 += a1[even] * last;
            s2 += a2[even] * last;
            s3 += a3[even] * last;
        }
        out[0] = s0 + t0;
        out[1] = s1 + t1;
        out[2] = s2 + t2;
        out[3] = s3 + t3;
    }

    @Override
    public void add(float[] a0, float[] a1, float[] a2, float[] a3, double[] w, int lo, int hi, double[] g) {
        double w0 = w[0];
        double w1 = w[1];
        double w2 = w[2];
        double w3 = w[3];
        for (int j = lo; j < hi; j++) {
            g[j] += (w0 * a0[j] + w1 * a1[j]) + (w2 * a2[j] + w3 * a3[j]);
        }
    }

    @Override
    public double total(float[] a) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int whole = a.length & -8;
        for (int j = 0; j < whole; j += 8) {
            s0 += a[j];
            s1 += a[j + 1];
            s2 += a[j + 2];
            s3 += a[j + 3];
            s4 += a[j + 4];
            s5 += a[j + 5];
            s6 += a[j + 6];
            s7 += a[j + 7];
        }
        double rest = 0;
        for (int j = whole; j < a.length; j++) {
            rest += a[j];
        }
        return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7)) + rest;
    }

    @Override
    public String toString() {
        return "plain Java";
    }
}

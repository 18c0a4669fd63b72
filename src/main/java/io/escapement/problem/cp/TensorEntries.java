package io.escapement.problem.cp;

/** 𝒜(t) = t. */
record TensorEntries(int length) implements TensorMeasurements {

    @Override
    public int measurements() {
        return length;
    }

    @Override
    public void measure(double[] t, double[] out) {
        System.arraycopy(t, 0, out, 0, length);
    }

    @Override
    public void backproject(double[] w, double[] t) {
        System.arraycopy(w, 0, t, 0, length);
    }

    @Override
    public void residualAndBackprojection(double[] t, double[] b, double[] residual, double[] s) {
        for (int e = 0; e < length; e++) {
            residual[e] = t[e] - b[e];
            s[e] = residual[e];
        }
    }
}

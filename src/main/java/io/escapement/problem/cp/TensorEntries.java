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
}

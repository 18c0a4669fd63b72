package io.escapement.linalg;

/** Normalization of vectors. */
final class UnitVector {

    private UnitVector() {}

    /** Makes the first entry of largest magnitude positive; magnitudes that differ by rounding count as equal. */
    static void orient(double[] v, int length) {
        double largest = 0;
        for (int i = 0; i < length; i++) {
            largest = Math.max(largest, Math.abs(v[i]));
        }
        for (int i = 0; i < length; i++) {
            if (Math.abs(v[i]) >= largest * (1 - 1e-9)) {
                if (v[i] < 0) {
                    negate(v, length);
                }
                return;
            }
        }
    }

    static void negate(double[] v, int length) {
        for (int i = 0; i < length; i++) {
            v[i] = -v[i];
        }
    }
}

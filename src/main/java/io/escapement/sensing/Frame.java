package io.escapement.sensing;

import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/** How the orthonormal vectors of a random truth are drawn. */
public enum Frame {
    /** Uniformly: the Q of a Gaussian matrix. */
    HAAR("haar") {
        @Override
        public DMatrixRMaj draw(int n, int columns, RandomGenerator random) {
            return Orthonormal.basis(Seeds.gaussian(n, columns, 1, random));
        }
    },
    /**
     * The Q of a matrix with entries uniform in (0, 1), with Householder's signs: a first column whose entries are all negative and about
     * alike. So in the program of [LMM]'s authors.
     */
    POSITIVE("positive") {
        @Override
        public DMatrixRMaj draw(int n, int columns, RandomGenerator random) {
            DMatrixRMaj a = new DMatrixRMaj(n, columns);
            for (int e = 0; e < a.getNumElements(); e++) {
                a.data[e] = random.nextDouble();
            }
            return Orthonormal.householder(a);
        }
    };

    private final String label;

    Frame(String label) {
        this.label = label;
    }

    /** As on the command line. */
    public String label() {
        return label;
    }

    /** n×columns with orthonormal columns, columns ≤ n. */
    public abstract DMatrixRMaj draw(int n, int columns, RandomGenerator random);
}

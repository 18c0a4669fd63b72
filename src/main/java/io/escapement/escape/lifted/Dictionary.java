package io.escapement.escape.lifted;

import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.Eigenpair;
import io.escapement.linalg.Frobenius;
import io.escapement.linalg.SymmetricOperator;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Unit directions d_1, d_2, … of Rⁿ whose tensor powers span the subspace of the lifted trajectory (mathematics.md, section 4.4),
 * for one component x = σ_φ v_φ of the trap and B = 𝒜*(b) the data that this component is to explain:
 *
 * <ol>
 *   <li>a: v_φ, left out where σ_φ = 0.
 *   <li>b: u_n, the lowest eigenvector of the gradient matrix.
 *   <li>c: B·u_n, then the leading eigenvectors of B with a positive eigenvalue: a direction d with dᵀBd ≤ 0 only adds to the
 *       loss, lifted or not.
 * </ol>
 *
 * <p>Merging: a direction within 8° of an earlier one, |cos| &gt; 0.99, is left out. Descents from the two end at one place, and
 * the lifted pair, cosine above 0.95 at order 5, would carry large coefficients of opposite sign that belong to no direction.
 *
 * @param directions n×1, of norm 1
 * @param terms of each
 */
public record Dictionary(List<DMatrixRMaj> directions, List<Term> terms) {

    /** Directions with a larger cosine are one. */
    static final double SAME = 0.99;

    public Dictionary {
        directions = List.copyOf(directions);
        terms = List.copyOf(terms);
        if (directions.size() != terms.size()) {
            throw new IllegalArgumentException(
                    directions.size() + " directions and " + terms.size() + " terms; one each is needed");
        }
    }

    /**
     * @param trap v_φ, or null where the component is empty
     * @param oracle u_n
     * @param data B
     * @param leading how many eigenvectors of B, at least 0
     */
    public static Dictionary of(
            DMatrixRMaj trap, DMatrixRMaj oracle, SymmetricOperator data, int leading, EigenSolver eigen) {
        Builder builder = new Builder();
        if (trap != null) {
            builder.add(trap, Term.A);
        }
        builder.add(oracle, Term.B);
        DMatrixRMaj image = new DMatrixRMaj(oracle.numRows, 1);
        data.apply(oracle, image);
        builder.add(image, Term.C);
        if (leading > 0) {
            for (Eigenpair pair : eigen.largest(data, leading).pairs()) {
                if (pair.value() > 0) {
                    builder.add(pair.vector(), Term.C);
                }
            }
        }
        return new Dictionary(builder.directions, builder.terms);
    }

    public int size() {
        return directions.size();
    }

    private static final class Builder {

        private final List<DMatrixRMaj> directions = new ArrayList<>();
        private final List<Term> terms = new ArrayList<>();

        void add(DMatrixRMaj v, Term term) {
            double norm = Frobenius.norm(v);
            if (!(norm > 0) || !Double.isFinite(norm)) {
                return;
            }
            for (DMatrixRMaj earlier : directions) {
                if (Math.abs(Frobenius.dot(earlier, v)) > SAME * norm) {
                    return;
                }
            }
            DMatrixRMaj unit = v.copy();
            for (int i = 0; i < unit.numRows; i++) {
                unit.data[i] /= norm;
            }
            directions.add(unit);
            terms.add(term);
        }
    }
}

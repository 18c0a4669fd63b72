package io.escapement.run;

import io.escapement.event.Values;
import io.escapement.landscape.Judgement;
import io.escapement.landscape.Survey;
import io.escapement.linalg.Eigenpair;
import io.escapement.linalg.Frobenius;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * What a jump from a trap X̂ to an escape point X̌ was, with D = X̌ − X̂: {@code moved} = ‖D‖_F, and {@code curvatureCosine} =
 * |⟨D, V⟩| / (‖D‖_F ‖V‖_F) with V the eigenvector of λₘᵢₙ(∇²h(X̂)) as an n×r matrix, where the judge computed it. Of a repeated
 * eigenvalue V is one of many. Costs one pass over n·r numbers.
 */
final class Jump {

    private Jump() {}

    /** @return the figures that are known */
    static Map<String, Double> of(DMatrixRMaj trap, Judgement judgement, DMatrixRMaj landing) {
        if (trap.numRows != landing.numRows || trap.numCols != landing.numCols) {
            return Map.of();
        }
        DMatrixRMaj d = new DMatrixRMaj(trap.numRows, trap.numCols);
        Frobenius.add(landing, -1, trap, d);
        double moved = Frobenius.norm(d);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(Values.MOVED, moved);
        Optional<Eigenpair> bend =
                judgement == null ? Optional.empty() : judgement.survey().flatMap(Survey::knownCurvature);
        if (bend.isPresent() && moved > 0 && bend.get().vector().getNumElements() == d.getNumElements()) {
            DMatrixRMaj v = bend.get().vector();
            double norm = Math.sqrt(Frobenius.dot(v.data, v.data, d.getNumElements()));
            double product = Frobenius.dot(d.data, v.data, d.getNumElements());
            figures.put(Values.CURVATURE_COSINE, Math.min(1, Math.abs(product) / (moved * norm)));
        }
        return figures;
    }
}

package io.escapement.landscape;

import io.escapement.event.Point3;
import io.escapement.event.RunHeader;
import io.escapement.linalg.Frobenius;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.Evaluation;
import io.escapement.problem.GroundTruth;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Three orthonormal directions on which iterates are drawn: x ↦ (⟨a₁,x⟩, ⟨a₂,x⟩, ⟨a₃,x⟩). An iterate of at most three
 * entries is drawn as it is.
 */
public final class Projection {

    /** Below this fraction of its length a direction is taken to lie in the span of those before it. */
    private static final double INDEPENDENT = 1e-8;

    private static final String[] SUBSCRIPTS = {"₁", "₂", "₃"};

    private final List<DMatrixRMaj> axes;
    private final List<String> labels;
    private final String kind;

    private Projection(List<DMatrixRMaj> axes, List<String> labels, String kind) {
        this.axes = axes;
        this.labels = labels;
        this.kind = kind;
    }

    /**
     * The iterate itself where it has at most three entries. Otherwise the directions that the run starts with, made
     * orthonormal in this order: the truth (if given), the start, the gradient there, and the Hessian's image of that
     * gradient; unit vectors fill up where these are dependent.
     *
     * @param truth a factor of the problem's shape, or null
     */
    public static Projection of(CompositeProblem problem, DMatrixRMaj x0, DMatrixRMaj truth) {
        int entries = problem.rows() * problem.columns();
        List<DMatrixRMaj> axes = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        if (entries <= 3) {
            for (int i = 0; i < 3; i++) {
                DMatrixRMaj axis = new DMatrixRMaj(problem.rows(), problem.columns());
                if (i < entries) {
                    axis.data[i] = 1;
                }
                axes.add(axis);
                labels.add("x" + SUBSCRIPTS[i]);
            }
            return new Projection(axes, labels, "native");
        }
        if (truth != null && truth.numRows == problem.rows() && truth.numCols == problem.columns()) {
            extend(axes, labels, truth, "along the truth");
        }
        extend(axes, labels, x0, "along the start");
        Evaluation at = problem.evaluate(x0);
        extend(axes, labels, at.gradient(), "along the first gradient");
        if (axes.size() < 3) {
            DMatrixRMaj curved = new DMatrixRMaj(problem.rows(), problem.columns());
            problem.hessianProduct(at, at.gradient(), curved);
            extend(axes, labels, curved, "along the Hessian's image of it");
        }
        for (int i = 0; i < entries && axes.size() < 3; i++) {
            DMatrixRMaj unit = new DMatrixRMaj(problem.rows(), problem.columns());
            unit.data[i] = 1;
            extend(axes, labels, unit, "along entry " + (i + 1));
        }
        return new Projection(
                axes,
                labels,
                "orthonormal directions known at the start, each made perpendicular to the" + " ones before it");
    }

    private static void extend(List<DMatrixRMaj> axes, List<String> labels, DMatrixRMaj direction, String label) {
        double length = Frobenius.norm(direction);
        if (axes.size() == 3 || !(length > 0) || Double.isInfinite(length)) {
            return;
        }
        DMatrixRMaj axis = new DMatrixRMaj(direction.numRows, direction.numCols);
        Frobenius.add(axis, 1 / length, direction, axis);
        // Twice is enough: once leaves what rounding put back.
        for (int pass = 0; pass < 2; pass++) {
            for (DMatrixRMaj other : axes) {
                Frobenius.add(axis, -Frobenius.dot(other, axis), other, axis);
            }
        }
        double rest = Frobenius.norm(axis);
        if (rest < INDEPENDENT) {
            return;
        }
        DMatrixRMaj unit = new DMatrixRMaj(direction.numRows, direction.numCols);
        Frobenius.add(unit, 1 / rest, axis, unit);
        axes.add(unit);
        labels.add(label);
    }

    public Point3 apply(DMatrixRMaj x) {
        return new Point3(Frobenius.dot(axes.get(0), x), Frobenius.dot(axes.get(1), x), Frobenius.dot(axes.get(2), x));
    }

    /** One per axis. */
    public List<String> labels() {
        return labels;
    }

    /** "native", or how the axes were chosen. */
    public String kind() {
        return kind;
    }

    /**
     * For a run's header. XXᵀ = ZZᵀ leaves the sign of a single column open and any rotation of several: only the former can
     * be drawn.
     *
     * @param truth or null where it is not known
     */
    public RunHeader.Axes axes(CompositeProblem problem, GroundTruth truth) {
        boolean drawn = truth != null && problem.columns() == 1 && truth.factor().numCols == 1;
        return new RunHeader.Axes(
                labels, kind, drawn ? List.of(apply(truth.factor()), apply(negative(truth.factor()))) : List.of());
    }

    private static DMatrixRMaj negative(DMatrixRMaj x) {
        DMatrixRMaj out = new DMatrixRMaj(x.numRows, x.numCols);
        Frobenius.add(out, -1, x, out);
        return out;
    }
}

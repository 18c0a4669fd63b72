package io.escapement.sensing;

import io.escapement.problem.SensingOperator;
import org.ejml.data.DMatrixRMaj;

/** What {@link SensingOperator}'s primitives ask of their arguments, the same for every operator. */
final class PrimitiveArguments {

    private PrimitiveArguments() {}

    static void ofMeasure(SensingOperator operator, DMatrixRMaj x, DMatrixRMaj y, double[] out) {
        requireFactor(operator, "x", x);
        requireFactor(operator, "y", y);
        if (x.numCols != y.numCols) {
            throw new IllegalArgumentException(
                    "x has " + x.numCols + " columns and y has " + y.numCols + "; they must be the same");
        }
        requireLength(operator, "out", out);
    }

    static void ofBackproject(SensingOperator operator, double[] w, DMatrixRMaj v, DMatrixRMaj out) {
        requireFactor(operator, "v", v);
        requireLength(operator, "w", w);
        requireOther("v", v, out);
    }

    static void ofBoth(SensingOperator operator, DMatrixRMaj x, double[] b, double[] residual, DMatrixRMaj out) {
        requireFactor(operator, "x", x);
        requireLength(operator, "b", b);
        requireLength(operator, "residual", residual);
        requireOther("x", x, out);
    }

    private static void requireFactor(SensingOperator operator, String name, DMatrixRMaj factor) {
        if (factor.numRows != operator.dimension()) {
            throw new IllegalArgumentException(
                    name + " has " + factor.numRows + " rows; the operator takes " + operator.dimension());
        }
    }

    private static void requireLength(SensingOperator operator, String name, double[] values) {
        if (values.length < operator.measurements()) {
            throw new IllegalArgumentException(
                    name + " is " + values.length + " long; " + operator.measurements() + " are needed");
        }
    }

    private static void requireOther(String name, DMatrixRMaj in, DMatrixRMaj out) {
        if (out == in) {
            throw new IllegalArgumentException("out is " + name + "; another matrix is needed");
        }
    }
}

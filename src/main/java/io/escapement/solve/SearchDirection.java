package io.escapement.solve;

import io.escapement.linalg.Workspace;
import io.escapement.problem.Evaluation;
import org.ejml.data.DMatrixRMaj;

/** Search directions in scratch space. Slots 0 and 1 of the workspace belong to the problem's rays. */
final class SearchDirection {

    private static final int SLOT = 2;

    private SearchDirection() {}

    /** −∇h(x), valid until the next call with the same workspace. */
    static DMatrixRMaj steepest(Evaluation at, Workspace workspace) {
        DMatrixRMaj gradient = at.gradient();
        int length = gradient.getNumElements();
        double[] data = workspace.array(SLOT, length);
        for (int i = 0; i < length; i++) {
            data[i] = -gradient.data[i];
        }
        return DMatrixRMaj.wrap(gradient.numRows, gradient.numCols, data);
    }
}

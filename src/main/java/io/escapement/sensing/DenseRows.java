package io.escapement.sensing;

/**
 * The stored rows of a {@link DenseOperator}, in groups of four: row 4g + i is row i of group g; rows beyond the last are 0.
 * A group's stretches lie one after the other, so that a pass reads memory in one direction.
 */
interface DenseRows {

    int GROUP = 4;

    /** Row k, as long as the layout says. For the time of construction only. */
    void set(int k, double[] row);

    /**
     * out_i = ⟨row 4g + i, image⟩.
     *
     * @param partial four scratch arrays of {@link Stretches#WIDTH}
     * @param out four numbers
     */
    void dots(int group, double[][] image, double[][] partial, double[] out);

    /** sum += Σ_i weights_i · row 4g + i. */
    void add(int group, double[] weights, double[][] sum);

    /** Sum of the numbers in a group. */
    double total(int group);

    /** Bytes of the numbers stored. */
    long bytes();

    static int groups(int rows) {
        return (rows + GROUP - 1) / GROUP;
    }
}

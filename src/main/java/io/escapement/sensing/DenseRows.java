package io.escapement.sensing;

/** The stored rows of a {@link DenseOperator}, in groups of four: row 4g + i is row i of group g; those beyond the last are 0. */
interface DenseRows {

    int GROUP = 4;

    /** Numbers that are added up before the ones before them: what was read last is the nearest in the cache. */
    int SEGMENT = 2048;

    /** Row k. For the time of construction only. */
    void set(int k, double[] row);

    /** out_i = ⟨row 4g + i, image⟩; {@code out} holds four numbers. */
    void dots(int group, double[] image, double[] out);

    /** sum += Σ_i weights_i · row 4g + i. */
    void add(int group, double[] weights, double[] sum);

    /** Sum of the numbers in a group, to the precision they are stored in: as little as can be done with what is read. */
    double total(int group);

    /** Bytes of the numbers stored. */
    long bytes();

    static int groups(int rows) {
        return (rows + GROUP - 1) / GROUP;
    }
}

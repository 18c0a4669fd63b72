package io.escapement.sensing;

import io.escapement.problem.EntrywiseWeights;
import io.escapement.problem.FactorShape;
import io.escapement.problem.ResidualWeight;
import io.escapement.problem.RestrictedConstants;
import io.escapement.problem.SensingOperator;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Weighted entries of a matrix: ⟨A_k, M⟩ = c_k·M_ij, A_k = (c_k/2)(e_i e_jᵀ + e_j e_iᵀ), for symmetric n×n M. Matrix
 * completion, perturbed matrix completion ([LEAC] eq. 17) and ε-MC ([EMC] eq. 5).
 *
 * <p>Symmetric: entries i ≤ j with weight w_ij get c = w_ij on the diagonal and √2·w_ij off it, so that ½‖𝒜(M) − b‖²
 * = ½ Σ_ij w_ij²(M_ij − B_ij)² over both triangles. Rectangular n₁×n₂: entry (i, j) of XYᵀ is entry (i, n₁ + j) of ZZᵀ,
 * Z = [X; Y], with c = 1: ½ Σ ((XYᵀ)_ij − B_ij)².
 *
 * <p>A measurement's number is the operator's own (see {@link MaskTiles}): {@link #arrange} brings values there. Cost of a
 * primitive: m·r. Memory: 4 bytes an entry and 8 a row's stretch in a tile, and 8 an entry more where coefficients differ.
 * Large masks are worked on by several threads; the result does not depend on how many, bit for bit.
 *
 * <p>Over the usual length because the two primitives, the joint pass and what makes them share one layout of tiles.
 */
public final class MaskOperator implements SensingOperator, EntrywiseWeights {

    /** Entries times columns from which handing work to other threads pays. */
    private static final long WORTH_SHARING = 1L << 18;

    /** Numbers of factor rows that the joint pass looks up for residuals and again, then from the cache, for the gradient: 32 KB. */
    private static final int LOOKED_UP = 1 << 12;

    private final FactorShape shape;
    private final MaskTiles tiles;
    private final MaskKernel kernel;
    /** c_k/2, or null where every c_k is 1. */
    private final double[] half;

    private final RestrictedConstants constants;

    private MaskOperator(FactorShape shape, MaskTiles tiles, double[] half, RestrictedConstants constants) {
        this.shape = shape;
        this.tiles = tiles;
        this.kernel = Fastest.mask(tiles);
        this.half = half;
        this.constants = constants;
    }

    /** Weight of an entry. */
    @FunctionalInterface
    public interface Weight {
        /** w_ij, i ≤ j, from 0. */
        double of(int i, int j);
    }

    /**
     * Entries of a symmetric matrix, all of weight 1.
     *
     * @param upper entries i ≤ j
     * @throws IllegalArgumentException if an entry is below the diagonal
     */
    public static MaskOperator symmetric(EntryPattern upper) {
        return symmetric(upper, (i, j) -> 1);
    }

    /**
     * Weighted entries of a symmetric matrix.
     *
     * @param upper entries i ≤ j
     * @param weight finite and not 0
     * @throws IllegalArgumentException if an entry is below the diagonal or a weight does not fit
     */
    public static MaskOperator symmetric(EntryPattern upper, Weight weight) {
        Objects.requireNonNull(weight, "weight");
        if (!upper.isUpperTriangular()) {
            throw new IllegalArgumentException("the pattern, " + upper
                    + ", is not the upper triangle of a square matrix; a symmetric mask lists each entry once, i ≤ j");
        }
        int n = upper.rows();
        MaskTiles tiles = new MaskTiles(n, upper, 0);
        return symmetric(tiles, n, weight);
    }

    static MaskOperator symmetric(MaskTiles tiles, int n, Weight weight) {
        double[] half = new double[tiles.column.length];
        double[] range = {Double.POSITIVE_INFINITY, 0};
        tiles.forEachRowMajor((rowMajor, k, i, j) -> {
            double w = weight.of(i, j);
            if (!Double.isFinite(w) || w == 0) {
                throw new IllegalArgumentException("weight of entry (" + i + ", " + j + ") is " + w
                        + "; a finite number other than 0 is needed (leave an entry out to ignore it)");
            }
            half[k] = (i == j ? 0.5 : Math.sqrt(0.5)) * w;
            range[0] = Math.min(range[0], w * w);
            range[1] = Math.max(range[1], w * w);
        });
        boolean full = half.length == (long) n * (n + 1) / 2;
        RestrictedConstants constants = new RestrictedConstants(
                full ? range[0] : 0,
                range[1],
                full ? "exact: squared weights" : "exact: squared weights, and entries that are not seen");
        return new MaskOperator(FactorShape.psd(n), tiles, half, constants);
    }

    /** Entries of an n₁×n₂ matrix XYᵀ, all of weight 1, as measurements of the (n₁ + n₂)-row factor Z = [X; Y]. */
    public static MaskOperator rectangular(EntryPattern entries) {
        int n1 = entries.rows();
        int n2 = entries.columns();
        if ((long) n1 + n2 > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("a " + n1 + "×" + n2
                    + " matrix has too many rows and columns; at most 2^31 − 9 together are possible");
        }
        return rectangular(new MaskTiles(n1 + n2, entries, n1), n1, n2);
    }

    static MaskOperator rectangular(MaskTiles tiles, int n1, int n2) {
        // ‖𝒜(M)‖² is at most the square of one off-diagonal block, and a symmetric M has two of them: ≤ ½‖M‖²,
        // with equality at e_i e_jᵀ + e_j e_iᵀ. The diagonal blocks are not seen at all.
        RestrictedConstants constants = new RestrictedConstants(
                0, tiles.column.length == 0 ? 0 : 0.5, "exact: off-diagonal block of a symmetric matrix");
        return new MaskOperator(FactorShape.asymmetric(n1, n2), tiles, null, constants);
    }

    MaskTiles tiles() {
        return tiles;
    }

    public FactorShape shape() {
        return shape;
    }

    @Override
    public int dimension() {
        return shape.rows();
    }

    @Override
    public int measurements() {
        return tiles.column.length;
    }

    @Override
    public RestrictedConstants constants() {
        return constants;
    }

    /** Brings values listed in the pattern's row-major order into the order of measurements. */
    public double[] arrange(double[] rowMajor) {
        if (rowMajor.length != measurements()) {
            throw new IllegalArgumentException(
                    rowMajor.length + " values are given; the mask has " + measurements() + " entries");
        }
        double[] arranged = new double[rowMajor.length];
        tiles.forEachRowMajor((from, to, i, j) -> arranged[to] = rowMajor[from]);
        return arranged;
    }

    /** Receives measurement k: c_k·M_ij of the symmetric M (for a rectangular mask j ≥ n₁). */
    @FunctionalInterface
    public interface EntryVisitor {
        void entry(int k, int i, int j, double coefficient);
    }

    /** Visits the entries in row-major order. */
    public void forEachEntry(EntryVisitor visitor) {
        tiles.forEachRowMajor((rowMajor, k, i, j) -> visitor.entry(k, i, j, half == null ? 1 : 2 * half[k]));
    }

    @Override
    public DMatrixRMaj squaredWeights() {
        DMatrixRMaj weights = new DMatrixRMaj(dimension(), dimension());
        forEachEntry((k, i, j, c) -> {
            double squared = i == j ? c * c : 0.5 * c * c;
            weights.set(i, j, squared);
            weights.set(j, i, squared);
        });
        return weights;
    }

    @Override
    public void measure(DMatrixRMaj x, DMatrixRMaj y, double[] out) {
        PrimitiveArguments.ofMeasure(this, x, y, out);
        int blocks = tiles.blocks();
        tasks(blocks * blocks, x.numCols).forEach(tile -> measureTile(tile, x, y, out));
    }

    private void measureTile(int tile, DMatrixRMaj x, DMatrixRMaj y, double[] out) {
        measureSegments(tiles.tileSegment[tile], tiles.tileSegment[tile + 1], x, y, out);
    }

    private void measureSegments(int from, int to, DMatrixRMaj x, DMatrixRMaj y, double[] out) {
        boolean same = x == y;
        if (same) {
            kernel.inner(from, to, x.data, x.numCols, out);
        } else {
            kernel.cross(from, to, x.data, y.data, x.numCols, out);
        }
        int lo = tiles.segmentStart[from];
        int hi = tiles.segmentStart[to];
        double scale = same ? 2 : 1;
        if (half != null) {
            for (int k = lo; k < hi; k++) {
                out[k] *= scale * half[k];
            }
        } else if (!same) {
            for (int k = lo; k < hi; k++) {
                out[k] *= 0.5;
            }
        }
    }

    @Override
    public void backproject(double[] w, DMatrixRMaj v, DMatrixRMaj out) {
        PrimitiveArguments.ofBackproject(this, w, v, out);
        out.reshape(v.numRows, v.numCols);
        tasks(tiles.blocks(), v.numCols).forEach(block -> backprojectBlock(block, w, v, out));
    }

    /** Rows of one block: from the tiles above it in its block column, its diagonal tile, those right of it. */
    private void backprojectBlock(int block, double[] w, DMatrixRMaj v, DMatrixRMaj out) {
        clear(block, out);
        scatterColumns(block, w, v, out);
        int[] segment = tiles.tileSegment;
        int diagonal = tiles.tile(block, block);
        kernel.scatterBoth(segment[diagonal], segment[diagonal + 1], w, half, v.data, v.numCols, out.data);
        for (int other = block + 1; other < tiles.blocks(); other++) {
            int tile = tiles.tile(block, other);
            kernel.scatterRows(segment[tile], segment[tile + 1], w, half, v.data, v.numCols, out.data);
        }
        halve(block, out);
    }

    private void clear(int block, DMatrixRMaj out) {
        Arrays.fill(out.data, tiles.blockStart[block] * out.numCols, tiles.blockStart[block + 1] * out.numCols, 0);
    }

    private void scatterColumns(int block, double[] w, DMatrixRMaj v, DMatrixRMaj out) {
        int[] segment = tiles.tileSegment;
        for (int other = 0; other < block; other++) {
            int tile = tiles.tile(other, block);
            kernel.scatterColumns(segment[tile], segment[tile + 1], w, half, v.data, v.numCols, out.data);
        }
    }

    private void halve(int block, DMatrixRMaj out) {
        if (half == null) {
            int end = tiles.blockStart[block + 1] * out.numCols;
            for (int e = tiles.blockStart[block] * out.numCols; e < end; e++) {
                out.data[e] *= 0.5;
            }
        }
    }

    @Override
    public void residualAndBackprojection(DMatrixRMaj x, double[] b, double[] residual, DMatrixRMaj out) {
        PrimitiveArguments.ofBoth(this, x, b, residual, out);
        onePass(x, b, null, residual, residual, out);
    }

    @Override
    public void residualAndBackprojection(
            DMatrixRMaj x, double[] b, ResidualWeight weight, double[] residual, DMatrixRMaj out) {
        PrimitiveArguments.ofBoth(this, x, b, residual, out);
        onePass(x, b, Objects.requireNonNull(weight, "weight"), residual, new double[measurements()], out);
    }

    /** Residuals, and what comes from right of a row, while its factor rows are in the cache; then what comes from above. */
    private void onePass(
            DMatrixRMaj x, double[] b, ResidualWeight weight, double[] residual, double[] w, DMatrixRMaj out) {
        out.reshape(x.numRows, x.numCols);
        tasks(tiles.blocks(), x.numCols).forEach(block -> {
            clear(block, out);
            for (int other = block; other < tiles.blocks(); other++) {
                int tile = tiles.tile(block, other);
                int end = tiles.tileSegment[tile + 1];
                for (int from = tiles.tileSegment[tile]; from < end; ) {
                    int to = stretch(from, end, x.numCols);
                    measureSegments(from, to, x, x, residual);
                    weigh(from, to, b, weight, residual, w);
                    if (other == block) {
                        kernel.scatterBoth(from, to, w, half, x.data, x.numCols, out.data);
                    } else {
                        kernel.scatterRows(from, to, w, half, x.data, x.numCols, out.data);
                    }
                    from = to;
                }
            }
        });
        tasks(tiles.blocks(), x.numCols).forEach(block -> {
            scatterColumns(block, w, x, out);
            halve(block, out);
        });
    }

    /** End of the segments from {@code from} on whose entries look up some {@link #LOOKED_UP} numbers; at least one segment. */
    private int stretch(int from, int end, int columns) {
        int most = tiles.segmentStart[from] + Math.max(1, LOOKED_UP / columns);
        int to = from + 1;
        while (to < end && tiles.segmentStart[to + 1] <= most) {
            to++;
        }
        return to;
    }

    private void weigh(int from, int to, double[] b, ResidualWeight weight, double[] residual, double[] w) {
        int lo = tiles.segmentStart[from];
        int hi = tiles.segmentStart[to];
        for (int k = lo; k < hi; k++) {
            residual[k] -= b[k];
        }
        if (weight != null) {
            for (int k = lo; k < hi; k++) {
                w[k] = weight.at(k, residual[k]);
            }
        }
    }

    /** Bytes of the pattern and the coefficients. */
    public long bytes() {
        return 4L * (tiles.column.length + tiles.segmentRow.length + tiles.segmentStart.length)
                + (half == null ? 0 : 8L * half.length);
    }

    private IntStream tasks(int count, int columns) {
        IntStream tasks = IntStream.range(0, count);
        return count > 1 && (long) measurements() * columns >= WORTH_SHARING ? tasks.parallel() : tasks;
    }

    @Override
    public String toString() {
        return measurements() + " entries of a " + shape.imageRows() + "×" + shape.imageColumns()
                + (shape.symmetric() ? " symmetric matrix" : " matrix");
    }
}

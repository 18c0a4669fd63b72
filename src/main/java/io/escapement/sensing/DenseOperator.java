package io.escapement.sensing;

import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.SymmetricOperator;
import io.escapement.problem.FactorShape;
import io.escapement.problem.ResidualWeight;
import io.escapement.problem.RestrictedConstants;
import io.escapement.problem.SensingOperator;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Explicit rows: ⟨A_k, M⟩ = Σ_ij (A_k)_ij M_ij. Symmetric: of a square A_k only (A_k + A_kᵀ)/2 matters, and its n(n + 1)/2
 * numbers are stored once. Asymmetric: n₁·n₂ numbers, acting on XYᵀ, the upper right block of ZZᵀ for Z = [X; Y].
 *
 * <p>Cost: reading the rows. So value and gradient come from one pass: for four rows at a time r_k = ⟨A_k, M⟩ − b_k, then
 * G += Σ r_k A_k while they are in the second-level cache. Blocks of rows are worked on in parallel, each with a G of its own; the
 * blocks and the order in which their G are added depend on m alone, so the result does not depend on the number of threads,
 * bit for bit. That number is the one of the fork-join pool that calls, by default the common one.
 *
 * <p>Memory: the rows, and for each call that is under way at the same time 17 rows of scratch (an image
 * and a G for each block), kept for the next call.
 *
 * <p>Over the usual length because the two primitives and the joint pass share the blocks and their scratch.
 */
public final class DenseOperator implements SensingOperator {

    /** Entries from which handing blocks to other threads pays. */
    private static final long WORTH_SHARING = 1L << 18;

    private static final int MOST_BLOCKS = 16;
    private static final int LEAST_GROUPS = 8;

    private final DenseForm form;
    private final int m;
    private final DenseRows rows;
    /** Block i is the groups {@code blockStart[i]} to {@code blockStart[i + 1]} − 1. */
    private final int[] blockStart;

    private final ConcurrentLinkedQueue<Scratch> idle = new ConcurrentLinkedQueue<>();
    private volatile RestrictedConstants constants;

    /** Gives the matrices of measurements, one after the other. */
    @FunctionalInterface
    public interface RowSource {
        /**
         * @param k from 0, each once and in order
         * @param a A_k row by row, imageRows·imageColumns numbers to be overwritten
         */
        void row(int k, double[] a);
    }

    /** How a stored number is held. */
    public enum Precision {
        DOUBLE,
        /** Half the memory; sums remain in double precision. */
        SINGLE
    }

    /**
     * @param m number of measurements, at least 1
     * @throws IllegalArgumentException if m does not fit or an entry is not finite
     */
    public DenseOperator(FactorShape shape, int m, RowSource source, Precision precision) {
        this(shape, m, source, precision, RowKernel.fastest());
    }

    DenseOperator(FactorShape shape, int m, RowSource source, Precision precision, RowKernel kernel) {
        if (m < 1) {
            throw new IllegalArgumentException("m is " + m + "; at least 1 measurement is needed");
        }
        Objects.requireNonNull(source, "source");
        this.form = new DenseForm(shape);
        this.m = m;
        this.rows = precision == Precision.DOUBLE
                ? new DoubleRows(kernel, m, form.length())
                : new FloatRows(kernel, m, form.length());
        int groups = DenseRows.groups(m);
        int blocks = Math.max(1, Math.min(MOST_BLOCKS, groups / LEAST_GROUPS));
        this.blockStart = IntStream.rangeClosed(0, blocks)
                .map(i -> (int) ((long) groups * i / blocks))
                .toArray();
        double[] a = new double[Math.multiplyExact(shape.imageRows(), shape.imageColumns())];
        double[] row = new double[form.length()];
        for (int k = 0; k < m; k++) {
            source.row(k, a);
            requireFinite(k, a);
            form.pack(a, row);
            rows.set(k, row);
        }
    }

    private void requireFinite(int k, double[] a) {
        for (int e = 0; e < a.length; e++) {
            if (!Double.isFinite(a[e])) {
                int columns = shape().imageColumns();
                throw new IllegalArgumentException("entry (" + e / columns + ", " + e % columns + ") of measurement "
                        + k + " is " + a[e] + "; a finite number is needed");
            }
        }
    }

    /** What the loops over rows are made of in this Java: plain Java, or vectors of so many doubles. */
    public static String arithmetic() {
        return RowKernel.fastest().toString();
    }

    public FactorShape shape() {
        return form.shape();
    }

    @Override
    public int dimension() {
        return shape().rows();
    }

    @Override
    public int measurements() {
        return m;
    }

    /**
     * 0 and ‖𝒜‖², over all symmetric matrices: over those of low rank α_s is larger and L_s smaller, but neither is known. Found when
     * first asked for: that reads the rows some 60 times.
     */
    @Override
    public RestrictedConstants constants() {
        RestrictedConstants known = constants;
        if (known == null) {
            double norm = EigenSolver.standard().withDenseLimit(0).norm(new Gram());
            known = new RestrictedConstants(
                    0, norm, "all matrices: 0 to ‖𝒜‖², the latter by Lanczos, from below to a per cent");
            constants = known;
        }
        return known;
    }

    /** Bytes of the stored rows, those that fill up the last four included. */
    public long bytes() {
        return rows.bytes();
    }

    /** Sum of all stored numbers, in their precision: reads them once, which is the least that a pass can cost. */
    public double total() {
        double[] totals = new double[blocks()];
        tasks().forEach(block -> {
            for (int group = blockStart[block]; group < blockStart[block + 1]; group++) {
                totals[block] += rows.total(group);
            }
        });
        return Arrays.stream(totals).sum();
    }

    @Override
    public void measure(DMatrixRMaj x, DMatrixRMaj y, double[] out) {
        PrimitiveArguments.ofMeasure(this, x, y, out);
        borrow(scratch -> {
            form.image(x, y, scratch.row);
            measureRow(scratch, out);
        });
    }

    @Override
    public void backproject(double[] w, DMatrixRMaj v, DMatrixRMaj out) {
        PrimitiveArguments.ofBackproject(this, w, v, out);
        borrow(scratch -> {
            backprojectRow(scratch, w);
            form.times(scratch.row, v, out);
        });
    }

    @Override
    public void residualAndBackprojection(DMatrixRMaj x, double[] b, double[] residual, DMatrixRMaj out) {
        residualAndBackprojection(x, b, (k, r) -> r, residual, out);
    }

    @Override
    public void residualAndBackprojection(
            DMatrixRMaj x, double[] b, ResidualWeight weight, double[] residual, DMatrixRMaj out) {
        PrimitiveArguments.ofBoth(this, x, b, residual, out);
        borrow(scratch -> {
            form.image(x, x, scratch.row);
            tasks().forEach(block -> {
                BlockScratch own = scratch.begin(block);
                for (int group = blockStart[block]; group < blockStart[block + 1]; group++) {
                    rows.dots(group, scratch.row, own.four);
                    int first = group * DenseRows.GROUP;
                    for (int i = 0; i < DenseRows.GROUP; i++) {
                        int k = first + i;
                        if (k < m) {
                            residual[k] = own.four[i] - b[k];
                            own.four[i] = weight.at(k, residual[k]);
                        } else {
                            own.four[i] = 0;
                        }
                    }
                    rows.add(group, own.four, own.sum);
                }
            });
            scratch.addUp();
            form.times(scratch.row, x, out);
        });
    }

    /** out_k = stored row k times {@code scratch.row}. */
    private void measureRow(Scratch scratch, double[] out) {
        tasks().forEach(block -> {
            BlockScratch own = scratch.blocks[block];
            for (int group = blockStart[block]; group < blockStart[block + 1]; group++) {
                rows.dots(group, scratch.row, own.four);
                int first = group * DenseRows.GROUP;
                System.arraycopy(own.four, 0, out, first, Math.min(DenseRows.GROUP, m - first));
            }
        });
    }

    /** {@code scratch.row} = Σ w_k times stored row k. */
    private void backprojectRow(Scratch scratch, double[] w) {
        tasks().forEach(block -> {
            BlockScratch own = scratch.begin(block);
            for (int group = blockStart[block]; group < blockStart[block + 1]; group++) {
                int first = group * DenseRows.GROUP;
                for (int i = 0; i < DenseRows.GROUP; i++) {
                    own.four[i] = first + i < m ? w[first + i] : 0;
                }
                rows.add(group, own.four, own.sum);
            }
        });
        scratch.addUp();
    }

    private int blocks() {
        return blockStart.length - 1;
    }

    private IntStream tasks() {
        IntStream tasks = IntStream.range(0, blocks());
        return blocks() > 1 && (long) m * form.length() >= WORTH_SHARING ? tasks.parallel() : tasks;
    }

    @FunctionalInterface
    private interface Work {
        void with(Scratch scratch);
    }

    private void borrow(Work work) {
        Scratch scratch = idle.poll();
        if (scratch == null) {
            scratch = new Scratch();
        }
        work.with(scratch);
        idle.add(scratch);
    }

    /** What one call writes to before it has its answer. */
    private final class Scratch {
        final double[] row = new double[form.length()];
        final BlockScratch[] blocks = new BlockScratch[blocks()];

        Scratch() {
            Arrays.setAll(blocks, i -> new BlockScratch(form.length()));
        }

        BlockScratch begin(int block) {
            Arrays.fill(blocks[block].sum, 0);
            return blocks[block];
        }

        /** row = the blocks' sums, added in their order. */
        void addUp() {
            System.arraycopy(blocks[0].sum, 0, row, 0, row.length);
            for (int i = 1; i < blocks.length; i++) {
                plus(blocks[i].sum, row);
            }
        }

        private void plus(double[] more, double[] sum) {
            for (int j = 0; j < sum.length; j++) {
                sum[j] += more[j];
            }
        }
    }

    private static final class BlockScratch {
        final double[] sum;
        final double[] four = new double[DenseRows.GROUP];

        BlockScratch(int length) {
            sum = new double[length];
        }
    }

    /** 𝒜𝒜* on Rᵐ, with the Frobenius inner product of symmetric matrices between the two. */
    private final class Gram implements SymmetricOperator {

        @Override
        public int dimension() {
            return m;
        }

        @Override
        public void apply(DMatrixRMaj v, DMatrixRMaj out) {
            out.reshape(m, v.numCols);
            double[] w = new double[m];
            for (int t = 0; t < v.numCols; t++) {
                for (int k = 0; k < m; k++) {
                    w[k] = v.get(k, t);
                }
                borrow(scratch -> {
                    backprojectRow(scratch, w);
                    form.asImage(scratch.row);
                    measureRow(scratch, w);
                });
                for (int k = 0; k < m; k++) {
                    out.set(k, t, w[k]);
                }
            }
        }
    }

    @Override
    public String toString() {
        return m + " dense measurements of a " + shape().imageRows() + "×" + shape().imageColumns()
                + (shape().symmetric() ? " symmetric matrix" : " matrix");
    }
}

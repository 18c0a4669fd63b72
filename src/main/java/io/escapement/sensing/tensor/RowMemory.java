package io.escapement.sensing.tensor;

import io.escapement.problem.cp.CpShape;
import io.escapement.sensing.DenseOperator.Precision;
import java.util.Locale;

/**
 * Whether rows fit, asked before they are drawn: drawing takes seconds a gigabyte, and the error that would end it names nothing.
 *
 * @param available bytes that may be taken
 */
record RowMemory(long available) {

    /** Tensors that a dense operator and a solver's step hold beside the rows. */
    private static final int TENSORS = 24;

    private static final double GIGABYTE = 1e9;

    /** What the heap may still grow by, and what is free of it. */
    static RowMemory ofThisProgram() {
        Runtime runtime = Runtime.getRuntime();
        return new RowMemory(runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory()));
    }

    /** @throws IllegalArgumentException if they do not fit */
    void require(CpShape shape, int m, Precision precision) {
        double row = shape.entries() * (precision == Precision.DOUBLE ? Double.BYTES : Float.BYTES);
        double beside = TENSORS * shape.entries() * Double.BYTES;
        if (m * row + beside > available) {
            long most = (long) Math.max(0, (available - beside) / row);
            throw new IllegalArgumentException("m is " + m + "; that many rows on a " + shape + " tensor take "
                    + gigabytes(m * row) + ", and " + gigabytes((double) available)
                    + " of memory are left (java -Xmx gives more): "
                    + (most > 0 ? "at most " + most + " rows fit" : "not one row fits, a smaller tensor is needed"));
        }
    }

    private static String gigabytes(double bytes) {
        return String.format(Locale.ROOT, "%.2g GB", bytes / GIGABYTE);
    }
}

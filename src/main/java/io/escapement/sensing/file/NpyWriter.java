package io.escapement.sensing.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.ejml.data.DMatrixRMaj;

/** Writes a matrix as a NumPy array: format 1.0, {@code <f8}, C order, the header filled with blanks to a multiple of 64 bytes. */
public final class NpyWriter {

    private static final int ALIGNMENT = 64;
    private static final int FIXED = 10;

    private NpyWriter() {}

    /** Gives an entry of the matrix. */
    @FunctionalInterface
    interface Entries {
        double at(int i, int j);
    }

    /** Replaces {@code target} once it is complete. */
    public static void write(DMatrixRMaj matrix, Path target) throws IOException {
        WholeFile.write(target, out -> write(matrix.numRows, matrix.numCols, matrix::get, out));
    }

    static void write(int rows, int columns, Entries entries, OutputStream out) throws IOException {
        String dict = "{'descr': '<f8', 'fortran_order': False, 'shape': (" + rows + ", " + columns + "), }";
        int length = (FIXED + dict.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT - FIXED;
        String header = dict + " ".repeat(length - dict.length() - 1) + "\n";
        out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) length, (byte) (length >> 8)});
        out.write(header.getBytes(StandardCharsets.ISO_8859_1));
        ByteBuffer row =
                ByteBuffer.allocate(Math.multiplyExact(Double.BYTES, columns)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < rows; i++) {
            row.clear();
            for (int j = 0; j < columns; j++) {
                row.putDouble(entries.at(i, j));
            }
            out.write(row.array());
        }
    }
}

package io.escapement.sensing.file;

import io.escapement.sensing.EntryPattern;
import io.escapement.sensing.GrowingDoubles;
import io.escapement.sensing.GrowingInts;
import io.escapement.sensing.ObservedMatrix;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A NumPy array that is read once from front to back, a few thousand elements at a time. Its header is checked against the size
 * of the file before anything is allocated.
 */
final class NpyArray {

    private static final int CHUNK = 1 << 16;

    private final String name;
    private final InputStream in;
    private final NpyHeader header;
    private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
    private long taken;

    /** @param atMost bytes that can come, header included */
    NpyArray(String name, InputStream in, long atMost) throws IOException {
        this.name = name;
        this.in = in;
        this.header = NpyHeader.read(name, in);
        long count = header.count();
        int size = header.type().size();
        long there = atMost - header.start();
        if (count > there / size) {
            throw MalformedInput.atByte(
                    name,
                    header.start(),
                    "the header declares " + header
                            + (count == Long.MAX_VALUE
                                    ? ""
                                    : ", " + count + " numbers of " + size + (size == 1 ? " byte" : " bytes"))
                            + ", and at most " + there
                            + " bytes follow it; the file is cut short, or its header is wrong");
        }
        if (count == 0) {
            throw MalformedInput.atByte(
                    name, header.start(), "the array, " + header + ", is empty; numbers are needed");
        }
    }

    NpyHeader header() {
        return header;
    }

    /** Reads the next elements. */
    void next(double[] out, int from, int count) throws IOException {
        int size = header.type().size();
        int done = 0;
        while (done < count) {
            int now = Math.min(count - done, CHUNK / size);
            int bytes = in.readNBytes(buffer.array(), 0, now * size);
            if (bytes < now * size) {
                throw MalformedInput.atByte(
                        name,
                        header.start() + taken * size + bytes,
                        "the file ends after " + (taken + bytes / size) + " of the " + header.count() + " numbers that "
                                + header + " needs");
            }
            buffer.clear();
            header.type().decode(buffer, out, from + done, now);
            done += now;
            taken += now;
        }
    }

    /** @throws MalformedInput if anything follows the last element */
    void requireEnd() throws IOException {
        if (in.read() >= 0) {
            throw MalformedInput.atByte(
                    name,
                    header.start() + header.count() * header.type().size(),
                    "more follows the " + header.count() + " numbers of " + header + "; one array is needed");
        }
    }

    /** At an element that was read, counted from 0 in the order of the file. */
    MalformedInput malformed(long element, String problem) {
        return MalformedInput.atByte(
                name, header.start() + element * header.type().size(), problem);
    }

    /** What the array is, and what would be needed. */
    MalformedInput wrongShape(String needed) {
        return MalformedInput.atByte(name, header.start(), "the array is " + header + "; " + needed);
    }

    /** A vector of finite numbers, of shape (m,), (m, 1) or (1, m). */
    double[] vector() throws IOException {
        long longest = header.shape().stream().mapToLong(size -> size).max().orElse(0);
        if (longest != header.count()
                || longest > Integer.MAX_VALUE - 8
                || header.shape().size() > 2) {
            throw wrongShape("b must be a vector, one number for each measurement");
        }
        HeapRoom.require(name, 8.0 * longest, "a vector of " + longest + " numbers");
        double[] vector = new double[(int) longest];
        next(vector, 0, vector.length);
        for (int k = 0; k < vector.length; k++) {
            if (!Double.isFinite(vector[k])) {
                throw malformed(k, "b[" + k + "] is " + vector[k] + "; a finite number is needed");
            }
        }
        requireEnd();
        return vector;
    }

    /** A matrix to complete: NaN where an entry is missing. */
    MatrixFile matrix() throws IOException {
        if (header.shape().size() == 3) {
            throw wrongShape("with --b FILE it would be measurements, A[k] of the k-th; alone a matrix with NaN where"
                    + " entries are missing is needed");
        }
        long rows = header.shape().size() == 2 ? header.shape().get(0) : 0;
        long columns = rows == 0 ? 0 : header.shape().get(1);
        if (rows < 2 || columns < 2 || Math.max(rows, columns) > EntryList.LARGEST_INDEX) {
            throw wrongShape("a matrix of at least 2 rows and 2 columns is needed, NaN where entries are missing");
        }
        ObservedMatrix matrix =
                header.fortran() ? byColumns((int) rows, (int) columns) : byRows((int) rows, (int) columns);
        requireEnd();
        if (matrix.entries().size() == 0) {
            throw wrongShape("every entry is NaN, and one that is known is needed");
        }
        return new MatrixFile(name, FileFormat.NPY, matrix, Optional.empty());
    }

    private ObservedMatrix byRows(int rows, int columns) throws IOException {
        HeapRoom.require(name, 4.0 * rows + 8.0 * columns, "a matrix of " + rows + " rows");
        int[] rowStart = new int[rows + 1];
        GrowingInts column = new GrowingInts();
        GrowingDoubles values = new GrowingDoubles();
        double[] row = new double[columns];
        for (int i = 0; i < rows; i++) {
            next(row, 0, columns);
            for (int j = 0; j < columns; j++) {
                requireFiniteOrMissing(i, j, row[j], (long) i * columns + j);
                if (!Double.isNaN(row[j])) {
                    column.add(j);
                    values.add(row[j]);
                }
            }
            rowStart[i + 1] = column.size();
        }
        return new ObservedMatrix(new EntryPattern(columns, rowStart, column.toArray()), values.toArray(), false);
    }

    private ObservedMatrix byColumns(int rows, int columns) throws IOException {
        HeapRoom.require(name, 4.0 * columns + 8.0 * rows, "a matrix of " + columns + " columns");
        EntryList entries = new EntryList(false, 0);
        double[] one = new double[rows];
        for (int j = 0; j < columns; j++) {
            next(one, 0, rows);
            for (int i = 0; i < rows; i++) {
                requireFiniteOrMissing(i, j, one[i], (long) j * rows + i);
                entries.add(i, j, one[i]);
            }
        }
        return entries.matrix(rows, columns);
    }

    private void requireFiniteOrMissing(int i, int j, double value, long element) throws MalformedInput {
        if (Double.isInfinite(value)) {
            throw malformed(
                    element, "entry [" + i + ", " + j + "] is " + value + "; a finite number is needed, or NaN");
        }
    }
}

package io.escapement.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Rows of a {@link SeriesTable} as bytes. A column of r numbers is written as 8 planes, the highest bytes of all r first,
 * because neighbours share sign and exponent; then everything is deflated at its fastest. Exact to the bit.
 */
final class SeriesCodec {

    private static final int VERSION = 1;
    private static final int POINTS = 1;
    private static final int WIDTH = Long.BYTES;

    private SeriesCodec() {}

    /** Rows {@code start} to {@code end} − 1. */
    static byte[] write(SeriesTable table, int start, int end) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes, deflater, 8192))) {
            out.writeByte(VERSION);
            out.writeByte(table.level);
            out.writeInt(end - start);
            out.writeByte(table.points == null ? 0 : POINTS);
            out.writeByte(table.lines.length);
            for (SeriesLine line : table.lines) {
                out.writeUTF(line.name);
                out.writeBoolean(line.nonFinite != null);
            }
            byte[] planes = new byte[WIDTH * (end - start)];
            longs(out, table.bucket, start, end, planes);
            longs(out, table.iteration, start, end, planes);
            longs(out, table.present, start, end, planes);
            longs(out, table.changed, start, end, planes);
            ints(out, table.segment, start, end, planes);
            doubles(out, table.elapsed, start, end, planes);
            if (table.points != null) {
                doubles(out, table.points.x, start, end, planes);
                doubles(out, table.points.y, start, end, planes);
                doubles(out, table.points.z, start, end, planes);
            }
            for (SeriesLine line : table.lines) {
                doubles(out, line.last, start, end, planes);
                if (line.first != null) {
                    doubles(out, line.first, start, end, planes);
                    doubles(out, line.min, start, end, planes);
                    doubles(out, line.max, start, end, planes);
                }
                if (line.nonFinite != null) {
                    ints(out, line.nonFinite, start, end, planes);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an array of bytes failed", e);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    /** @throws UncheckedIOException if the bytes are not what {@link #write} makes */
    static SeriesTable read(byte[] data) {
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(data)))) {
            int version = in.readUnsignedByte();
            if (version != VERSION) {
                throw new IOException("version of the series is " + version + "; " + VERSION + " is known here");
            }
            int level = in.readUnsignedByte();
            int rows = in.readInt();
            boolean points = in.readUnsignedByte() == POINTS;
            SeriesLine[] lines = new SeriesLine[in.readUnsignedByte()];
            for (int i = 0; i < lines.length; i++) {
                lines[i] = new SeriesLine(in.readUTF(), rows, level > 0);
                lines[i].nonFinite = in.readBoolean() ? new int[rows] : null;
            }
            SeriesTable table = SeriesTable.unbounded(level);
            table.rows = rows;
            table.lines = lines;
            byte[] planes = new byte[WIDTH * rows];
            table.bucket = longs(in, rows, planes);
            table.iteration = longs(in, rows, planes);
            table.present = longs(in, rows, planes);
            table.changed = longs(in, rows, planes);
            table.segment = ints(in, rows, planes);
            table.elapsed = doubles(in, rows, planes);
            if (points) {
                table.points = new PointColumns(
                        doubles(in, rows, planes), doubles(in, rows, planes), doubles(in, rows, planes));
            }
            for (SeriesLine line : lines) {
                line.last = doubles(in, rows, planes);
                if (level > 0) {
                    line.first = doubles(in, rows, planes);
                    line.min = doubles(in, rows, planes);
                    line.max = doubles(in, rows, planes);
                }
                if (line.nonFinite != null) {
                    line.nonFinite = ints(in, rows, planes);
                }
            }
            return table;
        } catch (IOException e) {
            throw new UncheckedIOException("stored series cannot be read: " + e.getMessage(), e);
        }
    }

    private static void longs(DataOutputStream out, long[] column, int start, int end, byte[] planes)
            throws IOException {
        int rows = end - start;
        for (int r = 0; r < rows; r++) {
            put(planes, rows, r, column[start + r]);
        }
        out.write(planes, 0, WIDTH * rows);
    }

    private static void ints(DataOutputStream out, int[] column, int start, int end, byte[] planes) throws IOException {
        int rows = end - start;
        for (int r = 0; r < rows; r++) {
            put(planes, rows, r, column[start + r]);
        }
        out.write(planes, 0, WIDTH * rows);
    }

    private static void doubles(DataOutputStream out, double[] column, int start, int end, byte[] planes)
            throws IOException {
        int rows = end - start;
        for (int r = 0; r < rows; r++) {
            put(planes, rows, r, Double.doubleToRawLongBits(column[start + r]));
        }
        out.write(planes, 0, WIDTH * rows);
    }

    private static void put(byte[] planes, int rows, int r, long bits) {
        for (int b = 0; b < WIDTH; b++) {
            planes[b * rows + r] = (byte) (bits >>> (56 - 8 * b));
        }
    }

    private static long get(byte[] planes, int rows, int r) {
        long bits = 0;
        for (int b = 0; b < WIDTH; b++) {
            bits = bits << 8 | (planes[b * rows + r] & 0xff);
        }
        return bits;
    }

    private static long[] longs(DataInputStream in, int rows, byte[] planes) throws IOException {
        in.readFully(planes);
        long[] column = new long[rows];
        for (int r = 0; r < rows; r++) {
            column[r] = get(planes, rows, r);
        }
        return column;
    }

    private static int[] ints(DataInputStream in, int rows, byte[] planes) throws IOException {
        in.readFully(planes);
        int[] column = new int[rows];
        for (int r = 0; r < rows; r++) {
            column[r] = (int) get(planes, rows, r);
        }
        return column;
    }

    private static double[] doubles(DataInputStream in, int rows, byte[] planes) throws IOException {
        in.readFully(planes);
        double[] column = new double[rows];
        for (int r = 0; r < rows; r++) {
            column[r] = Double.longBitsToDouble(get(planes, rows, r));
        }
        return column;
    }
}

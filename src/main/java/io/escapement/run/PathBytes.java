package io.escapement.run;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * A path as bytes, for a store: version, rows, columns, count, and of each point iteration, segment, candidate, flags, loss and entries
 * as doubles. Not compressed: the digits of iterates have no pattern.
 */
public final class PathBytes {

    private static final int VERSION = 1;
    private static final int MUTED = 1;
    private static final int LANDMARK = 2;

    private PathBytes() {}

    public static byte[] write(List<Iterate> points) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(VERSION);
            out.writeInt(points.isEmpty() ? 0 : points.get(0).x().numRows);
            out.writeInt(points.isEmpty() ? 0 : points.get(0).x().numCols);
            out.writeInt(points.size());
            for (Iterate point : points) {
                out.writeLong(point.iteration());
                out.writeInt(point.segment());
                out.writeLong(point.candidate());
                out.writeByte((point.muted() ? MUTED : 0) | (point.landmark() ? LANDMARK : 0));
                out.writeDouble(point.loss());
                for (int i = 0; i < point.x().getNumElements(); i++) {
                    out.writeDouble(point.x().data[i]);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an array of bytes failed", e);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException if these are not the bytes of a path */
    public static List<Iterate> read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readInt();
            if (version != VERSION) {
                throw new IllegalArgumentException(
                        "the path is of version " + version + "; " + VERSION + " is known here");
            }
            int rows = in.readInt();
            int columns = in.readInt();
            int count = in.readInt();
            List<Iterate> points = new ArrayList<>();
            for (int k = 0; k < count; k++) {
                long iteration = in.readLong();
                int segment = in.readInt();
                long candidate = in.readLong();
                int flags = in.readByte();
                double loss = in.readDouble();
                DMatrixRMaj x = new DMatrixRMaj(rows, columns);
                for (int i = 0; i < x.getNumElements(); i++) {
                    x.data[i] = in.readDouble();
                }
                points.add(new Iterate(
                        iteration, segment, candidate, (flags & MUTED) != 0, (flags & LANDMARK) != 0, loss, x));
            }
            return points;
        } catch (IOException e) {
            throw new IllegalArgumentException("the path ends after " + bytes.length + " bytes, too early", e);
        }
    }
}

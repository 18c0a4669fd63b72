package io.escapement.store.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * The table as Apache Parquet: iteration, bucket and segment as INT64, everything else as optional DOUBLE; plain values,
 * one gzipped data page for each column of a row group (format version 1, github.com/apache/parquet-format).
 */
final class ParquetExport implements RunExport {

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int ROWS = 50_000;
    private static final int WHOLE = 3;

    private static final int INT64 = 2;
    private static final int DOUBLE = 5;
    private static final int REQUIRED = 0;
    private static final int OPTIONAL = 1;
    private static final int PLAIN = 0;
    private static final int RLE = 3;
    private static final int GZIP = 2;
    private static final int DATA_PAGE = 0;

    @Override
    public void write(RunTable table, OutputStream out) throws IOException {
        File file = new File(table.columns(), out);
        file.bytes(MAGIC);
        table.rows(row -> {
            try {
                file.add(row);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        file.end();
        out.flush();
    }

    /** A column of a row group on the disk. */
    private record Chunk(long offset, long plain, long packed) {}

    private record Group(long rows, List<Chunk> chunks) {}

    private static final class File {
        private final List<String> names;
        private final OutputStream out;
        private final List<RunTable.Row> rows = new ArrayList<>();
        private final List<Group> groups = new ArrayList<>();
        private long written;
        private long total;

        File(List<String> names, OutputStream out) {
            this.names = names;
            this.out = out;
        }

        void bytes(byte[] bytes) throws IOException {
            out.write(bytes);
            written += bytes.length;
        }

        void add(RunTable.Row row) throws IOException {
            rows.add(row);
            if (rows.size() == ROWS) {
                group();
            }
        }

        private void group() throws IOException {
            List<Chunk> chunks = new ArrayList<>();
            for (int column = 0; column < names.size(); column++) {
                chunks.add(chunk(column));
            }
            groups.add(new Group(rows.size(), chunks));
            total += rows.size();
            rows.clear();
        }

        private Chunk chunk(int column) throws IOException {
            ByteArrayOutputStream page = new ByteArrayOutputStream();
            if (column >= WHOLE) {
                levels(column, page);
            }
            ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (RunTable.Row row : rows) {
                if (column < WHOLE) {
                    page.write(number.putLong(
                                    0, column == 0 ? row.iteration() : column == 1 ? row.bucket() : row.segment())
                            .array());
                } else if (at(row, column) != null) {
                    page.write(number.putDouble(0, at(row, column)).array());
                }
            }
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                page.writeTo(gzip);
            }
            Thrift header = new Thrift()
                    .number(1, DATA_PAGE)
                    .number(2, page.size())
                    .number(3, packed.size())
                    .struct(
                            5,
                            new Thrift()
                                    .number(1, rows.size())
                                    .number(2, PLAIN)
                                    .number(3, RLE)
                                    .number(4, RLE));
            long offset = written;
            bytes(header.bytes());
            long head = written - offset;
            bytes(packed.toByteArray());
            return new Chunk(offset, head + page.size(), head + packed.size());
        }

        /** Which rows have a number: one bit each, lowest first, as a single packed run after its length. */
        private void levels(int column, ByteArrayOutputStream page) throws IOException {
            int groupsOfEight = (rows.size() + 7) / 8;
            ByteArrayOutputStream run = new ByteArrayOutputStream();
            Thrift.varint(run, (long) groupsOfEight << 1 | 1);
            byte[] bits = new byte[groupsOfEight];
            for (int r = 0; r < rows.size(); r++) {
                bits[r / 8] |= (byte) (at(rows.get(r), column) == null ? 0 : 1 << r % 8);
            }
            run.write(bits);
            page.write(ByteBuffer.allocate(Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(run.size())
                    .array());
            run.writeTo(page);
        }

        private static Double at(RunTable.Row row, int column) {
            return column == WHOLE
                    ? Double.valueOf(row.elapsed())
                    : row.numbers().get(column - WHOLE - 1);
        }

        void end() throws IOException {
            if (!rows.isEmpty()) {
                group();
            }
            byte[] footer = footer();
            bytes(footer);
            bytes(ByteBuffer.allocate(Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(footer.length)
                    .array());
            bytes(MAGIC);
        }

        private byte[] footer() {
            List<Thrift> schema = new ArrayList<>();
            schema.add(new Thrift().text(4, "run").number(5, names.size()));
            for (int column = 0; column < names.size(); column++) {
                schema.add(new Thrift()
                        .number(1, type(column))
                        .number(3, column < WHOLE ? REQUIRED : OPTIONAL)
                        .text(4, names.get(column)));
            }
            return new Thrift()
                    .number(1, 1)
                    .structs(2, schema)
                    .large(3, total)
                    .structs(4, groups.stream().map(this::metadata).toList())
                    .text(6, "escapement")
                    .bytes();
        }

        private Thrift metadata(Group group) {
            List<Thrift> chunks = new ArrayList<>();
            for (int column = 0; column < names.size(); column++) {
                Chunk chunk = group.chunks.get(column);
                chunks.add(new Thrift()
                        .large(2, chunk.offset)
                        .struct(
                                3,
                                new Thrift()
                                        .number(1, type(column))
                                        .numbers(2, PLAIN, RLE)
                                        .texts(3, names.get(column))
                                        .number(4, GZIP)
                                        .large(5, group.rows)
                                        .large(6, chunk.plain)
                                        .large(7, chunk.packed)
                                        .large(9, chunk.offset)));
            }
            long bytes = group.chunks.stream().mapToLong(Chunk::plain).sum();
            return new Thrift().structs(1, chunks).large(2, bytes).large(3, group.rows);
        }

        private static int type(int column) {
            return column < WHOLE ? INT64 : DOUBLE;
        }
    }
}

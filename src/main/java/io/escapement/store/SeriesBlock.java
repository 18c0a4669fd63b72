package io.escapement.store;

import java.util.List;
import java.util.Set;

/** Rows of a run in detail: a stretch of its iterations in buckets of 2^level. Not thread-safe. */
public final class SeriesBlock {

    private final SeriesTable table;

    /** @param table taken over */
    SeriesBlock(SeriesTable table) {
        this.table = table;
    }

    /** @throws java.io.UncheckedIOException if the bytes are not what {@link #write} makes */
    public static SeriesBlock read(byte[] data) {
        return new SeriesBlock(SeriesCodec.read(data));
    }

    /**
     * Several as one.
     *
     * @param blocks in the order in which they came; not to be used afterwards
     * @param level at least; the coarsest of the blocks if that is more
     */
    public static SeriesBlock joined(List<SeriesBlock> blocks, int level) {
        SeriesTable all = SeriesTable.unbounded(level);
        for (SeriesBlock block : blocks) {
            SeriesMerge.into(all, block.table);
        }
        return new SeriesBlock(all);
    }

    public byte[] write() {
        return SeriesCodec.write(table, 0, table.rows);
    }

    public int level() {
        return table.level;
    }

    public int rows() {
        return table.rows;
    }

    /** First iteration that its first bucket covers; 0 if it has no rows. */
    public long firstIteration() {
        return table.rows == 0 ? 0 : table.bucket[0] << table.level;
    }

    public long lastIteration() {
        return table.rows == 0 ? 0 : table.iteration[table.rows - 1];
    }

    /** Forgets the rows that a later attempt rewrites; whether there were any. */
    public boolean rewind(Rewind rewind) {
        return table.rewind(rewind);
    }

    /** Coarsens it until there are at most so many rows. */
    public void fit(int most) {
        while (table.rows > most) {
            table.raise();
        }
    }

    /** A copy of what it has between two iterations, both included. */
    public SeriesBlock between(long fromIteration, long toIteration) {
        int start = table.rowFrom(Math.max(0, fromIteration));
        int end = Math.max(start, table.rowAfter(toIteration));
        SeriesTable part = new SeriesTable(table.shape(), end - start);
        part.appendRange(table, start, end);
        return new SeriesBlock(part);
    }

    /**
     * Its columns.
     *
     * @param names wanted; empty for all. The block is not to be used afterwards
     */
    public Columns columns(Set<String> names) {
        if (!names.isEmpty()) {
            table.keep(names);
        }
        return new Columns(table);
    }
}

package io.escapement.store.disk;

import io.escapement.store.Rewind;
import io.escapement.store.SeriesBlock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the detail of a run and keeps it within bounds: small blocks become one, and where a run has more than its budget
 * the oldest eight of the youngest generation become one of the next, with as many rows as one of them. What is left is fine
 * at the end of the run and coarser the further back. Within a transaction of the caller's.
 */
final class DetailRows {

    /** Rows that a block has at most. */
    static final int FULL = 8192;

    private static final int SMALL = FULL / 2;
    private static final int SMALL_TOGETHER = 16;
    private static final int TOGETHER = 8;

    private final Connection connection;
    private final long budget;

    /** @param budget of a run in bytes */
    DetailRows(Connection connection, long budget) {
        this.connection = connection;
        this.budget = budget;
    }

    private record Block(long key, int generation, int level, int rows, long bytes) {}

    void write(long run, SeriesBlock block) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO detail (run, generation, level, rows,"
                + " first_iteration, last_iteration, data) VALUES (?, 0, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, run);
            insert.setInt(2, block.level());
            insert.setInt(3, block.rows());
            insert.setLong(4, block.firstIteration());
            insert.setLong(5, block.lastIteration());
            insert.setBytes(6, block.write());
            insert.executeUpdate();
        }
        keepWithinBounds(run);
    }

    /** Takes out what a later attempt rewrites. */
    void rewind(long run, Rewind rewind) throws SQLException {
        List<Long> reaching = new ArrayList<>();
        try (PreparedStatement query =
                connection.prepareStatement("SELECT key FROM detail WHERE run = ? AND last_iteration >= ?")) {
            query.setLong(1, run);
            query.setLong(2, rewind.from());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    reaching.add(row.getLong(1));
                }
            }
        }
        for (long key : reaching) {
            SeriesBlock block = read(key);
            if (!block.rewind(rewind)) {
                continue;
            }
            if (block.rows() == 0) {
                delete(key);
            } else {
                replace(key, block);
            }
        }
    }

    private void keepWithinBounds(long run) throws SQLException {
        List<Block> blocks = blocks(run);
        List<Block> small = blocks.stream()
                .filter(block -> block.generation == 0 && block.rows < SMALL)
                .toList();
        if (small.size() >= SMALL_TOGETHER) {
            join(adjacent(blocks, small), 0);
            blocks = blocks(run);
        }
        while (bytes(blocks) > budget && !blocks.isEmpty()) {
            List<Block> oldest = List.of();
            for (int generation = 0; oldest.isEmpty() && generation <= blocks.get(0).generation; generation++) {
                int wanted = generation;
                List<Block> alike = blocks.stream()
                        .filter(block -> block.generation == wanted)
                        .toList();
                oldest = alike.size() > TOGETHER ? alike.subList(0, TOGETHER) : oldest;
            }
            if (oldest.isEmpty()) {
                delete(blocks.subList(0, 1));
            } else {
                join(oldest, oldest.get(0).generation + 1);
            }
            blocks = blocks(run);
        }
    }

    /** The first small ones that follow one another and fill a block. */
    private static List<Block> adjacent(List<Block> blocks, List<Block> small) {
        List<Block> found = new ArrayList<>();
        int rows = 0;
        for (Block block : blocks) {
            boolean fits = small.contains(block) && rows + block.rows <= FULL;
            if (fits) {
                found.add(block);
                rows += block.rows;
            } else if (found.size() > 1) {
                break;
            } else {
                found.clear();
                rows = 0;
            }
        }
        return found;
    }

    private static long bytes(List<Block> blocks) {
        return blocks.stream().mapToLong(Block::bytes).sum();
    }

    private List<Block> blocks(long run) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT key, generation, level, rows, length(data) FROM detail WHERE run = ? ORDER BY key")) {
            query.setLong(1, run);
            List<Block> blocks = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    blocks.add(new Block(row.getLong(1), row.getInt(2), row.getInt(3), row.getInt(4), row.getLong(5)));
                }
            }
            return blocks;
        }
    }

    /** The first one's key stays, so that the order does. */
    private void join(List<Block> blocks, int generation) throws SQLException {
        if (blocks.size() < 2) {
            return;
        }
        List<SeriesBlock> parts = new ArrayList<>();
        int level = 0;
        for (Block block : blocks) {
            parts.add(read(block.key));
            level = Math.max(level, block.level);
        }
        SeriesBlock joined = SeriesBlock.joined(parts, level);
        joined.fit(FULL);
        long first = blocks.get(0).key;
        replace(first, joined);
        try (PreparedStatement update = connection.prepareStatement("UPDATE detail SET generation = ? WHERE key = ?")) {
            update.setInt(1, generation);
            update.setLong(2, first);
            update.executeUpdate();
        }
        delete(blocks.subList(1, blocks.size()));
    }

    private void replace(long key, SeriesBlock block) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE detail SET level = ?, rows = ?, first_iteration = ?,"
                        + " last_iteration = ?, data = ? WHERE key = ?")) {
            update.setInt(1, block.level());
            update.setInt(2, block.rows());
            update.setLong(3, block.firstIteration());
            update.setLong(4, block.lastIteration());
            update.setBytes(5, block.write());
            update.setLong(6, key);
            update.executeUpdate();
        }
    }

    private SeriesBlock read(long key) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT data FROM detail WHERE key = ?")) {
            query.setLong(1, key);
            try (ResultSet row = query.executeQuery()) {
                return SeriesBlock.read(row.getBytes(1));
            }
        }
    }

    private void delete(List<Block> blocks) throws SQLException {
        for (Block block : blocks) {
            delete(block.key);
        }
    }

    private void delete(long key) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM detail WHERE key = ?")) {
            delete.setLong(1, key);
            delete.executeUpdate();
        }
    }
}

package io.escapement.store.disk;

import io.escapement.event.RunHeader;
import io.escapement.store.MalformedEvent;
import io.escapement.store.RunStatus;
import io.escapement.store.StoredJson;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down that a run whose process is no more will not end. One thread's own. */
final class LostRuns {

    private static final Logger LOG = LoggerFactory.getLogger(LostRuns.class);

    private static final Duration LOOKING_ROUND = Duration.ofSeconds(5);

    private final Owners owners;
    private long lookedAt;

    LostRuns(Owners owners) {
        this.owners = owners;
    }

    /** Finds those of any process, once in a while. */
    void lookRound(Connection connection) throws SQLException, IOException {
        long now = System.nanoTime();
        if (lookedAt != 0 && now - lookedAt < LOOKING_ROUND.toNanos()) {
            return;
        }
        lookedAt = now;
        List<String> gone = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("SELECT DISTINCT owner FROM run WHERE ended = 0");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                if (!owners.alive(row.getString(1))) {
                    gone.add(row.getString(1));
                }
            }
        }
        for (String owner : gone) {
            lose(connection, owner, false);
        }
    }

    /** This process is about to end. */
    void loseOwn(Connection connection) throws SQLException {
        lose(connection, owners.self(), true);
    }

    private static void lose(Connection connection, String owner, boolean orderly) throws SQLException {
        Map<String, RunStatus> lost = new LinkedHashMap<>();
        try (PreparedStatement query = connection.prepareStatement("SELECT id, status,"
                + " ifnull(json_extract(header, '$.settings.source'), '') FROM run WHERE ended = 0 AND owner = ?")) {
            query.setString(1, owner);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    try {
                        boolean fed = row.getString(3).equals(RunHeader.EXTERNAL);
                        lost.put(
                                row.getString(1),
                                StoredJson.status(row.getString(2)).lost(fed, orderly));
                    } catch (MalformedEvent e) {
                        LOG.warn("the status of run {} cannot be read: {}", row.getString(1), e.getMessage());
                    }
                }
            }
        }
        Transactions.write(connection, () -> {
            for (Map.Entry<String, RunStatus> run : lost.entrySet()) {
                RunRows.lose(connection, run.getKey(), run.getValue());
            }
        });
    }
}

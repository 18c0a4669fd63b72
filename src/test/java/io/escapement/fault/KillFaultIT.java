package io.escapement.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random moments while several runs are fed thousands of iterations a second and the store writes all the
 * time: no faster than that a late write still finds every iteration in the window of full detail. After each restart: the database is whole; each run of the killed process is lost; of what was acknowledged before a write
 * began that was through before the kill nothing is missing; what is there is exact, without a gap and without a repeat.
 */
@Timeout(1800)
class KillFaultIT {

    private static final int KILLS = Integer.getInteger("escapement.kills", 10);
    private static final long SEED = Long.getLong("escapement.seed", 20261129L);

    private static final int RUNS = 3;
    private static final int BATCH = 40;

    /** From one batch to the next, ms: the 8,192 iterations kept in full are those of the last 0.8 s. */
    private static final long PACE = 4;

    /** Iterations from one message to the next, which comes before its iteration. */
    private static final int SPACING = 10;

    /**
     * A run is at most so many iterations ahead of what is known to be written: a disk that is slow for a moment must not make
     * the store thin out what waits, which it may.
     */
    private static final long AHEAD = 6_000;

    /** Seconds between two writes. */
    private static final double INTERVAL = 0.05;

    private static final String WRITES = "escapement_store_write_seconds_count";

    @TempDir
    private Path directory;

    private final Random random = new Random(SEED);

    private long sent;
    private long promised;
    private long kept;

    /** Feeds one run and knows how far it was acknowledged. */
    private static final class Feed {
        final String run;
        private final Wire wire;
        private volatile long acknowledged = -1;
        private volatile long written = -1;

        Feed(int port) throws IOException {
            wire = new Wire(port);
            run = wire.register();
        }

        void goOn(AtomicBoolean over) {
            try {
                for (long from = 0; !over.get(); from += BATCH) {
                    while (from - written > AHEAD && !over.get()) {
                        TimeUnit.MILLISECONDS.sleep(PACE);
                    }
                    StringBuilder lines = new StringBuilder();
                    for (long i = from; i < from + BATCH; i++) {
                        if (i % SPACING == 0) {
                            lines.append("{\"seq\":").append(seq(i) - 1).append(",\"kind\":\"message\",\"text\":\"at ");
                            lines.append(i).append("\"}\n");
                        }
                        lines.append("{\"seq\":")
                                .append(seq(i))
                                .append(",\"iteration\":")
                                .append(i);
                        lines.append(",\"loss\":").append(loss(i)).append("}\n");
                    }
                    if (wire.events(run, lines.toString()).status() != 200) {
                        throw new IllegalStateException("not accepted");
                    }
                    acknowledged = from + BATCH - 1;
                    TimeUnit.MILLISECONDS.sleep(PACE);
                }
            } catch (IOException e) {
                // The kill has come.
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts", e);
            }
        }

        private static long seq(long iteration) {
            return iteration + iteration / SPACING + 1;
        }
    }

    static double loss(long iteration) {
        return 1 + Math.sin((double) iteration);
    }

    @Test
    void whatWasWrittenIsThereExactlyOnceAfterEveryKill() throws Exception {
        List<Feed> before = List.of();
        long[] durable = {};
        for (int kill = 0; kill <= KILLS; kill++) {
            try (Victim victim = Victim.storing(directory, INTERVAL)) {
                if (kill > 0) {
                    for (int i = 0; i < RUNS; i++) {
                        check(victim, before.get(i), durable[i], kill);
                    }
                    whole();
                }
                if (kill < KILLS) {
                    before = new ArrayList<>();
                    for (int i = 0; i < RUNS; i++) {
                        before.add(new Feed(victim.port()));
                    }
                    durable = feedAndKill(victim, before);
                }
            }
        }
        System.out.printf(
                "fault: kill -9 during writes, seed %d: %d kills, %d runs; %d events acknowledged, %d of them before the"
                        + " last write that was through; %d stored; 0 of those missing, 0 doubled, database whole %d times%n",
                SEED, KILLS, KILLS * RUNS, sent, promised, kept, KILLS);
        assertThat(promised).as("or the test shows nothing").isPositive();
    }

    /** Returns which iteration of each run must be there. */
    private long[] feedAndKill(Victim victim, List<Feed> feeds) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        List<CompletableFuture<Void>> feeding = new ArrayList<>();
        for (Feed feed : feeds) {
            feeding.add(CompletableFuture.runAsync(() -> feed.goOn(over), work -> new Thread(work, "feed").start()));
        }
        long[] durable;
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300 + random.nextInt(1200));
        do {
            durable = feeds.stream().mapToLong(feed -> feed.acknowledged).toArray();
            double writes = victim.meter(WRITES);
            // The second of two more writes began after that was acknowledged.
            while (victim.meter(WRITES) < writes + 2) {
                TimeUnit.MILLISECONDS.sleep(1 + random.nextInt(10));
            }
            for (int i = 0; i < durable.length; i++) {
                feeds.get(i).written = durable[i];
            }
        } while (System.nanoTime() < until || Arrays.stream(durable).min().orElseThrow() < 0);
        TimeUnit.MICROSECONDS.sleep(random.nextInt(100_000));
        victim.kill();
        over.set(true);
        for (CompletableFuture<Void> feed : feeding) {
            feed.get(60, TimeUnit.SECONDS);
        }
        return durable;
    }

    private void check(Victim victim, Feed feed, long durable, int kill) throws Exception {
        feed.wire.close();
        JsonNode run = victim.get("/api/v1/runs/" + feed.run);
        String as = "kill " + kill + ", seed " + SEED + ", run " + run;
        assertThat(run.at("/status/state").asText()).as(as).isEqualTo("lost");
        List<String> rows = victim.text("/api/v1/runs/" + feed.run + "/export?format=ndjson")
                .lines()
                .toList();
        long iterations = 0;
        long messages = 0;
        for (String row : rows) {
            JsonNode event = Victim.JSON.readTree(row);
            if (event.path("kind").asText().equals("message")) {
                if (event.path("text").asText().startsWith("at ")) {
                    assertThat(event.path("text").asText()).as(as).isEqualTo("at " + messages * SPACING);
                    messages++;
                }
            } else if (event.path("kind").asText().equals("iteration")) {
                assertThat(event.has("bucket")).as(as).isFalse();
                assertThat(event.path("iteration").asLong()).as(as).isEqualTo(iterations);
                assertThat(event.at("/values/loss").asDouble()).as(as).isEqualTo(loss(iterations));
                iterations++;
            }
        }
        assertThat(iterations).as(as).isGreaterThan(durable);
        // A message may have come whose iteration had not.
        assertThat(messages * SPACING).as(as).isBetween(iterations, iterations + SPACING);
        // What is stored was sent, and more than what was acknowledged may have arrived.
        assertThat(iterations).as(as).isLessThanOrEqualTo(feed.acknowledged + BATCH + 1);
        sent += feed.acknowledged + 1;
        promised += durable + 1;
        kept += iterations;
    }

    private void whole() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("runs.db"));
                Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("PRAGMA integrity_check")) {
                assertThat(row.getString(1)).isEqualTo("ok");
            }
            try (ResultSet row = statement.executeQuery("PRAGMA foreign_key_check")) {
                assertThat(row.next()).isFalse();
            }
        }
    }
}

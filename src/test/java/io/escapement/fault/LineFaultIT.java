package io.escapement.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lines as they should not come. Every answer is compared with what a model of a few lines expects. */
@Timeout(600)
class LineFaultIT {

    private static final int REQUESTS = Integer.getInteger("escapement.requests", 300);
    private static final int MEGABYTES = Integer.getInteger("escapement.line", 256);
    private static final long SEED = Long.getLong("escapement.seed", 20261129L);

    private Victim victim;
    private Wire wire;
    private String run;

    @BeforeEach
    void open() throws IOException {
        victim = Victim.inMemory();
        wire = new Wire(victim.port());
        run = wire.register();
    }

    @AfterEach
    void close() throws IOException {
        wire.close();
        victim.close();
    }

    private static String line(long seq) {
        return "{\"seq\":" + seq + ",\"iteration\":" + seq + ",\"loss\":" + 1.0 / (seq + 1) + "}\n";
    }

    /** What is known to be there. */
    private long iterations() throws Exception {
        return victim.get("/api/v1/runs/" + run + "/series?names=loss&points=4096")
                .at("/columns/iteration")
                .size();
    }

    @Test
    void linesThatComeTwiceLateWithGapsOrBrokenAreCountedAsWhatTheyAre() throws Exception {
        Random random = new Random(SEED);
        BitSet taken = new BitSet();
        int next = 0;
        long[] sum = new long[3];
        for (int r = 0; r < REQUESTS; r++) {
            StringBuilder lines = new StringBuilder();
            long accepted = 0;
            long duplicates = 0;
            long rejected = 0;
            long firstBad = 0;
            int count = 1 + random.nextInt(40);
            int at = Math.max(0, next + random.nextInt(30) - 20);
            for (int l = 1; l <= count; l++) {
                boolean bad;
                if (random.nextInt(12) == 0) {
                    String broken = line(next);
                    lines.append(broken, 0, 1 + random.nextInt(broken.length() - 2))
                            .append('\n');
                    bad = true;
                } else {
                    int seq = random.nextInt(15) == 0 ? random.nextInt(next + 1) : at++;
                    lines.append(line(seq));
                    bad = seq < next && !taken.get(seq);
                    if (seq >= next) {
                        taken.set(seq);
                        next = seq + 1;
                        accepted++;
                    } else if (!bad) {
                        duplicates++;
                    }
                }
                rejected += bad ? 1 : 0;
                firstBad = bad && firstBad == 0 ? l : firstBad;
            }
            JsonNode answer = wire.events(run, lines.toString()).body();
            String as = "request " + r + " of seed " + SEED + ": " + answer;
            assertThat(answer.path("accepted").asLong()).as(as).isEqualTo(accepted);
            assertThat(answer.path("duplicates").asLong()).as(as).isEqualTo(duplicates);
            assertThat(answer.path("rejected").asLong()).as(as).isEqualTo(rejected);
            assertThat(answer.at("/firstBad/line").asLong()).as(as).isEqualTo(firstBad);
            assertThat(answer.path("nextSeq").asLong()).as(as).isEqualTo(next);
            assertThat(answer.path("missing").asLong()).as(as).isEqualTo(next - taken.cardinality());
            sum[0] += accepted;
            sum[1] += duplicates;
            sum[2] += rejected;
        }
        double malformed = victim.meter("escapement_events_rejected_total{reason=\"malformed\"}");
        double late = victim.meter("escapement_events_rejected_total{reason=\"out-of-order\"}");
        System.out.printf(
                "fault: lines twice, late, with gaps and broken, seed %d: %d requests, %d events taken, %d duplicates, %d"
                        + " rejected (%.0f broken, %.0f late), %d numbers never came; each answer as expected%n",
                SEED, REQUESTS, sum[0], sum[1], sum[2], malformed, late, next - taken.cardinality());
        assertThat(malformed + late).isEqualTo((double) sum[2]);
        assertThat(victim.meter("escapement_events_ingested_total")).isEqualTo((double) sum[0]);
        assertThat(Math.min(malformed, late)).as("or the test shows nothing").isPositive();
    }

    /** Wherever in a batch the connection breaks off, its whole lines count, and sending it again makes it whole. */
    @Test
    void aLineThatIsCutAnywhereIsNoLineUntilItComesAgain() throws Exception {
        String batch = line(0) + line(1) + line(2);
        byte[] bytes = batch.getBytes(StandardCharsets.UTF_8);
        long resent = 0;
        long duplicates = 0;
        for (int cut = 1; cut < bytes.length; cut += 3) {
            String cutRun = wire.register();
            try (Wire dropped = new Wire(victim.port())) {
                dropped.head("/api/v1/runs/" + cutRun + "/events", "application/x-ndjson", bytes.length);
                dropped.write(Arrays.copyOf(bytes, cut));
            }
            JsonNode answer = wire.events(cutRun, batch).body();
            resent += answer.path("accepted").asLong();
            duplicates += answer.path("duplicates").asLong();
            assertThat(answer.path("rejected").asLong())
                    .as("cut at " + cut + ": " + answer)
                    .isZero();
            assertThat(answer.path("accepted").asLong()
                            + answer.path("duplicates").asLong())
                    .isEqualTo(3);
            assertThat(answer.path("nextSeq").asLong()).isEqualTo(3);
        }
        System.out.printf(
                "fault: half a line: %d connections cut at different bytes; of %d events sent again %d were known already;"
                        + " 0 lost, 0 doubled%n",
                (bytes.length + 1) / 3, resent + duplicates, duplicates);
        double expected = (double) (resent + duplicates);
        await().until(() -> victim.meter("escapement_events_ingested_total") == expected);
    }

    @Test
    void aLineOfAGigabyteTakesNoMemoryAndCostsItselfOnly() throws Exception {
        byte[] megabyte = new byte[1 << 20];
        Arrays.fill(megabyte, (byte) 'x');
        byte[] first = (line(0) + "{\"loss\":1,\"note\":\"").getBytes(StandardCharsets.UTF_8);
        byte[] last = ("\"}\n" + line(1)).getBytes(StandardCharsets.UTF_8);
        wire.head(
                "/api/v1/runs/" + run + "/events",
                "application/x-ndjson",
                first.length + last.length + (long) MEGABYTES * megabyte.length);
        wire.write(first);
        for (int i = 0; i < MEGABYTES; i++) {
            wire.write(megabyte);
        }
        wire.write(last);
        Wire.Answer answer = wire.answer();
        System.out.printf(
                "fault: a line of %d MB into a heap of 128 MB: %d, %d taken, %d rejected%n",
                MEGABYTES,
                answer.status(),
                answer.body().path("accepted").asLong(),
                answer.body().path("rejected").asLong());
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body().path("accepted").asLong()).isEqualTo(2);
        assertThat(answer.body().path("rejected").asLong()).isEqualTo(1);
        assertThat(answer.body().at("/firstBad/line").asLong()).isEqualTo(2);
        assertThat(iterations()).isEqualTo(2);
        assertThat(wire.events(run, line(2)).body().path("accepted").asLong()).isEqualTo(1);
        assertThat(victim.said()).doesNotContain("OutOfMemory");
    }
}

package io.escapement.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.escapement.event.RunEvent;
import io.escapement.event.RunHeader;
import io.escapement.event.Stamp;
import io.escapement.store.EventJson;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lines that nobody would write, cut in pieces anywhere: none makes anything fail, each counts as exactly one of accepted,
 * duplicate and rejected, and what is accepted comes in order.
 */
class IntakeFuzzTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final int LINES = 4000;

    private static final String[] NAMES = {
        "loss",
        "gradientNorm",
        "seq",
        "iteration",
        "attempt",
        "segment",
        "elapsed",
        "time",
        "kind",
        "values",
        "point",
        "expectNext",
        "text",
        "state",
        "phase",
        "mechanism",
        "outcome",
        "judgement",
        "stop",
        "run",
        "schema",
        "ü",
        "",
        " "
    };

    private static final String[] CONTENTS = {
        "0",
        "1",
        "7",
        "-1",
        "0.5",
        "1e308",
        "1e999",
        "-0.0",
        "9007199254740992",
        "9007199254740993",
        "2147483647",
        "2147483648",
        "9223372036854775807",
        "9223372036854775808",
        "1e18",
        "123456789012345678901234567890",
        "null",
        "true",
        "[]",
        "[1,[2,{}]]",
        "{}",
        "{\"x\":1}",
        "{\"x\":\"NaN\",\"y\":2,\"z\":3}",
        "{\"loss\":\"Infinity\"}",
        "\"NaN\"",
        "\"Infinity\"",
        "\"x\"",
        "\"\\u0000\"",
        "\"iteration\"",
        "\"message\"",
        "\"verdict\"",
        "\"heartbeat\"",
        "\"escape\"",
        "\"stationary\"",
        "\"accepted\"",
        "\"descend\"",
        "\"2026-11-22T10:00:00Z\"",
        "\"+1000000000-12-31T23:59:59.999999999Z\"",
        "\"-1000000000-01-01T00:00:00Z\"",
        "\"0000-01-01T00:00:00Z\"",
        "nan",
        "'x'"
    };

    private final List<RunEvent> events = new ArrayList<>();
    private final ExternalRun run = new ExternalRun(
            new RunHeader("r", "", "", "", "", 0, NOW, "", Map.of(), List.of(), Double.NaN, null),
            Clock.fixed(NOW, ZoneOffset.UTC),
            Clock.fixed(NOW, ZoneOffset.UTC),
            line -> EventJson.read(line).event(),
            event -> Optional.empty(),
            new ExternalRun.Ledger() {
                @Override
                public void ingested(long count) {
                    // The answers tell.
                }

                @Override
                public void rejected(Rejection why, long lines) {
                    // The answers tell.
                }
            });

    private static String line(Random random) {
        StringBuilder line = new StringBuilder("{");
        int fields = random.nextInt(6);
        for (int f = 0; f < fields; f++) {
            line.append(f == 0 ? "" : ",")
                    .append('"')
                    .append(NAMES[random.nextInt(NAMES.length)])
                    .append("\":");
            line.append(CONTENTS[random.nextInt(CONTENTS.length)]);
        }
        line.append('}');
        if (random.nextInt(10) == 0) {
            line.setCharAt(random.nextInt(line.length()), (char) (33 + random.nextInt(94)));
        }
        return line.toString();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyLineIsCountedOnceAndNoneFails(long seed) {
        Random random = new Random(seed);
        run.events().subscribe(events::add);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            // The end of the run would be the end of the test.
            text.append(line(random).replace("\"verdict\"", i < LINES / 2 ? "\"message\"" : "\"verdict\""))
                    .append('\n');
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        Intake intake = new Intake(run, false);
        for (int at = 0; at < bytes.length; ) {
            int end = Math.min(bytes.length, at + 1 + random.nextInt(500));
            intake.take(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
        Answer answer = intake.end();
        String as = "seed " + seed + ": " + answer;
        assertThat(answer.accepted() + answer.duplicates() + answer.rejected())
                .as(as)
                .isEqualTo(LINES);
        assertThat(answer.accepted()).as(as).isPositive();
        assertThat(answer.rejected()).as(as).isPositive();
        Stamp last = null;
        for (RunEvent event : events) {
            Stamp stamp = event.stamp();
            if (last != null) {
                boolean again = stamp.attempt() > last.attempt();
                // Our own messages stand beside the event that they are about.
                assertThat(again || stamp.seq() >= last.seq())
                        .as("%s after %s, seed %d", stamp, last, seed)
                        .isTrue();
                assertThat(again || stamp.iteration() >= last.iteration())
                        .as("%s after %s", stamp, last)
                        .isTrue();
            }
            last = stamp;
        }
    }
}

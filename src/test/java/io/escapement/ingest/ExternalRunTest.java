package io.escapement.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.escapement.event.RunEvent;
import io.escapement.event.RunHeader;
import io.escapement.event.RunState;
import io.escapement.event.Values;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExternalRunTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final List<RunEvent> events = new ArrayList<>();
    private final Map<Rejection, Long> rejected = new EnumMap<>(Rejection.class);
    private long ingested;
    private final ExternalRun run = run(event -> Optional.empty());

    private ExternalRun run(java.util.function.Function<RunEvent, Optional<ExternalRun.Remark>> watch) {
        RunHeader header = new RunHeader("r", "", "", "", "", 0, NOW, "", Map.of(), List.of(), Double.NaN, null);
        ExternalRun made = new ExternalRun(
                header,
                Clock.fixed(NOW, ZoneOffset.UTC),
                Clock.fixed(NOW, ZoneOffset.UTC),
                line -> {
                    throw new IllegalArgumentException("judged: " + line);
                },
                watch,
                new ExternalRun.Ledger() {
                    @Override
                    public void ingested(long count) {
                        ingested += count;
                    }

                    @Override
                    public void rejected(Rejection why, long lines) {
                        rejected.merge(why, lines, Long::sum);
                    }
                });
        made.events().subscribe(events::add);
        return made;
    }

    private Answer send(String... lines) {
        Intake intake = new Intake(run, false);
        intake.take(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        return intake.end();
    }

    private RunEvent newest() {
        return events.get(events.size() - 1);
    }

    @Test
    void aFlatLineIsAnIterationAndAbsentNumbersAreCounted() {
        Answer answer =
                send("{\"loss\": 0.5}", "", "{\"loss\": 0.4, \"lr\": 1e-1, \"phase\": \"warm-up\", \"ok\": true}");
        assertThat(answer).isEqualTo(new Answer(2, 0, 0, null, false, 0, 1, 2, null));
        assertThat(events.get(1).values().asMap()).isEqualTo(Map.of("loss", 0.4, "lr", 0.1));
        assertThat(events.get(1).stamp().iteration()).isEqualTo(1);
        send("{\"iteration\": 70.0, \"loss\": \"NaN\", \"values\": {\"up\": \"Infinity\", \"down\": \"-Infinity\"}}");
        assertThat(newest().stamp().iteration()).isEqualTo(70);
        assertThat(newest().values().asMap())
                .isEqualTo(
                        Map.of("loss", Double.NaN, "up", Double.POSITIVE_INFINITY, "down", Double.NEGATIVE_INFINITY));
        send("{\"loss\": 0}\r\n");
        assertThat(newest().stamp().iteration()).isEqualTo(71);
        assertThat(newest().stamp().seq()).isEqualTo(3);
        assertThat(ingested).isEqualTo(4);
    }

    @Test
    void whatPythonAndBcWriteForJsonIsTaken() {
        Answer answer = send("{\"loss\": NaN, \"up\": Infinity, \"values\": {\"down\": -Infinity, \"half\": -.5}}");
        assertThat(answer.rejected()).as("%s", answer.firstBad()).isZero();
        assertThat(newest().values().asMap())
                .isEqualTo(Map.of(
                        "loss",
                        Double.NaN,
                        "up",
                        Double.POSITIVE_INFINITY,
                        "down",
                        Double.NEGATIVE_INFINITY,
                        "half",
                        -0.5));
    }

    @Test
    void whatTheParserSaysOfItselfIsLeftOut() {
        assertThat(send("{\"" + "x".repeat(60_000) + "\": 1}").firstBad().error())
                .startsWith("the line is not valid JSON: Name length (")
                .endsWith(") exceeds the maximum allowed (50000)");
        assertThat(send("{\"loss\": 1, \"a\": +5}").firstBad().error())
                .startsWith("the line is not valid JSON at byte 19: Unexpected character ('+' (code 43)")
                .doesNotContain("Feature");
    }

    @Test
    void aFigureForWhoseSeriesThereIsNoRoomIsToldOfOnce() {
        StringBuilder line = new StringBuilder("{\"loss\": 1");
        for (int i = 1; i < Values.MOST_SERIES; i++) {
            line.append(", \"f").append(i).append("\": ").append(i);
        }
        send(line + "}", line + "}");
        assertThat(events).hasSize(2);
        Answer answer = send(line + ", \"extra\": 1}", "{\"further\": 1}", "{\"loss\": 2}");
        assertThat(answer.accepted()).isEqualTo(3);
        assertThat(events)
                .filteredOn(RunEvent.Message.class::isInstance)
                .singleElement()
                .satisfies(event -> assertThat(((RunEvent.Message) event).text())
                        .isEqualTo(
                                "A run keeps the series of 62 figures, and this one sends more: 'extra' is the first of"
                                        + " which none is kept."));
    }

    private List<RunEvent.Message> messages() {
        return events.stream()
                .filter(RunEvent.Message.class::isInstance)
                .map(RunEvent.Message.class::cast)
                .toList();
    }

    @Test
    void whatALandmarkHasBesidesIsKeptWithIt() {
        send(
                "{\"kind\":\"message\",\"text\":\"t\",\"host\":\"gpu1\",\"note\":{\"a\":[1,.5,NaN]},\"ok\":true,\"acc\":0.9,"
                        + "\"n\":3,\"none\":null,\"detail\":\"d\",\"schema\":1}",
                "{\"kind\":\"phase\",\"phase\":\"judge\",\"epoch\":7}",
                "{\"kind\":\"escape\",\"mechanism\":\"m\",\"outcome\":\"accepted\",\"lossBefore\":1,\"host\":\"gpu2\"}",
                "{\"kind\":\"verdict\",\"state\":\"converged\",\"text\":\"why\",\"title\":\"mine\",\"host\":[1]}");
        assertThat(events)
                .extracting(event -> event.own().asMap())
                .containsExactly(
                        Map.of(
                                "host",
                                "\"gpu1\"",
                                "note",
                                "{\"a\":[1,0.5,\"NaN\"]}",
                                "ok",
                                "true",
                                "acc",
                                "0.9",
                                "n",
                                "3",
                                "detail",
                                "\"d\""),
                        Map.of("epoch", "7"),
                        Map.of("host", "\"gpu2\""),
                        // A verdict has a title itself.
                        Map.of("sent.title", "\"mine\"", "host", "[1]"));
        assertThat(events.get(2).values().asMap()).isEqualTo(Map.of("lossBefore", 1.0));
    }

    @Test
    void whatAnIterationHasBesidesIsToldWhereItIsNewOrHasChanged() {
        String same = "{\"loss\":1,\"host\":\"gpu1\",\"stop\":{\"a\":1}}";
        send(
                same,
                same,
                same,
                "{\"loss\":1}",
                "{\"loss\":1,\"text\":\"x\",\"host\":\"gpu2\",\"point\":" + "{\"x\":1,\"y\":1,\"z\":1,\"w\":1}}",
                "{\"kind\":\"heartbeat\",\"memory\":7,\"host\":\"gpu2\"}");
        assertThat(messages())
                .extracting(RunEvent.Message::text)
                .containsExactly(
                        "The program sends host = \"gpu1\", stop = {\"a\":1}.",
                        "The program sends sent.text = \"x\", host = \"gpu2\", point.w = 1.",
                        "The program sends memory = 7.");
        assertThat(messages())
                .extracting(message -> message.stamp().iteration())
                .containsExactly(0L, 4L, 4L);
        assertThat(messages().get(0).own().asMap()).isEqualTo(Map.of("host", "\"gpu1\"", "stop", "{\"a\":1}"));
        assertThat(events).filteredOn(RunEvent.Iteration.class::isInstance).hasSize(5);
    }

    @Test
    void whatIsNotKeptOfItIsToldOnce() {
        for (int i = 0; i < 100; i++) {
            send("{\"loss\":1,\"clock\":\"" + i + "\"}");
        }
        assertThat(messages()).hasSize(Besides.MOST_CHANGES + 1);
        assertThat(messages().get(Besides.MOST_CHANGES).text())
                .isEqualTo(
                        "'clock' has been something else 20 times, which is as often as a field that is no figure is kept;"
                                + " what it is from here on is not.");
        events.clear();
        for (int i = 0; i < 100; i++) {
            send("{\"loss\":1,\"field " + i + "\":true}");
        }
        assertThat(messages()).hasSize(Besides.MOST_FIELDS);
        assertThat(messages().get(Besides.MOST_FIELDS - 1).text())
                .isEqualTo(
                        "Of what iterations have besides figures a run keeps 32 fields, and this one sends more: 'field"
                                + " 31' is the first of which nothing is kept.");
        events.clear();
        String large = "\"" + "x".repeat(9000) + "\"";
        send("{\"loss\":1,\"clock\":" + large + "}", "{\"kind\":\"message\",\"text\":\"t\",\"log\":" + large + "}");
        send("{\"kind\":\"message\",\"text\":\"t\",\"log\":" + large + "}");
        assertThat(messages())
                .extracting(RunEvent.Message::text)
                .containsExactly(
                        "Of what a program gives an event besides, 32 fields of 8192 characters together are kept;"
                                + " 'log' is the first that is not.",
                        "t",
                        "t");
    }

    @Test
    void theFullFormIsTakenAsItIs() {
        send(
                "{\"run\":\"other\",\"attempt\":1,\"seq\":0,\"iteration\":3,\"segment\":2,\"time\":\"2026-11-22T09:00:00Z\","
                        + "\"elapsed\":2.5,\"kind\":\"iteration\",\"values\":{\"loss\":0.5},\"point\":{\"x\":1,\"y\":2,\"z\":3}}");
        RunEvent event = newest();
        assertThat(event.stamp().segment()).isEqualTo(2);
        assertThat(event.stamp().time()).isEqualTo(Instant.parse("2026-11-22T09:00:00Z"));
        assertThat(event.stamp().elapsed()).isEqualTo(Duration.ofMillis(2500));
        assertThat(event.projection().orElseThrow().y()).isEqualTo(2);
    }

    @Test
    void everyKindIsTaken() {
        Answer answer = send(
                "{\"loss\": 1}",
                "{\"kind\":\"heartbeat\",\"expectNext\":30}",
                "{\"kind\":\"message\",\"text\":\"hello\"}",
                "{\"kind\":\"phase\",\"phase\":\"escape\",\"detail\":\"why\"}",
                "{\"kind\":\"escape\",\"mechanism\":\"restart\",\"outcome\":\"accepted\",\"lossBefore\":1}",
                "{\"loss\": 0.5}",
                "{\"kind\":\"verdict\",\"state\":\"converged\",\"text\":\"small enough\"}");
        assertThat(answer.rejected()).as("%s", answer.firstBad()).isZero();
        assertThat(events)
                .extracting(RunEvent::kind)
                .containsExactly("iteration", "heartbeat", "message", "phase", "escape", "iteration", "verdict");
        assertThat(((RunEvent.Heartbeat) events.get(1)).expectNext()).isEqualTo(Duration.ofSeconds(30));
        assertThat(events.get(4).values().asMap()).isEqualTo(Map.of("lossBefore", 1.0));
        assertThat(events.get(5).stamp().segment()).as("after an escape").isEqualTo(1);
        RunEvent.Verdict end = (RunEvent.Verdict) newest();
        assertThat(end.state()).isEqualTo(RunState.CONVERGED);
        assertThat(end.reason().sentence()).isEqualTo("small enough");
        assertThat(run.ended()).isTrue();
        assertThat(send("{\"loss\": 0}").firstBad().error()).contains("the run has ended");
        assertThat(rejected).isEqualTo(Map.of(Rejection.ENDED, 1L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"loss\": }|not valid JSON at byte 10: Unexpected character ('}' (code 125))",
                "{\"loss\": 1|not valid JSON at byte 11: Unexpected end-of-input",
                "{\"loss\": nan}|not valid JSON at byte 10: Unrecognized token 'nan'",
                "{\"loss\": 1, \"iteration\": NaN}|iteration is NaN",
                "{\"loss\": 1, \"elapsed\": Infinity}|elapsed is Infinity",
                "[1, 2]|not a JSON object",
                "{\"loss\": 1} {\"loss\": 2}|goes on after",
                "{\"note\": \"nothing\"}|no figure",
                "{\"loss\": \"low\"}|loss is 'low'",
                "{\"loss\": [1]}|loss is a list",
                "{\"loss\": 1, \"loss\": 2}|loss is given twice",
                "{\"loss\": 1, \"iteration\": -3}|iteration is -3",
                "{\"loss\": 1, \"iteration\": 7.5}|iteration is 7.5",
                "{\"loss\": 1, \"iteration\": 99999999999999999999}|iteration is 99999999999999999999",
                "{\"loss\": 1, \"seq\": \"x\"}|seq is 'x'",
                "{\"loss\": 1, \"attempt\": 0}|attempt is 0",
                "{\"loss\": 1, \"time\": \"yesterday\"}|time is 'yesterday'",
                "{\"loss\": 1, \"elapsed\": -1}|elapsed is -1",
                "{\"loss\": 1, \"values\": 3}|values is 3",
                "{\"loss\": 1, \"schema\": 2}|schema is 2; 1 would be valid",
                "{\"loss\": 1, \"schema\": \"1\"}|schema is '1'; 1 would be valid",
                "{\"kind\": \"message\", \"text\": \"t\", \"schema\": 2}|schema is 2; 1 would be valid",
                "{\"loss\": 1, \"point\": {\"x\": 1}}|point is without y and z; x, y and z are needed",
                "{\"loss\": 1, \"point\": {}}|point is without x and y and z",
                "{\"loss\": 1, \"point\": {\"x\": 1, \"y\": 2, \"z\": null}}|point.z is null; a number",
                "{\"loss\": 1, \"host\": \"a\", \"host\": \"b\"}|host is given twice",
                "{\"values\": {\"loss\": \"x\"}}|loss is 'x'",
                "{\"kind\": \"iterations\", \"loss\": 1}|kind is 'iterations'",
                "{\"kind\": \"message\"}|text is absent",
                "{\"kind\": \"message\", \"text\": \"t\", \"level\": \"loud\"}|level is 'loud'",
                "{\"kind\": \"verdict\", \"state\": \"running\"}|state is 'running'",
                "{\"kind\": \"stationary\"}|judged: ",
            })
    void whatIsNoEventIsRefusedByNameAndTheRestIsTaken(String line, String message) {
        Answer answer = send("{\"loss\": 2}", "", line, "{\"loss\": 1}");
        assertThat(answer.accepted()).isEqualTo(2);
        assertThat(answer.rejected()).isEqualTo(1);
        assertThat(answer.firstBad().line()).isEqualTo(3);
        assertThat(answer.firstBad().error()).contains(message);
        assertThat(answer.nextSeq()).as("as if it had not been").isEqualTo(2);
        assertThat(rejected).isEqualTo(Map.of(Rejection.MALFORMED, 1L));
    }

    @Test
    void whatComesAgainIsHarmlessAndWhatComesTooLateIsNot() {
        send("{\"seq\":0,\"loss\":5}", "{\"seq\":1,\"loss\":4}", "{\"seq\":4,\"loss\":3}");
        Answer answer = send(
                "{\"seq\":1,\"loss\":4}",
                "{\"seq\":3,\"loss\":3.5}",
                "{\"seq\":4,\"loss\":3}",
                "{\"seq\":5,\"loss\":2}");
        assertThat(answer.accepted()).isEqualTo(1);
        assertThat(answer.duplicates()).isEqualTo(2);
        assertThat(answer.missing()).isEqualTo(2);
        assertThat(answer.firstBad().error()).startsWith("seq is 3, which comes too late");
        assertThat(rejected).isEqualTo(Map.of(Rejection.OUT_OF_ORDER, 1L));
        assertThat(events)
                .filteredOn(RunEvent.Iteration.class::isInstance)
                .extracting(event -> event.stamp().seq())
                .containsExactly(0L, 1L, 4L, 5L);
        assertThat(events)
                .filteredOn(RunEvent.Message.class::isInstance)
                .extracting(event -> ((RunEvent.Message) event).text())
                .containsExactly("2 events have not arrived so far, by the numbers of those that have.");
    }

    @Test
    void anAttemptBeginsAgainAndTheOneBeforeIsOver() {
        send("{\"iteration\":10,\"loss\":5}", "{\"iteration\":11,\"loss\":4}");
        assertThat(send("{\"iteration\":9,\"loss\":4}").firstBad().error()).contains("iteration is 9 after 11");
        Answer answer =
                send("{\"attempt\":2,\"iteration\":5,\"loss\":3}", "{\"loss\":2}", "{\"attempt\":1,\"loss\":1}");
        assertThat(answer.attempt()).isEqualTo(2);
        assertThat(answer.nextSeq()).isEqualTo(2);
        assertThat(newest().stamp().iteration()).isEqualTo(6);
        assertThat(answer.firstBad().error()).contains("attempt is 1; the run is at attempt 2");
        assertThat(rejected).isEqualTo(Map.of(Rejection.OUT_OF_ORDER, 1L, Rejection.OLD_ATTEMPT, 1L));
    }

    @Test
    void aLineThatIsTooLongIsPassedOver() {
        Intake intake = new Intake(run, false, 40);
        String longLine = "{\"loss\": 1, \"note\": \"" + "x".repeat(200) + "\"}";
        String lines = "{\"loss\": 3}\n" + longLine + "\n{\"loss\": 2}\n" + longLine;
        for (byte one : lines.getBytes(StandardCharsets.UTF_8)) {
            intake.take(new byte[] {one});
        }
        Answer answer = intake.end();
        assertThat(answer.accepted()).isEqualTo(2);
        assertThat(answer.tooLong()).isTrue();
        assertThat(answer.firstBad())
                .isEqualTo(new Answer.Bad(2, "the line is longer than 40 bytes; at most that would be valid"));
        assertThat(rejected).isEqualTo(Map.of(Rejection.TOO_LONG, 2L));
    }

    @Test
    void aConnectionThatBreaksOffLeavesWholeLines() {
        byte[] all = "{\"loss\": 3}\n{\"loss\": 2}\n{\"loss\": 1}".getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= all.length; cut++) {
            events.clear();
            Intake intake = new Intake(run, false);
            intake.take(Arrays.copyOf(all, cut));
            assertThat(intake.cut().accepted()).as("cut at %d", cut).isEqualTo(cut < 12 ? 0 : cut < 24 ? 1 : 2);
        }
        assertThat(rejected).isEmpty();
    }

    @Test
    void gzipMayComeInAnyPieces() throws IOException {
        Random random = new Random(5);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            lines.append("{\"loss\": ").append(random.nextDouble()).append("}\n");
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        for (String part : List.of(lines.toString(), "{\"loss\": 0}\n", "")) {
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(part.getBytes(StandardCharsets.UTF_8));
            }
        }
        byte[] bytes = packed.toByteArray();
        Intake intake = new Intake(run, true);
        for (int at = 0; at < bytes.length; ) {
            int next = Math.min(bytes.length, at + 1 + random.nextInt(300));
            intake.take(Arrays.copyOfRange(bytes, at, next));
            at = next;
        }
        Answer answer = intake.end();
        assertThat(answer.accepted()).as("seed 5").isEqualTo(2001);
        assertThat(answer.rejected()).isZero();

        Intake broken = new Intake(run, true);
        broken.take(Arrays.copyOf(bytes, bytes.length / 2));
        Answer half = broken.end();
        assertThat(half.accepted()).isBetween(1L, 2000L);
        assertThat(half.firstBad().error()).contains("gzip format is broken: it ends too early");
        Intake wrong = new Intake(run, true);
        wrong.take("{\"loss\": 1}\n".getBytes(StandardCharsets.UTF_8));
        assertThat(wrong.end().firstBad().error()).contains("does not begin like one");
        byte[] spoilt = bytes.clone();
        spoilt[bytes.length - 1] ^= 1;
        Intake sum = new Intake(run, true);
        sum.take(spoilt);
        assertThat(sum.end().firstBad().error()).contains("checksum or length");
    }

    @Test
    void aWishIsHeardWithTheNextAnswerAndRemarksStandBesideTheNewestEvent() {
        send("{\"loss\": 1}");
        assertThat(run.wishStop("the dashboard")).isTrue();
        assertThat(((RunEvent.Message) newest()).text()).contains("A stop was asked for by the dashboard");
        assertThat(newest().stamp().seq()).isZero();
        assertThat(send("{\"loss\": 1}").command()).isEqualTo("stop");
        assertThat(send("{\"kind\":\"verdict\",\"state\":\"cancelled\"}").command())
                .isNull();
        assertThat(run.wishStop("the dashboard")).isFalse();
    }

    @Test
    void aRunThatIsAbandonedFails() {
        run.abandon("nobody came");
        assertThat(((RunEvent.Verdict) newest()).state()).isEqualTo(RunState.FAILED);
        assertThat(run.ended()).isTrue();
    }
}

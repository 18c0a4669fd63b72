package io.escapement.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escapement.event.OwnFields;
import io.escapement.event.Phase;
import io.escapement.event.Point3;
import io.escapement.event.PointVerdict;
import io.escapement.event.RunEvent;
import io.escapement.event.RunState;
import io.escapement.event.Stamp;
import io.escapement.event.StopReason;
import io.escapement.event.Values;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EventJsonTest {

    static List<Class<?>> kinds() {
        return Arrays.asList(RunEvent.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyKindSurvivesTheRoundTrip(Class<?> kind) {
        for (long seed = 0; seed < 200; seed++) {
            RunEvent event = (RunEvent) make(kind, new Random(seed));
            String text = StreamJson.text(json -> EventJson.write(json, "01J", event));
            assertThat(EventJson.read(text))
                    .as("%s, seed %d: %s", kind.getSimpleName(), seed, text)
                    .isEqualTo(new EventJson.Addressed("01J", event));
        }
    }

    static List<Class<?>> reasons() {
        return Arrays.asList(StopReason.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void everyReasonSurvivesTheRoundTrip(Class<?> type) {
        StopReason reason = (StopReason) make(type, new Random(3));
        RunEvent event = new TestRuns().verdict(1, RunState.LIMIT, reason, TestRuns.spurious());
        String text = StreamJson.text(json -> EventJson.write(json, "01J", event));
        assertThat(EventJson.read(text).event()).as(text).isEqualTo(event);
    }

    @Test
    void everyReasonAndVerdictIsNamedLikeItsRecord() {
        for (Class<?> type : PointVerdict.class.getPermittedSubclasses()) {
            PointVerdict verdict = (PointVerdict) make(type, new Random(1));
            assertThat(verdict.label()).isEqualTo(RecordJson.kind(type));
        }
        assertThat(RecordJson.kind(StopReason.GradientSmall.class)).isEqualTo("gradient-small");
    }

    /** A random value of any type that events are made of. */
    private static Object make(Class<?> type, Random random) {
        if (type == double.class) {
            double[] odd = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE};
            return random.nextInt(4) == 0
                    ? odd[random.nextInt(odd.length)]
                    : random.nextGaussian() * Math.pow(10, random.nextInt(600) - 300);
        } else if (type == int.class) {
            return random.nextInt(1000);
        } else if (type == long.class) {
            return random.nextLong() >>> 1;
        } else if (type == String.class) {
            String[] texts = {"", "plain", "λ_min \"quoted\"\n", "\\ / \u0001 𝒜"};
            return texts[random.nextInt(texts.length)];
        } else if (type == Duration.class) {
            return Duration.ofSeconds(random.nextInt(8_000_000)).plusNanos(random.nextInt(1_000_000_000));
        } else if (type == Stamp.class) {
            return new Stamp(
                    1 + random.nextInt(9),
                    random.nextLong() >>> 1,
                    random.nextLong() >>> 1,
                    random.nextInt(100),
                    Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
                    (Duration) make(Duration.class, random));
        } else if (type == Values.class) {
            Map<String, Double> figures = new LinkedHashMap<>();
            for (int i = random.nextInt(6); i > 0; i--) {
                figures.put("figure " + i, (Double) make(double.class, random));
            }
            return figures.isEmpty() ? Values.none() : Values.of(figures);
        } else if (type == OwnFields.class) {
            OwnFields.Collector own = new OwnFields.Collector("message");
            String[] values = {"true", "7", "-0.5", "\"λ \\\"quoted\\\"\"", "{\"a\":[1,{\"b\":\"NaN\"}]}", "[]"};
            for (int i = random.nextInt(4); i > 0; i--) {
                own.add("own " + i, values[random.nextInt(values.length)]);
            }
            return own.fields();
        } else if (type == Optional.class) {
            return random.nextBoolean() ? Optional.empty() : Optional.of(make(String.class, random));
        } else if (type == Point3.class) {
            return random.nextInt(3) == 0 ? null : makeRecord(type, random);
        } else if (type == RunState.class) {
            RunState[] ends =
                    Arrays.stream(RunState.values()).filter(RunState::canEnd).toArray(RunState[]::new);
            return ends[random.nextInt(ends.length)];
        } else if (type.isEnum()) {
            Object[] constants = type.getEnumConstants();
            return constants[random.nextInt(constants.length)];
        } else if (type.isSealed()) {
            Class<?>[] permitted = type.getPermittedSubclasses();
            return make(permitted[random.nextInt(permitted.length)], random);
        }
        return makeRecord(type, random);
    }

    private static Object makeRecord(Class<?> type, Random random) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] parts = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            parts[i] = make(types[i], random);
        }
        try {
            return type.getDeclaredConstructor(types).newInstance(parts);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("cannot make a " + type, e);
        }
    }

    private static final String STAMP =
            "\"run\":\"r\",\"attempt\":1,\"seq\":0,\"iteration\":3,\"segment\":0,\"time\":\"2026-11-22T10:00:00Z\",\"elapsed\":0.5";

    @Test
    void theWireHasTheFieldsOfTheProtocol() {
        RunEvent event = new TestRuns().stationary(640, TestRuns.spurious(), Double.NaN);
        assertThat(StreamJson.text(json -> EventJson.write(json, "01J", event)))
                .startsWith("{\"run\":\"01J\",\"attempt\":1,\"seq\":0,\"iteration\":640,\"segment\":0,"
                        + "\"time\":\"2026-11-22T10:00:00.001Z\",\"elapsed\":0.001,\"kind\":\"stationary\","
                        + "\"reason\":\"gradient norm 9.00e−9 is at most 1.00e−6\"")
                .contains("\"verdict\":\"spurious-minimum\",\"title\":\"Spurious minimum\",\"sentence\":\"Spurious")
                .contains("\"trap\":true")
                .contains("\"loss\":\"NaN\"");
    }

    @Test
    void fieldsThatNobodyKnowsAreNoError() {
        RunEvent event = EventJson.read(
                        "{" + STAMP + ",\"kind\":\"iteration\",\"values\":{\"mine\":1},\"colour\":\"red\"}")
                .event();
        assertThat(event.values().get("mine")).hasValue(1);
    }

    @Test
    void whatAProgramGaveItsEventStandsBesideTheRest() {
        String text = "{" + STAMP
                + ",\"kind\":\"message\",\"level\":\"info\",\"text\":\"t\",\"host\":\"gpu1\",\"note\":{\"a\":[1]}}";
        EventJson.Addressed read = EventJson.read(text);
        assertThat(read.event().own().asMap()).isEqualTo(Map.of("host", "\"gpu1\"", "note", "{\"a\":[1]}"));
        assertThat(StreamJson.text(json -> EventJson.write(json, "r", read.event())))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"kind\":\"iteration\",\"values\":{\"loss\":\"big\"}|values.loss|values.loss is \"big\"; a number, \"NaN\", \"Infinity\" or \"-Infinity\" would be valid",
                "\"kind\":\"iteration\",\"values\":{\"loss\":null}|values.loss|values.loss is absent; a number, \"NaN\", \"Infinity\" or \"-Infinity\" is needed",
                "\"kind\":\"iteration\",\"values\":[1]|values|values is [1]; an object is needed",
                "\"kind\":\"iteration\",\"point\":{\"x\":1,\"y\":2}|point.z|point.z is absent; a number, \"NaN\", \"Infinity\" or \"-Infinity\" is needed",
                "\"kind\":\"jump\"|kind|kind is 'jump'; iteration, stationary, escape, phase, verdict, message or heartbeat would be valid",
                "\"kind\":\"phase\",\"phase\":\"rest\"|phase|phase is 'rest'; one of descend, trial, judge, escape, paused, finish would be valid",
                "\"kind\":\"heartbeat\",\"expectNext\":-1|expectNext|expectNext is 'PT-1S'; a number of seconds from 0 up would be valid",
                "\"kind\":\"stationary\",\"stop\":{\"kind\":\"bored\"}|stop.kind|~stop.kind is 'bored'; one of~",
                "\"kind\":\"stationary\",\"stop\":{\"kind\":\"gradient-small\",\"norm\":1}|stop.bound|stop.bound is absent; a number, \"NaN\", \"Infinity\" or \"-Infinity\" is needed",
            })
    void errorsNameTheField(String fields, String field, String message) {
        assertThatThrownBy(() -> EventJson.read("{" + STAMP + "," + fields + "}"))
                .isInstanceOfSatisfying(
                        MalformedEvent.class, e -> assertThat(e.field()).isEqualTo(field))
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"attempt\":1|\"attempt\":0|attempt is 0; a whole number from 1 to 2147483647 would be valid",
                "\"seq\":0|\"seq\":1.5|seq is 1.5; a whole number",
                "\"time\":\"2026-11-22T10:00:00Z\"|\"time\":\"noon\"|time is \"noon\"; a time such as",
                "\"elapsed\":0.5|\"elapsed\":1e999|elapsed is \"Infinity\"; a number of seconds",
                "\"run\":\"r\"|\"run\":7|run is 7; a text would be valid",
                "\"segment\":0|\"segment\":0,\"segment\":1|the event is not valid JSON: Duplicate field 'segment'",
            })
    void stampsAreChecked(String good, String bad, String message) {
        String text = "{" + STAMP.replace(good, bad) + ",\"kind\":\"message\",\"level\":\"info\",\"text\":\"\"}";
        assertThatThrownBy(() -> EventJson.read(text))
                .isInstanceOf(MalformedEvent.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void whatIsNoJsonSaysSo() {
        assertThatThrownBy(() -> EventJson.read("{\"run\":"))
                .isInstanceOf(MalformedEvent.class)
                .hasMessageStartingWith("the event is not valid JSON");
        assertThatThrownBy(() -> EventJson.read("[]")).hasMessage("the event is []; an object is needed");
        assertThatThrownBy(() -> EventJson.read("")).isInstanceOf(MalformedEvent.class);
    }

    @Test
    void phasesAreWrittenByLabel() {
        RunEvent event = new TestRuns().phase(1, Phase.JUDGE, "Judging.");
        assertThat(StreamJson.text(json -> EventJson.write(json, "r", event)))
                .contains("\"kind\":\"phase\",\"phase\":\"judge\",\"detail\":\"Judging.\"");
    }
}

package io.escapement.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.escapement.event.Names;
import io.escapement.event.Values;
import org.junit.jupiter.api.Test;

class StreamJsonTest {

    private final TestRuns events = new TestRuns();

    private static String columns(RunLog log) {
        return StreamJson.text(json -> StreamJson.columns(json, log.snapshot().columns()));
    }

    @Test
    void atLevelZeroThereIsOnlyTheLastValue() {
        RunLog log = new RunLog(TestRuns.header("r"));
        log.append(events.iteration(0, 0.5, Double.NaN));
        log.append(events.iteration(2, Values.of(Names.of("loss"), 0.25)));
        assertThat(columns(log))
                .isEqualTo("{\"bucket\":[0,2],\"iteration\":[0,2],\"segment\":[0,0],\"elapsed\":[0.001,0.002],"
                        + "\"series\":{\"loss\":{\"last\":[0.5,0.25]},\"gradientNorm\":{\"last\":[\"NaN\",null]}},"
                        + "\"point\":{\"x\":[0.0,null],\"y\":[0.5,null],\"z\":[-0.5,null]}}");
    }

    @Test
    void aboveLevelZeroThereAreExtremesAndCounts() {
        RunLog log = new RunLog(TestRuns.header("r"), 2, 10);
        double[] losses = {3, 1, Double.NaN, 2};
        for (int i = 0; i < losses.length; i++) {
            log.append(events.iteration(i, Values.of(Names.of("loss"), losses[i])));
        }
        assertThat(columns(log))
                .contains("\"bucket\":[0,1],\"iteration\":[1,3]")
                .contains("\"loss\":{\"first\":[3.0,\"NaN\"],\"min\":[1.0,2.0],\"max\":[3.0,2.0],\"last\":[1.0,2.0],"
                        + "\"nonFinite\":[0,1]}")
                .doesNotContain("point");
    }

    @Test
    void whatAHeaderDoesNotKnowIsAbsent() {
        assertThat(StreamJson.text(json -> StreamJson.header(json, TestRuns.bareHeader("r"))))
                .isEqualTo("{\"id\":\"r\",\"name\":\"a run\",\"problem\":\"pmc\",\"solver\":\"gd\",\"escape\":\"none\","
                        + "\"started\":\"2026-11-22T10:00:00Z\",\"seed\":7,\"command\":\"\",\"settings\":{},"
                        + "\"figures\":[],\"schema\":1}");
        assertThat(StreamJson.text(json -> StreamJson.header(json, TestRuns.header("r"))))
                .contains("\"gradientBound\":1.0E-6")
                .contains("\"axes\":{\"labels\":[\"x₁\",\"x₂\",\"x₃\"],\"kind\":\"native\","
                        + "\"truths\":[{\"x\":1.0,\"y\":0.0,\"z\":0.0}]}");
    }

    @Test
    void aSummaryHasStatusAndSpark() {
        RunLog log = new RunLog(TestRuns.header("r"));
        log.append(events.iteration(0, 0.5, 0.1));
        log.append(events.iteration(1, 0.5, 0));
        assertThat(StreamJson.text(json -> StreamJson.summary(json, log)))
                .contains("\"status\":{\"state\":\"running\",\"phase\":\"descend\"")
                .contains("\"lastEvent\":\"2026-11-22T10:00:00.002Z\"")
                .contains("\"ended\":false")
                .endsWith("\"sparkOf\":\"gradientNorm\",\"spark\":[-1.0,null]}");
    }
}

package io.escapement.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escapement.event.RunState;
import io.escapement.ingest.Answer;
import io.escapement.ingest.ExternalRun;
import io.escapement.ingest.Intake;
import io.escapement.ingest.Rejection;
import io.escapement.meter.RunMeters;
import io.escapement.store.RunCatalogue;
import io.escapement.store.RunStatus;
import io.escapement.web.ExternalDesk;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExternalRunsTest {

    private Instant now = Instant.parse("2026-11-22T10:00:00Z");

    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);

    private final RunCatalogue catalogue = new RunCatalogue();
    private final ExternalRuns runs = new ExternalRuns(
            catalogue,
            (header, standing) -> event -> {},
            null,
            new ExternalRun.Ledger() {
                @Override
                public void ingested(long events) {
                    // The answers tell.
                }

                @Override
                public void rejected(Rejection why, long lines) {
                    // The answers tell.
                }
            },
            clock,
            clock);

    private String register() throws ExternalDesk.TooMany {
        return runs.register(
                new ExternalDesk.Registration("", "", "", "", List.of("a", "b"), Map.of("lr", "1"), List.of(), 3));
    }

    private Answer send(String run, String line) {
        Intake intake = new Intake(runs.find(run).orElseThrow(), false);
        intake.take(line.getBytes(StandardCharsets.UTF_8));
        return intake.end();
    }

    private RunStatus status(String run) {
        return catalogue.find(run).orElseThrow().status();
    }

    @Test
    void theStateOfARunAgesWithoutEventsAndTheHistoryKeepsWhatWasFound() throws Exception {
        String run = register();
        assertThat(status(run).state()).isEqualTo(RunState.QUEUED);
        now = now.plus(Duration.ofHours(1));
        assertThat(status(run).state()).as("it has not begun").isEqualTo(RunState.QUEUED);
        send(run, "{\"loss\":1}\n".repeat(201));
        assertThat(status(run).state()).isEqualTo(RunState.STALLED);
        assertThat(status(run).title()).isEqualTo("Stalled");
        now = now.plusSeconds(45);
        assertThat(status(run).state()).isEqualTo(RunState.QUIET);
        now = now.plusSeconds(45);
        assertThat(status(run).state()).isEqualTo(RunState.LOST);
        assertThat(catalogue.find(run).orElseThrow().ages()).isTrue();
        send(run, "{\"loss\":0.1}");
        assertThat(status(run).state()).isEqualTo(RunState.RUNNING);
        send(run, "{\"kind\":\"verdict\",\"state\":\"converged\"}");
        now = now.plusSeconds(1000);
        assertThat(status(run).state()).isEqualTo(RunState.CONVERGED);
        assertThat(catalogue.find(run).orElseThrow().ages()).isFalse();
        assertThat(catalogue.find(run).orElseThrow().landmarks("message", -1, 10))
                .extracting(mark -> mark.event().toString())
                .anyMatch(text -> text.contains("Stalled: the loss fell by only"))
                .anyMatch(text -> text.contains("Running: the loss or the gradient norm is falling"));
    }

    @Test
    void whenThereIsNoRoomLostRunsGiveTheirs() throws Exception {
        String first = register();
        for (int i = 1; i < ExternalRuns.MOST; i++) {
            register();
        }
        assertThatThrownBy(this::register)
                .isInstanceOf(ExternalDesk.TooMany.class)
                .hasMessageContaining("1000 runs");
        now = now.plus(Duration.ofHours(25));
        String next = register();
        assertThat(runs.find(next)).isPresent();
        assertThat(runs.find(first)).isEmpty();
        assertThat(status(first).state()).isEqualTo(RunState.FAILED);
        assertThat(status(first).sentence()).contains("nothing was heard of the program for 24 h".substring(1));
    }

    @Test
    void nothingIsPromisedByAServerThatIsAboutToEnd() throws Exception {
        String run = register();
        runs.close();
        assertThat(runs.find(run)).isEmpty();
        assertThatThrownBy(() -> runs.takeUp(run)).isInstanceOf(ExternalDesk.NotNow.class);
        assertThatThrownBy(this::register).isInstanceOf(ExternalDesk.TooMany.class);
    }

    @Test
    void whatIsToldOfARunIsInItsHeader() throws Exception {
        var header = catalogue.find(register()).orElseThrow().header();
        assertThat(header.tags()).containsExactly("a", "b");
        assertThat(header.settings()).containsEntry("source", "external").containsEntry("lr", "1");
        assertThat(header.seed()).isEqualTo(3);
        assertThat(header.name()).isNotBlank();
    }

    @Test
    void theMetersKnowEveryReasonToRejectALine() {
        assertThat(RunMeters.REJECTIONS)
                .containsExactlyElementsOf(
                        Arrays.stream(Rejection.values()).map(Rejection::label).toList());
    }
}

package io.escapement.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.escapement.event.RunEvent;
import io.escapement.event.RunState;
import io.escapement.run.Command;
import io.escapement.run.Run;
import io.escapement.store.RunCatalogue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** One place, and more runs than that. */
@Timeout(60)
class LiveRunsTest {

    /** Goes on for longer than any test. */
    private static final String[] LONG = {"--n=30", "--rho=0.1", "--pace=20", "--step=fixed:0.0001"};

    private final RunCatalogue catalogue = new RunCatalogue();
    private final LiveRuns runs = new LiveRuns(catalogue, header -> event -> {}, log -> {}, new RunProblems(), null, 1);

    @AfterEach
    void close() {
        runs.close();
    }

    private Run start(String... options) {
        RunOptions parsed = new RunOptions();
        new CommandLine(parsed).parseArgs(options);
        return runs.start(Preparation.generated("pmc", parsed, "test"));
    }

    private static RunEvent.Verdict end(Run run) throws Exception {
        return run.ended().get(50, TimeUnit.SECONDS);
    }

    private RunState state(Run run) {
        return catalogue.find(run.header().id()).orElseThrow().status().state();
    }

    @Test
    void moreRunsThanPlacesWaitTheirTurn() throws Exception {
        Run first = start(LONG);
        await().until(() -> state(first) == RunState.RUNNING);
        Run second = start("--n=5");
        assertThat(state(second)).isEqualTo(RunState.QUEUED);
        runs.command(first.header().id(), Command.STOP, "tester");
        assertThat(end(second).state()).isEqualTo(RunState.CONVERGED);
    }

    @Test
    void aQueuedRunIsStoppedWithoutAStep() throws Exception {
        Run first = start(LONG);
        await().until(() -> state(first) == RunState.RUNNING);
        Run second = start("--n=5");
        assertThat(runs.command(second.header().id(), Command.STOP, "tester")).isTrue();
        assertThat(end(second).state()).isEqualTo(RunState.CANCELLED);
        assertThat(end(second).stamp().iteration()).isZero();
        assertThat(state(first)).isEqualTo(RunState.RUNNING);
    }

    @Test
    void aPausedRunGivesUpItsPlace() throws Exception {
        Run first = start(LONG);
        runs.command(first.header().id(), Command.PAUSE, "tester");
        await().until(() -> state(first) == RunState.PAUSED);
        Run second = start("--n=5");
        assertThat(end(second).state()).isEqualTo(RunState.CONVERGED);
        runs.command(first.header().id(), Command.RESUME, "tester");
        await().until(() -> state(first) == RunState.RUNNING);
        Run third = start("--n=5");
        assertThat(state(third)).isEqualTo(RunState.QUEUED);
        runs.command(first.header().id(), Command.STOP, "tester");
        assertThat(end(third).state()).isEqualTo(RunState.CONVERGED);
    }

    @Test
    void anEndedRunTakesNoCommands() throws Exception {
        Run run = start("--n=5");
        end(run);
        await().until(() -> !runs.command(run.header().id(), Command.STOP, "tester"));
        assertThat(runs.command("no such run", Command.STOP, "tester")).isFalse();
    }
}

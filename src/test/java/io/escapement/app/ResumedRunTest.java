package io.escapement.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.escapement.event.RunEvent;
import io.escapement.event.Stamp;
import io.escapement.run.RunPipeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import reactor.core.scheduler.Schedulers;

/** A run that goes on from a checkpoint, in a program that was just started, is the run that was not interrupted. */
class ResumedRunTest {

    /** A checkpoint and how many events came before it. */
    @SuppressWarnings("ArrayRecordComponent") // read, never compared
    private record Kept(int events, long iteration, byte[] bytes) {}

    private record Whole(List<String> events, DMatrixRMaj end, List<Kept> checkpoints) {}

    /** For each solver of the command line the first of these that it serves. */
    private static final List<List<String>> PROBLEMS = List.of(
            List.of("pmc", "--n=5", "--rho=0.1", "--init-scale=0.01"),
            List.of("completion", "--n=14", "--n2=12", "--rank=2", "--p=0.7"),
            List.of("gaussian", "--n=8", "--rank=2"));

    static Stream<String> solvers() {
        return SolverChoice.NAMES.stream();
    }

    @ParameterizedTest
    @MethodSource("solvers")
    void everySolverGoesOnBitForBit(String solver) {
        List<String> command = new ArrayList<>(PROBLEMS.stream()
                .filter(problem -> serves(solver, problem))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no problem here is for " + solver)));
        command.addAll(List.of("--solver=" + solver, "--max-iterations=60"));
        Whole whole = whole(command);
        assertThat(whole.checkpoints).as("of %s", command).hasSizeGreaterThan(3);
        int last = whole.checkpoints.size() - 1;
        for (int which : new int[] {0, last / 3, 2 * last / 3, last - 1}) {
            requireSame(command, whole, whole.checkpoints.get(which));
        }
    }

    private static boolean serves(String solver, List<String> problem) {
        List<String> command = new ArrayList<>(problem);
        command.add("--solver=" + solver);
        try {
            prepared(command);
            return true;
        } catch (InvalidOption e) {
            return false;
        }
    }

    static Stream<List<String>> escapes() {
        return Stream.of(
                // A race, trials, a jump; from checkpoints in all of them.
                List.of("gaussian", "--n=20", "--m=30", "--solver=lbfgs", "--max-evaluations=2500"),
                List.of("pmc", "--n=20", "--rho=0.1", "--max-iterations=600"),
                List.of("pmc", "--n=9", "--rho=0.01", "--escape=perturb:1e-3:40,restart:4", "--max-iterations=700"),
                List.of("pmc", "--n=7", "--rho=0.01", "--escape=sod-multi,oracle-probe", "--max-iterations=500"),
                List.of("nnls", "--n=20", "--emit-every=7", "--max-iterations=300"),
                List.of("cp", "--n=6", "--max-iterations=150", "--step=polyak:adaptive", "--solver=gd"),
                List.of("one-bit", "--n2=15", "--balance=2", "--max-iterations=120"),
                List.of(
                        "gaussian",
                        "--n=10",
                        "--rank=4",
                        "--truth-rank=2",
                        "--implicit-region=10",
                        "--solver=gd",
                        "--step=stable",
                        "--max-iterations=200"));
    }

    @ParameterizedTest
    @MethodSource("escapes")
    void alsoFromTheMidstOfAnEscape(List<String> command) {
        Whole whole = whole(command);
        int count = whole.checkpoints.size();
        assertThat(count).as("of %s", command).isGreaterThan(10);
        for (int i = 0; i < count; i += Math.max(1, count / 8)) {
            requireSame(command, whole, whole.checkpoints.get(i));
        }
    }

    @Test
    void aSecondResumptionIsTheSameAgain() {
        List<String> command = List.of("pmc", "--n=9", "--rho=0.1", "--solver=lbfgs", "--max-iterations=200");
        Whole whole = whole(command);
        Kept first = whole.checkpoints.get(whole.checkpoints.size() / 3);
        List<String> events = new ArrayList<>();
        List<Kept> kept = new ArrayList<>();
        PreparedRun second = prepared(command);
        run(keeping(second.pipeline().goingOn(first.bytes, 2), events, kept), events);
        Kept later = kept.get(kept.size() / 2);
        assertThat(later.iteration).isGreaterThan(first.iteration);
        List<String> third = new ArrayList<>();
        run(prepared(command).pipeline().goingOn(later.bytes, 3), third);
        assertThat(third.subList(1, third.size())).isEqualTo(events.subList(later.events, events.size()));
    }

    private static void requireSame(List<String> command, Whole whole, Kept from) {
        PreparedRun again = prepared(command);
        List<String> events = new ArrayList<>();
        run(again.pipeline().goingOn(from.bytes, 2), events);
        String where = command + " from iteration " + from.iteration + ", event " + from.events;
        assertThat(events.get(0)).as(where).contains("Attempt 2 goes on from the checkpoint at iteration");
        assertThat(events.subList(1, events.size()))
                .as(where)
                .isEqualTo(whole.events.subList(from.events, whole.events.size()));
        assertThat(again.last().get().data).as(where).isEqualTo(whole.end.data);
    }

    private static Whole whole(List<String> command) {
        PreparedRun prepared = prepared(command);
        List<String> events = new ArrayList<>();
        List<Kept> kept = new ArrayList<>();
        run(keeping(prepared.pipeline(), events, kept), events);
        return new Whole(events, prepared.last().get(), kept);
    }

    private static RunPipeline<?, ?> keeping(RunPipeline<?, ?> pipeline, List<String> events, List<Kept> kept) {
        return pipeline.checkpointed(
                Duration.ofNanos(1),
                checkpoint -> kept.add(
                        new Kept(events.size(), checkpoint.iteration(), checkpoint.bytes(Integer.MAX_VALUE - 16))));
    }

    private static void run(RunPipeline<?, ?> pipeline, List<String> into) {
        pipeline.events(Schedulers.immediate())
                .doOnNext(event -> into.add(timeless(event)))
                .blockLast(Duration.ofMinutes(2));
    }

    /** Without what tells the two apart: times, attempt and number. */
    private static String timeless(RunEvent event) {
        Stamp stamp = event.stamp();
        Stamp same = new Stamp(1, 0, stamp.iteration(), stamp.segment(), Instant.EPOCH, Duration.ZERO);
        return event.toString().replace(stamp.toString(), same.toString());
    }

    private static PreparedRun prepared(List<String> command) {
        RunOptions options = new RunOptions();
        new CommandLine(options).parseArgs(command.subList(1, command.size()).toArray(String[]::new));
        return Preparation.generated(command.get(0), options, OptionText.command(command));
    }
}

package io.escapement.app;

import io.escapement.event.RunEvent;
import io.escapement.event.RunState;
import io.escapement.run.Run;
import io.escapement.store.Listed;
import io.escapement.store.RunFilter;
import io.escapement.store.RunLog;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.ejml.data.DMatrixRMaj;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Goes on with a stored run. */
@Command(
        name = "resume",
        description = {
            "Goes on with a stored run that was lost, interrupted, stopped or failed, from its newest checkpoint, as its next attempt. From the"
                    + " same seed it ends where it would have ended.",
            "Its files must be where they were, and as they were."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", "Examples:", "  escapement runs --state lost", "  escapement resume last --serve"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:reached its goal",
            "1:an error of ours",
            "2:usage, or this run cannot be resumed",
            "3:stopped short: a limit or a stall; the state says which",
            "4:diverged",
            "5:a file of the run is missing or has changed",
            "130:interrupted"
        })
final class ResumeCommand implements Callable<Integer> {

    private static final String NEWEST = "last";
    private static final int LOOKED_AT = 200;

    @Parameters(
            index = "0",
            paramLabel = "RUN",
            description = "id of the run, its beginning or end, or last for the newest that can be resumed")
    private String name;

    @Mixin
    private ServerOptions server;

    @Mixin
    private StoreOptions place;

    @Mixin
    private Showing showing;

    @Mixin
    private final Talk talk;

    private final PrintStream out;
    private final PrintStream err;

    ResumeCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
        talk = new Talk(err);
    }

    @Override
    public Integer call() throws Exception {
        try (Station station = new Station(place)) {
            StoredRuns stored = station.stored()
                    .orElseThrow(() -> new InvalidOption("--store", "is none; the directory of the runs is needed"));
            RunLog log = find(stored);
            if (showing.serve) {
                talk.say("dashboard at " + station.serve(server) + "/");
            }
            int code;
            try (Interruption interruption = new Interruption()) {
                code = goOn(station, log, interruption);
            }
            if (showing.serve) {
                talk.stayUp();
            }
            return code;
        }
    }

    private RunLog find(StoredRuns stored) {
        if (!name.equals(NEWEST)) {
            return stored.find(name);
        }
        List<Listed> ended = new ArrayList<>();
        for (RunState state : List.of(RunState.LOST, RunState.CANCELLED, RunState.FAILED)) {
            ended.addAll(stored.list(LOOKED_AT, new RunFilter(state, "")));
        }
        ended.sort(Comparator.comparing((Listed run) -> run.header().id()).reversed());
        return Resumer.candidates(ended).stream()
                .findFirst()
                .map(run -> stored.find(run.header().id()))
                .orElseThrow(() -> new InvalidOption(
                        "RUN", "is last, and no run in the store can be resumed: escapement runs lists them"));
    }

    private int goOn(Station station, RunLog log, Interruption interruption)
            throws InterruptedException, ExecutionException {
        Resumer.Resumed resumed;
        try {
            resumed = station.resumer().takeUp(log);
        } catch (CannotResume e) {
            throw new InvalidOption("RUN", "is " + log.header().id() + ", which " + e.getMessage());
        }
        resumed.remarks().forEach(talk::say);
        talk.say("attempt " + resumed.attempt().number() + " of run "
                + log.header().id() + " goes on from iteration "
                + resumed.attempt().iteration());
        RunReport report = resumed.prepared().report();
        for (RunEvent event : log.holding()) {
            report.accept(event);
        }
        Run run = resumed.run();
        run.events().subscribe(report::accept);
        if (showing.watch && !talk.quiet) {
            run.events().subscribe(new WatchLine(err, Terminal.interactive())::accept);
        }
        interruption.watch(run);
        station.runs().start(run);
        report.await(run);
        DMatrixRMaj last = resumed.prepared().last().get();
        if (resumed.input() != null && last != null) {
            resumed.input().conclude(last, report).forEach(talk::say);
        }
        out.print(talk.json ? report.json() + System.lineSeparator() : report.text());
        return ExitCode.of(report.verdict());
    }
}

package io.escapement.app;

import io.escapement.experiment.Engine;
import io.escapement.experiment.Experiment;
import io.escapement.experiment.Scope;
import io.escapement.experiment.record.HtmlReport;
import io.escapement.experiment.record.Journal;
import io.escapement.experiment.record.JournalInUse;
import io.escapement.experiment.record.MalformedJournal;
import io.escapement.experiment.record.ResultDocument;
import io.escapement.experiment.record.ResultFiles;
import io.escapement.experiment.record.ResultText;
import io.escapement.experiment.study.Experiments;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The papers' tables and figures. Over the usual length because each option is declared with what it says of itself. */
@Command(
        name = "experiment",
        description = {
            "Runs a table or figure of the papers and sets our figures beside the paper's.",
            "Interrupted, it goes on where it stopped when it is started again: finished trials are kept in DIR/journal.ndjson"
                    + " and never done twice, whatever the number of trials asked for. A result that differs from an older"
                    + " one of the same name does not overwrite it."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  escapement experiment list",
            "  escapement experiment leac-table1",
            "  escapement experiment sod-success --quick --serve",
            "  escapement experiment all --quick",
            "  escapement experiment sod-pmc --report sod-pmc.html",
            "  escapement experiment escape-benchmark --trials 200 --jobs 4 --out benchmark --json"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything that ours must reach was reached",
            "1:an error of ours, or a trial that failed by one",
            "2:usage",
            "3:something was missed, or trials were stopped",
            "5:a journal that cannot be read",
            "130:interrupted; the same command goes on from there"
        })
final class ExperimentCommand implements Callable<Integer> {

    private static final String LIST = "list";
    private static final String ALL = "all";

    @Parameters(
            index = "0",
            paramLabel = "ID",
            description = "name of an experiment, or all; list names them with a line each")
    private String id;

    @Option(
            names = "--trials",
            paramLabel = "N",
            description = "trials in each cell, with seeds SEED, SEED+1, … (the experiment's own number)")
    private Integer trials;

    @Option(names = "--seed", paramLabel = "SEED", description = "of the first trial (the experiment's own, mostly 1)")
    private Long seed;

    @Option(
            names = "--jobs",
            paramLabel = "J",
            description = "trials at the same time; the figures do not depend on it (the number of processors)")
    private Integer jobs;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "where journal and results go; with all, into a directory ID of it (experiments/ID in the working directory)")
    private Path out;

    @Option(names = "--quick", description = "fewer cells and trials: ends within a minute")
    private boolean quick;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "also write an HTML file with the figures and tables, which opens without a server")
    private Path reportFile;

    @Mixin
    private final Talk talk;

    @Option(names = "--serve", description = "show the trials in the dashboard; it stays up until interrupted")
    private boolean serve;

    @Mixin
    private ServerOptions server;

    @Mixin
    private StoreOptions store;

    private final PrintStream standardOut;
    private final PrintStream err;

    ExperimentCommand(PrintStream standardOut, PrintStream err) {
        this.standardOut = standardOut;
        this.err = err;
        talk = new Talk(err);
    }

    @Override
    public Integer call() throws Exception {
        if (id.equals(LIST)) {
            list();
            return ExitCode.GOAL;
        }
        boolean all = id.equals(ALL);
        if (all && trials != null) {
            throw new InvalidOption("--trials", "is " + trials + "; with all, every experiment has its own number");
        }
        List<Experiment> chosen =
                all ? Experiments.all() : List.of(Experiments.find(id).orElseThrow(() -> unknown(id)));
        int atOnce = jobs == null ? Runtime.getRuntime().availableProcessors() : jobs;
        Check.between("--jobs", atOnce, 1, 1024);
        checkReport();
        List<ExperimentSession> sessions = new ArrayList<>();
        for (Experiment experiment : chosen) {
            sessions.add(new ExperimentSession(experiment, scope(experiment), atOnce, directory(experiment, all)));
        }
        try (Station station = new Station(store, server.meters)) {
            if (serve) {
                talk.say("dashboard at " + station.serve(server) + "/experiments");
            }
            int code = all ? performAll(sessions, station) : performOne(sessions.get(0), station);
            if (serve) {
                talk.stayUp();
            }
            return code;
        }
    }

    private Path directory(Experiment experiment, boolean all) {
        if (out == null) {
            return ExperimentFiles.directory(experiment.id());
        }
        return all ? out.resolve(experiment.id()) : out;
    }

    /** Before hours of work. */
    private void checkReport() {
        if (reportFile != null
                && (Files.isDirectory(reportFile)
                        || !Files.isDirectory(reportFile.toAbsolutePath().getParent()))) {
            throw new InvalidOption("--report", "is " + reportFile + "; a file in a directory that exists is needed");
        }
    }

    private void list() {
        int width = Experiments.all().stream()
                .mapToInt(experiment -> experiment.id().length())
                .max()
                .orElse(0);
        for (Experiment experiment : Experiments.all()) {
            standardOut.printf(
                    Locale.ROOT,
                    "%-" + width + "s  %s (%s)%n",
                    experiment.id(),
                    experiment.title(),
                    experiment.source());
        }
    }

    private static InvalidOption unknown(String id) {
        return Check.unknown(
                "ID",
                id,
                Stream.concat(Stream.of(LIST, ALL), Experiments.all().stream().map(Experiment::id))
                        .toList());
    }

    private Scope scope(Experiment experiment) {
        Scope own = Scope.of(experiment, quick);
        if (trials != null && experiment.mostTrials() == 1 && trials != 1) {
            throw new InvalidOption(
                    "--trials", "is " + trials + "; " + experiment.id() + " draws single runs: 1 is possible");
        }
        if (trials != null) {
            Check.between("--trials", trials, 1, experiment.mostTrials());
        }
        return new Scope(trials == null ? own.trials() : trials, seed == null ? own.seed() : seed, quick);
    }

    private static InvalidOption unwritable(String option, Path path, String needed, IOException e) {
        return new InvalidOption(
                option,
                "is " + path + ", which cannot be written (" + FileTrouble.words(e) + "); " + needed + " is needed");
    }

    private int performOne(ExperimentSession session, Station station) {
        try (Interruption interruption = new Interruption()) {
            ExperimentSession.Conclusion conclusion = perform(session, station, interruption);
            if (conclusion.stopped()) {
                return ExitCode.STOPPED_SHORT;
            }
            standardOut.print(
                    talk.json
                            ? conclusion.document().json() + System.lineSeparator()
                            : ResultText.of(conclusion.document()));
            writeReport(List.of(conclusion.document()));
            return code(conclusion);
        }
    }

    /** One after the other; ends with a table of a line each. */
    private int performAll(List<ExperimentSession> sessions, Station station) {
        List<ResultDocument> documents = new ArrayList<>();
        int worst = ExitCode.GOAL;
        try (Interruption interruption = new Interruption()) {
            for (ExperimentSession session : sessions) {
                talk.say(session.experiment().id() + ": " + session.experiment().title());
                ExperimentSession.Conclusion conclusion = perform(session, station, interruption);
                if (conclusion.stopped()) {
                    return ExitCode.STOPPED_SHORT;
                }
                documents.add(conclusion.document());
                int code = code(conclusion);
                worst = code == ExitCode.ERROR || worst == ExitCode.GOAL ? code : worst;
            }
        }
        standardOut.print(
                talk.json ? ResultDocument.json(documents) + System.lineSeparator() : ResultText.summary(documents));
        writeReport(documents);
        return worst;
    }

    private ExperimentSession.Conclusion perform(
            ExperimentSession session, Station station, Interruption interruption) {
        String name = session.experiment().id();
        ExperimentDesk desk = station.experiments();
        ExperimentOnlooker watch = new ExperimentOnlooker(
                interruption,
                new ExperimentProgress(err, !talk.quiet && Terminal.interactive()),
                desk.show(name, session.directory()));
        try {
            ExperimentSession.Conclusion conclusion =
                    session.perform(serve || station.stores() ? desk.shown() : Engine.Runs.unseen(), watch);
            watch.progress().end();
            explain(session, conclusion);
            return conclusion;
        } catch (MalformedJournal e) {
            throw new BadData(e.getMessage(), e);
        } catch (JournalInUse e) {
            throw new SetupProblem(e.getMessage(), e);
        } catch (IOException e) {
            throw unwritable("--out", session.directory(), "a directory", e);
        } finally {
            desk.ended(name);
        }
    }

    private void explain(ExperimentSession session, ExperimentSession.Conclusion conclusion) {
        Engine.Collected collected = conclusion.collected();
        if (conclusion.stopped()) {
            talk.say("interrupted; " + (collected.asked() - collected.cut() - collected.failed()) + " of "
                    + collected.asked() + " trials are in "
                    + session.directory().resolve(Journal.NAME) + ", and the same command goes on from there");
            return;
        }
        if (collected.failed() > 0) {
            talk.say(collected.failed() + " trials failed by an error of ours; the log above says which");
        }
        if (collected.cut() > 0) {
            talk.say(collected.cut() + " trials were stopped; the same command does them again");
        }
        ResultFiles.Written written = conclusion.written();
        if (written.kept() != null) {
            talk.say("an older result with other figures was kept as " + written.kept());
        }
        talk.say("written: "
                + String.join(", ", written.files().stream().map(Path::toString).toList()));
    }

    private static int code(ExperimentSession.Conclusion conclusion) {
        if (conclusion.collected().failed() > 0) {
            return ExitCode.ERROR;
        }
        return conclusion.reached() ? ExitCode.GOAL : ExitCode.STOPPED_SHORT;
    }

    private void writeReport(List<ResultDocument> documents) {
        if (reportFile == null) {
            return;
        }
        try {
            HtmlReport.write(reportFile, documents);
            talk.say("report: " + reportFile.toAbsolutePath().toUri());
        } catch (IOException e) {
            throw unwritable("--report", reportFile, "a file", e);
        }
    }
}

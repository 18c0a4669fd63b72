package io.escapement.app;

import io.escapement.store.RunLog;
import io.escapement.store.export.RunExport;
import io.escapement.store.export.RunTable;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A stored run as a file. */
@Command(
        name = "export",
        description = {
            "Writes a stored run for other programs: its series with a row for each iteration, or for each bucket of"
                    + " iterations where they are no longer kept one by one; NDJSON has the landmark events too."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  escapement export last --format csv -o run.csv",
            "  escapement export 01M810VFNQ --format parquet -o run.parquet",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:written", "1:it could not be", "2:usage, or there is no such run"})
final class ExportCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "RUN",
            description = "id of the run, its beginning or end, or last for the newest")
    private String run;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "csv",
            description = "csv, ndjson or parquet (${DEFAULT-VALUE})")
    private String format;

    @Mixin
    private OutFile file;

    @Mixin
    private StorePlace place;

    private final PrintStream out;

    ExportCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        RunExport export = RunExport.of(format).orElseThrow(() -> Check.unknown("--format", format, RunExport.FORMATS));
        try (StoredRuns runs = new StoredRuns(place)) {
            RunLog log = runs.find(run);
            RunTable table = new RunTable(runs.store(), log);
            file.write(out, stream -> export.write(table, stream));
        } catch (IOException | UncheckedIOException e) {
            throw file.unwritable(e);
        }
        return ExitCode.GOAL;
    }
}

package io.escapement.app;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Entry point: {@code escapement [COMMAND] [OPTIONS]}. */
public final class Main {

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        int code = execute(out, err, args);
        out.flush();
        err.flush();
        System.exit(code);
    }

    /** Runs a command line and gives its exit code. */
    static int execute(PrintStream out, PrintStream err, String... args) {
        CommandLine line = new CommandLine(new EscapementCommand(out, err));
        line.addSubcommand(new RunCommand(out, err));
        line.addSubcommand(new ResumeCommand(out, err));
        line.addSubcommand(new ServeCommand(out, err));
        line.addSubcommand(new IngestCommand(out, err));
        line.addSubcommand(new PythonCommand(out));
        line.addSubcommand(new ExperimentCommand(out, err));
        line.addSubcommand(new RunsCommand(out));
        line.addSubcommand(new ShowCommand(out));
        line.addSubcommand(new ExportCommand(out));
        line.addSubcommand(new BenchCommand(out));
        line.addSubcommand(new BoundCommand(out));
        line.addSubcommand(new DoctorCommand(out));
        line.setOut(new java.io.PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new java.io.PrintWriter(err, true, StandardCharsets.UTF_8));
        line.setUsageHelpAutoWidth(true);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((exception, given) -> usage(err, exception.getCommandLine(), exception));
        line.setExecutionExceptionHandler((exception, at, result) -> {
            if (exception instanceof InvalidOption) {
                return usage(err, at, exception);
            }
            if (exception instanceof BadData) {
                err.println("escapement: " + exception.getMessage());
                return ExitCode.BAD_DATA;
            }
            if (exception instanceof SetupProblem) {
                err.println("escapement: " + exception.getMessage());
                return ExitCode.ERROR;
            }
            LOG.error("unexpected error in {}", List.of(args), exception);
            err.println("escapement: an error of ours: " + exception);
            return ExitCode.ERROR;
        });
        return line.execute(args);
    }

    private static int usage(PrintStream err, CommandLine at, Exception exception) {
        String name = at.getCommandSpec().qualifiedName();
        err.println(name + ": " + exception.getMessage());
        err.println("Try '" + name + " --help'.");
        return ExitCode.USAGE;
    }
}

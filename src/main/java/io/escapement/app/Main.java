package io.escapement.app;

import io.escapement.app.config.ConfigProblem;
import io.escapement.app.config.Configuration;
import io.escapement.app.config.Origin;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

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
        return execute(out, err, System.getenv(), args);
    }

    /** @param environment from which options are taken that no flag gives */
    static int execute(PrintStream out, PrintStream err, Map<String, String> environment, String... args) {
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
        line.addSubcommand(new LandscapeCommand(out, err));
        line.addSubcommand(new BenchCommand(out));
        line.addSubcommand(new BoundCommand(out));
        line.addSubcommand(new TokenCommand(out));
        line.addSubcommand(new DoctorCommand(out, environment));
        line.addSubcommand(new ConfigCommand(out, err, environment));
        addConfig(line);
        line.getSubcommands().values().forEach(Main::addConfig);
        Configuration.addSecondNames(line.getCommandSpec());
        line.getSubcommands().values().forEach(command -> Configuration.addSecondNames(command.getCommandSpec()));
        Configuration configuration;
        try {
            configuration = Configuration.of(line, fromEnvironment(line), environment, args);
        } catch (ConfigProblem e) {
            err.println("escapement: " + e.getMessage());
            err.println("Try 'escapement config --help'.");
            return ExitCode.USAGE;
        }
        line.setDefaultValueProvider(configuration);
        line.setOut(new java.io.PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new java.io.PrintWriter(err, true, StandardCharsets.UTF_8));
        line.setUsageHelpAutoWidth(true);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((exception, given) -> usage(
                err,
                exception.getCommandLine(),
                OptionText.words(exception)
                        + (exception.getArgSpec() instanceof OptionSpec option ? from(configuration, option) : "")));
        line.setExecutionExceptionHandler((exception, at, result) -> {
            if (exception instanceof InvalidOption invalid) {
                OptionSpec option = at.getCommandSpec().findOption(invalid.option());
                return usage(err, at, exception.getMessage() + (option == null ? "" : from(configuration, option)));
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

    private static void addConfig(CommandLine command) {
        command.getCommandSpec()
                .addOption(OptionSpec.builder(Configuration.OPTION)
                        .paramLabel("FILE")
                        .type(String.class)
                        .description("YAML file of options, those of a command below its name; none: no file"
                                + " (~/.config/escapement/escapement.yaml, if there is one)")
                        .build());
    }

    /** The server's options, and those of programs that send to one. Those of a run are typed, or are in a file. */
    private static Set<String> fromEnvironment(CommandLine line) {
        Set<String> names = new TreeSet<>(Set.of("token-file", "ca-file"));
        line.getSubcommands().get("serve").getCommandSpec().options().stream()
                .map(OptionText::name)
                .forEach(names::add);
        names.removeAll(Set.of("help", "version", "config"));
        return names;
    }

    /** Where a value comes from that was not typed. */
    private static String from(Configuration configuration, OptionSpec option) {
        Origin origin = configuration.origin(option);
        return origin.where().isEmpty() ? "" : " (it is set by " + origin + ")";
    }

    private static int usage(PrintStream err, CommandLine at, String message) {
        String name = at.getCommandSpec().qualifiedName();
        err.println(name + ": " + message);
        err.println("Try '" + name + " --help'.");
        return ExitCode.USAGE;
    }
}

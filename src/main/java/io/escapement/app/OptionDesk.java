package io.escapement.app;

import io.escapement.ingest.ExternalRun;
import io.escapement.run.Command;
import io.escapement.run.Run;
import io.escapement.store.RunCatalogue;
import io.escapement.store.RunLog;
import io.escapement.web.InvalidRequest;
import io.escapement.web.ProblemSheet;
import io.escapement.web.RunDesk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Starts and steers runs for the dashboard, through the command line's own parser. */
final class OptionDesk implements RunDesk {

    /** Options that take one of a few words. */
    private static final Map<String, List<String>> CHOICES = Map.of(
            "mask", List.of("structured", "uniform"),
            "linear", List.of("entries", "roots"),
            "frame", List.of("haar", "positive"),
            "precision", List.of("double", "single"),
            "init-noise", List.of("normal", "positive"));

    private final LiveRuns runs;
    private final ExternalRuns external;
    private final ProblemSheets sheets = new ProblemSheets();
    private final Resumer resumer;
    private final RunCatalogue catalogue;

    OptionDesk(LiveRuns runs, ExternalRuns external, Resumer resumer, RunCatalogue catalogue) {
        this.runs = runs;
        this.external = external;
        this.resumer = resumer;
        this.catalogue = catalogue;
    }

    @Override
    public String start(String problem, Map<String, Object> given) throws InvalidRequest {
        List<String> arguments = new ArrayList<>();
        for (Map.Entry<String, Object> option : given.entrySet()) {
            if (!(option.getValue() instanceof String text && text.isBlank())) {
                arguments.add("--" + option.getKey() + "=" + option.getValue());
            }
        }
        RunOptions options = new RunOptions();
        CommandLine parser = new CommandLine(options);
        for (String name : given.keySet()) {
            if (!parser.getCommandSpec().optionsMap().containsKey("--" + name)) {
                throw new InvalidRequest(
                        "options." + name,
                        "there is no option '" + name + "' of a run started here; GET /api/v1/problems lists them");
            }
        }
        try {
            parser.parseArgs(arguments.toArray(String[]::new));
        } catch (CommandLine.ParameterException e) {
            throw new InvalidRequest("options" + field(e), OptionText.words(e));
        }
        try {
            List<String> command = new ArrayList<>(List.of(problem));
            command.addAll(arguments);
            PreparedRun prepared = Preparation.generated(problem, options, OptionText.command(command));
            Run run = runs.create(prepared);
            runs.startUnattended(run);
            return run.header().id();
        } catch (InvalidOption e) {
            boolean which = e.option().equals("PROBLEM");
            throw new InvalidRequest(which ? "problem" : "options." + firstWord(e.option()), e.getMessage());
        }
    }

    private static String field(CommandLine.ParameterException e) {
        return e.getArgSpec() instanceof OptionSpec option ? "." + OptionText.name(option) : "";
    }

    /** "--step fixed" → "step". */
    private static String firstWord(String option) {
        int space = option.indexOf(' ');
        return option.substring(2, space < 0 ? option.length() : space);
    }

    @Override
    public CommandOutcome command(String run, String command, String by) {
        Command known;
        try {
            known = Command.of(command);
        } catch (IllegalArgumentException e) {
            return CommandOutcome.refused(e.getMessage());
        }
        Optional<ExternalRun> fed = external.find(run);
        if (fed.isPresent() && known != Command.STOP) {
            return CommandOutcome.refused("the run is one of another program's, which cannot be told to " + command
                    + "; stop would be valid");
        }
        Optional<RunLog> ended = fed.isPresent() || known != Command.RESUME
                ? Optional.empty()
                : catalogue.find(run).filter(RunLog::ended);
        if (ended.isPresent()) {
            return resume(ended.get());
        }
        return fed.map(other -> other.wishStop(by)).orElseGet(() -> runs.command(run, known, by))
                ? CommandOutcome.accepted()
                : CommandOutcome.refused(
                        "run " + run + " has ended, or goes on in another process: commands reach it there only");
    }

    private CommandOutcome resume(RunLog log) {
        try {
            resumer.resumeUnattended(log);
            return CommandOutcome.accepted();
        } catch (CannotResume e) {
            return CommandOutcome.refused("run " + log.header().id() + " " + e.getMessage());
        } catch (BadData e) {
            return CommandOutcome.refused(e.getMessage());
        }
    }

    @Override
    public Optional<ProblemSheet> sheet(String problem) {
        return sheets.of(problem);
    }

    @Override
    public StartForm form() {
        List<Problem> problems = ProblemChoice.ALL.stream()
                .map(choice -> new Problem(
                        choice.name(), choice.title(), choice.description(), choice.allOptions(), choice.shaping()))
                .toList();
        List<Option> options = CommandSpec.forAnnotatedObject(new RunOptions()).options().stream()
                .map(OptionDesk::option)
                .toList();
        return new StartForm(problems, options, SolverChoice.NAMES, EscapeChoice.NAMES);
    }

    private static Option option(OptionSpec spec) {
        String name = OptionText.name(spec);
        // Names may have settings after a colon, so that they are suggested and not chosen from.
        List<String> suggestions = switch (name) {
            case "solver" -> SolverChoice.NAMES;
            case "escape" -> EscapeChoice.NAMES;
            default -> null;
        };
        Class<?> type = spec.type();
        List<String> choices = CHOICES.get(name);
        String kind = choices != null
                ? "choice"
                : type == int.class || type == Integer.class || type == long.class
                        ? "integer"
                        : type == double.class || type == Double.class ? "number" : "text";
        String description = String.join(" ", spec.description()).replace(" (${DEFAULT-VALUE})", "");
        return new Option(name, kind, choices, spec.defaultValue(), description, OptionGroups.of(name), suggestions);
    }
}

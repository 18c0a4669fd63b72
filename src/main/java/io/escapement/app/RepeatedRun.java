package io.escapement.app;

import io.escapement.event.RunHeader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;

/**
 * A run made again from its header: the same instance from the same seed.
 *
 * @param input the file it is about, or null
 */
record RepeatedRun(PreparedRun prepared, DataRun input) {

    /** What people say of a run, and may change. */
    private static final Set<String> LABELS = Set.of("tags", "note", "name");

    /**
     * @throws CannotResume if it is not a run of {@code escapement run}, or its options make another one now
     * @throws BadData if its files have changed
     */
    static RepeatedRun of(RunHeader header) {
        if (header.settings().containsKey("experiment")) {
            throw new CannotResume(
                    "is a trial of an experiment; the command of the experiment goes on where that stopped");
        }
        RunOptions options = options(header.command());
        RepeatedRun again;
        try {
            again = made(header, options);
        } catch (InvalidOption | IllegalArgumentException e) {
            throw new CannotResume("cannot be made again from its options: " + e.getMessage());
        }
        requireSame(header.settings(), again.prepared.header().settings());
        return again;
    }

    private static RepeatedRun made(RunHeader header, RunOptions options) {
        if (!InputFiles.used(header.settings())) {
            return new RepeatedRun(
                    Preparation.generated(header.problem(), options, header.command(), remarks(header.settings())),
                    null);
        }
        DataOptions data = InputFiles.again(header.settings());
        Map<String, String> files = InputFiles.of(data);
        if (data.caseFile != null) {
            return new RepeatedRun(
                    Preparation.onNetwork(DataInput.readCase(data.caseFile), options, header.command(), files), null);
        }
        DataRun input = DataRun.of(DataInput.read(data), data, options);
        return new RepeatedRun(Preparation.fromFile(input, options, header.command(), files), input);
    }

    private static Map<String, String> remarks(Map<String, String> settings) {
        return settings.containsKey("demo") ? Map.of("demo", settings.get("demo")) : Map.of();
    }

    /** From the command, and not from the settings: among those are what was settled and what the instance turned out to be. */
    private static RunOptions options(String command) {
        RunOptions options = new RunOptions();
        try {
            new CommandLine(options)
                    .setUnmatchedArgumentsAllowed(true)
                    .parseArgs(OptionText.arguments(command).toArray(String[]::new));
        } catch (CommandLine.ParameterException e) {
            throw new CannotResume(
                    "has options that this version of the program does not take: " + OptionText.words(e));
        }
        return options;
    }

    private static void requireSame(Map<String, String> then, Map<String, String> now) {
        Map<String, String> others = new LinkedHashMap<>(now);
        others.keySet().removeAll(LABELS);
        List<String> different = new ArrayList<>();
        others.forEach((name, value) -> {
            if (then.containsKey(name) && !value.equals(then.get(name))) {
                different.add(name + " was " + then.get(name) + " and is " + value);
            }
        });
        if (!different.isEmpty()) {
            throw new CannotResume("would be another run now: " + String.join(", ", different));
        }
    }
}

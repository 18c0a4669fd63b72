package io.escapement.app;

import java.util.Map;

/** From options to a run that is ready to start, for generated problems and for files. */
final class Preparation {

    /** What a run uses where the user names no mechanism. */
    private static final String ESCAPE = "oracle-probe";

    private Preparation() {}

    /** @param command that repeats the run */
    static PreparedRun generated(String problem, RunOptions options, String command) {
        return generated(problem, options, command, Map.of());
    }

    /** @param remarks settings of the caller's own, for the run's header */
    static PreparedRun generated(String problem, RunOptions options, String command, Map<String, String> remarks) {
        ProblemChoice.Started started = ProblemChoice.start(problem, options);
        String escape = options.escape == null ? ESCAPE : options.escape;
        Map<String, String> settings = OptionText.of(options);
        settings.put("escape", escape);
        settings.putAll(remarks);
        return RunFactory.prepare(problem, started.instance(), started.x0(), options, escape, command, settings);
    }

    /** On a matrix from a file. A local minimum of noisy data is not a trap to be left by default. */
    static PreparedRun fromFile(DataRun data, RunOptions options, String command) {
        String escape = options.escape == null ? EscapeChoice.NONE : options.escape;
        Map<String, String> settings = OptionText.of(options);
        settings.put("escape", escape);
        settings.putAll(data.settings());
        return RunFactory.prepare("data", data.instance(), data.x0(), options, escape, command, settings);
    }
}

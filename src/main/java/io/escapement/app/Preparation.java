package io.escapement.app;

import io.escapement.sensing.network.PowerNetwork;
import java.util.LinkedHashMap;
import java.util.Map;

/** From options to a run that is ready to start, for generated problems and for files. */
final class Preparation {

    /** What a run uses where the user names no mechanism. */
    static final String ESCAPE = "auto";

    /** On a file gradient descent crawls: the balance of the two factors is curved by the ridge alone. */
    private static final String FILE_SOLVER = "lbfgs";

    private static final String NETWORK = "network";

    private Preparation() {}

    /** @param command that repeats the run */
    static PreparedRun generated(String problem, RunOptions options, String command) {
        return generated(problem, options, command, Map.of());
    }

    /** @param remarks settings of the caller's own, for the run's header */
    static PreparedRun generated(String problem, RunOptions options, String command, Map<String, String> remarks) {
        return prepared(problem, ProblemChoice.start(problem, options), options, command, remarks);
    }

    /**
     * On a power network from a file.
     *
     * @param files settings of {@link InputFiles}
     */
    static PreparedRun onNetwork(PowerNetwork network, RunOptions options, String command, Map<String, String> files) {
        Map<String, String> remarks = new LinkedHashMap<>(files);
        remarks.put("case", network.name());
        return prepared(NETWORK, ProblemChoice.start(network, options), options, command, remarks);
    }

    private static PreparedRun prepared(
            String problem,
            ProblemChoice.Started started,
            RunOptions options,
            String command,
            Map<String, String> remarks) {
        options.step = options.step == null ? SolverChoice.usualStep(options.solver) : options.step;
        String escape = options.escape == null ? SolverChoice.escape(options.solver, ESCAPE) : options.escape;
        Map<String, String> settings = OptionText.of(options);
        settings.put("escape", escape);
        settings.putAll(remarks);
        return RunFactory.prepare(problem, started.instance(), started.x0(), options, escape, command, settings);
    }

    /**
     * On a file.
     *
     * @param files settings of {@link InputFiles}
     */
    static PreparedRun fromFile(DataRun data, RunOptions options, String command, Map<String, String> files) {
        options.solver = options.solver == null ? FILE_SOLVER : options.solver;
        options.step = options.step == null ? SolverChoice.usualStep(options.solver) : options.step;
        String escape = options.escape == null ? SolverChoice.escape(options.solver, data.escape()) : options.escape;
        Map<String, String> settings = OptionText.of(options);
        settings.put("escape", escape);
        settings.putAll(data.settings());
        settings.putAll(files);
        return RunFactory.prepare(
                "data", LossChoice.applied(data.instance(), options), data.x0(), options, escape, command, settings);
    }
}

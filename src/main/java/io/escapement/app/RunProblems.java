package io.escapement.app;

import io.escapement.event.RunHeader;
import io.escapement.sensing.Instance;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/**
 * The problems that runs are on, for pictures of them: those of this process as long as memory is not short, and others made again from
 * the options and the seed in a run's header. A file is not read again: it may have changed since. Thread-safe.
 */
final class RunProblems {

    private static final Logger LOG = LoggerFactory.getLogger(RunProblems.class);
    private static final int MOST = 64;

    private final Map<String, SoftReference<Instance<?>>> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SoftReference<Instance<?>>> eldest) {
            return size() > MOST;
        }
    };

    /**
     * A problem, or why there is none.
     *
     * @param instance or null
     * @param why a sentence; empty where there is an instance
     */
    record Found(Instance<?> instance, String why) {
        static Found none(String why) {
            return new Found(null, why);
        }
    }

    synchronized void remember(String run, Instance<?> instance) {
        known.put(run, new SoftReference<>(instance));
    }

    private synchronized Instance<?> remembered(String run) {
        SoftReference<Instance<?>> reference = known.get(run);
        return reference == null ? null : reference.get();
    }

    Found of(RunHeader header) {
        Instance<?> here = remembered(header.id());
        if (here != null) {
            return new Found(here, "");
        }
        if (header.problem().equals("data")) {
            return Found.none("The run is on a file that another process read, or this one long ago, and it is not read"
                    + " again, because it may have changed: only the path can be shown.");
        }
        if (header.settings().containsKey("case")) {
            return Found.none("The network of this run comes from a file, which is not read again, because it may have"
                    + " changed: only the path can be shown.");
        }
        if (!ProblemChoice.names().contains(header.problem())) {
            return Found.none("The problem of this run is not known here: only the path can be shown.");
        }
        try {
            Instance<?> made = again(header);
            remember(header.id(), made);
            return new Found(made, "");
        } catch (InvalidOption | CommandLine.ParameterException e) {
            LOG.info("the problem of run {} cannot be made again: {}", header.id(), e.getMessage());
            return Found.none("The problem of this run cannot be made again from its options (" + e.getMessage()
                    + "): only the path can be shown.");
        }
    }

    /** The same draws in the same order give the same problem. */
    private static Instance<?> again(RunHeader header) {
        List<String> arguments = new ArrayList<>();
        for (String option : ProblemChoice.named(header.problem()).allOptions()) {
            String value = header.settings().get(option);
            if (value != null) {
                arguments.add("--" + option + "=" + value);
            }
        }
        RunOptions options = new RunOptions();
        new CommandLine(options).parseArgs(arguments.toArray(String[]::new));
        return ProblemChoice.start(header.problem(), options).instance();
    }
}

package io.escapement.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whoever starts and steers runs for the dashboard. Called on worker threads; may take its time. */
public interface RunDesk {

    /**
     * Starts a run.
     *
     * @param problem name of the problem
     * @param options by their long command-line names; values are String, Boolean, Long or Double
     * @return id of the run, which is in the catalogue by then
     * @throws InvalidRequest if anything in the request is not valid
     */
    String start(String problem, Map<String, Object> options) throws InvalidRequest;

    /**
     * Gives a run of the catalogue a command. One that has ended can be resumed only, from its checkpoint.
     *
     * @param command one of pause, resume, stop, escape, checkpoint
     * @param by who commands, to be read after "by"
     */
    CommandOutcome command(String run, String command, String by);

    /** What can be started. */
    StartForm form();

    /** What is known of a problem that can be started, or nothing where there is none of this name. The first answer may take seconds. */
    Optional<ProblemSheet> sheet(String problem);

    /**
     * What became of a command.
     *
     * @param refusal why it was not taken, as a sentence; empty if it was
     */
    record CommandOutcome(String refusal) {
        public static CommandOutcome accepted() {
            return new CommandOutcome("");
        }

        public static CommandOutcome refused(String why) {
            return new CommandOutcome(why);
        }

        public boolean isAccepted() {
            return refusal.isEmpty();
        }
    }

    /**
     * What the page builds its form from.
     *
     * @param solvers names
     * @param escapes names
     */
    record StartForm(List<Problem> problems, List<Option> options, List<String> solvers, List<String> escapes) {
        public StartForm {
            problems = List.copyOf(problems);
            options = List.copyOf(options);
            solvers = List.copyOf(solvers);
            escapes = List.copyOf(escapes);
        }

        /** Options of a group. */
        List<Option> of(String group) {
            return options.stream()
                    .filter(option -> group.equals(option.group()))
                    .toList();
        }
    }

    /**
     * A problem that can be started.
     *
     * @param options names of those that it heeds
     * @param shaping names of those among them that make the instance and its start: two runs that agree in these solve the same
     */
    record Problem(String name, String title, String description, List<String> options, List<String> shaping) {
        public Problem {
            options = List.copyOf(options);
            shaping = List.copyOf(shaping);
        }
    }

    /**
     * An option of a run.
     *
     * @param name long name on the command line
     * @param type integer, number, text, flag or choice
     * @param choices for type choice, otherwise null
     * @param defaultValue as text, or null where there is none
     * @param group problem, start, solver, escape, stopping or advanced: where a form shows it
     * @param suggestions for type text, values that are possible among others; otherwise null
     */
    record Option(
            String name,
            String type,
            List<String> choices,
            @JsonProperty("default") String defaultValue,
            String description,
            String group,
            List<String> suggestions) {
        public Option {
            suggestions = suggestions == null ? null : List.copyOf(suggestions);
            choices = choices == null ? null : List.copyOf(choices);
        }
    }
}

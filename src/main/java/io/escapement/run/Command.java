package io.escapement.run;

/** What can be asked of a live run. */
public enum Command {
    PAUSE("pause"),
    RESUME("resume"),
    STOP("stop"),
    ESCAPE("escape"),

    /** Keeps a checkpoint now. */
    CHECKPOINT("checkpoint"),

    /** Keeps a checkpoint and ends without a verdict, because the process does. Not for people. */
    SUSPEND("suspend");

    private final String label;

    Command(String label) {
        this.label = label;
    }

    /** Name on the wire. */
    public String label() {
        return label;
    }

    /** @throws IllegalArgumentException naming the text and what would be valid */
    public static Command of(String label) {
        for (Command command : values()) {
            if (command != SUSPEND && command.label.equals(label)) {
                return command;
            }
        }
        throw new IllegalArgumentException(
                "command is '" + label + "'; pause, resume, stop, escape or checkpoint would be valid");
    }
}

package io.escapement.app;

/** A bad value: names the option, the value, and what would be valid. */
final class InvalidOption extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String option;

    /**
     * @param option with its dashes
     * @param problem "is −3; at least 1 is needed"
     */
    InvalidOption(String option, String problem) {
        super(option + " " + problem);
        this.option = option;
    }

    String option() {
        return option;
    }
}

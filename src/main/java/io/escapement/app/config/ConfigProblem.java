package io.escapement.app.config;

/** The configuration is not valid; the message names the file, the line and the key, and what would be valid. */
public final class ConfigProblem extends RuntimeException {

    private static final long serialVersionUID = 1;

    ConfigProblem(String message) {
        super(message);
    }
}

package io.escapement.app;

/** Input data that cannot be used; the message names the file and the place in it. */
final class BadData extends RuntimeException {

    private static final long serialVersionUID = 1;

    BadData(String message, Throwable cause) {
        super(message, cause);
    }
}

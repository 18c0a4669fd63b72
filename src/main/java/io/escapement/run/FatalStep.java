package io.escapement.run;

/**
 * An error of the virtual machine inside a step, such as too little memory for a workspace. Reactor rethrows such errors past
 * every handler, and a run would then end without a verdict; wrapped, it is a failure like any other.
 */
final class FatalStep extends RuntimeException {

    private static final long serialVersionUID = 1;

    FatalStep(Error cause) {
        super(cause);
    }

    /** The error itself, for the verdict. */
    static Throwable unwrapped(Throwable error) {
        return error instanceof FatalStep ? error.getCause() : error;
    }
}

package io.escapement.app;

import io.escapement.event.RunEvent;
import io.escapement.event.RunState;

/** Exit codes (interfaces.md). */
final class ExitCode {

    static final int GOAL = 0;
    static final int ERROR = 1;
    static final int USAGE = 2;
    static final int STOPPED_SHORT = 3;
    static final int DIVERGED = 4;
    static final int BAD_DATA = 5;

    private ExitCode() {}

    static int of(RunEvent.Verdict verdict) {
        RunState state = verdict.state();
        return switch (state) {
            case CONVERGED -> GOAL;
            case DIVERGED -> DIVERGED;
            case FAILED -> ERROR;
            default -> STOPPED_SHORT;
        };
    }
}

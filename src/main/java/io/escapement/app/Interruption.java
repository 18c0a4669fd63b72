package io.escapement.app;

import io.escapement.run.Command;
import io.escapement.run.Run;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ctrl-C during a run: asks it to stop and gives it a moment to say where it is. */
final class Interruption {

    private static final int PATIENCE_SECONDS = 2;

    private Interruption() {}

    /** What waits for a run. */
    interface Waiting {
        void run() throws InterruptedException, ExecutionException;
    }

    static void during(Run run, Waiting waiting) throws InterruptedException, ExecutionException {
        Thread hook = new Thread(() -> stop(run), "interrupted");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            waiting.run();
        } finally {
            release(hook);
        }
    }

    private static void stop(Run run) {
        if (run.command(Command.STOP, "an interrupt")) {
            try {
                run.ended().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                // The command that waits prints what the run reached.
                TimeUnit.MILLISECONDS.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                System.err.println("escapement: the run did not stop in time: " + e);
            }
        }
    }

    private static void release(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already: the hook is what made the run stop.
            return;
        }
    }
}

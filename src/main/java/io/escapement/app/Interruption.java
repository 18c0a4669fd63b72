package io.escapement.app;

import io.escapement.run.Command;
import io.escapement.run.Run;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C during a command: asks its runs to stop, starts no more of them, and holds the process until the command has said
 * what it reached. One for each command, closed when it has.
 */
final class Interruption implements AutoCloseable {

    /** For writing what was reached; a second signal does not wait. */
    private static final int PATIENCE_SECONDS = 60;

    private final Set<Run> live = ConcurrentHashMap.newKeySet();
    private final CountDownLatch said = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupt, "interrupted");
    private volatile boolean requested;

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void interrupt() {
        requested = true;
        live.forEach(Interruption::stop);
        try {
            if (!said.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("escapement: gave up after " + PATIENCE_SECONDS + " s; the result is lost");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the command was interrupted: nothing new is to be begun. */
    boolean requested() {
        return requested;
    }

    /** A run that this command waits for. */
    void watch(Run run) {
        live.add(run);
        run.whenEnded(() -> live.remove(run));
        if (requested) {
            stop(run);
        }
    }

    private static void stop(Run run) {
        run.command(Command.STOP, "an interrupt");
    }

    @Override
    public void close() {
        said.countDown();
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process has begun to end this instant: the hook finds nothing to wait for.
                requested = true;
            }
        }
    }
}

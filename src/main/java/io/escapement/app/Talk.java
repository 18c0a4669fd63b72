package io.escapement.app;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Option;

/** What a command says on standard error while it works, and whether its answer on standard output is for a program. */
final class Talk {

    @Option(names = "--json", description = "print exactly one JSON object on standard output")
    boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "no talk on standard error")
    boolean quiet;

    private final PrintStream err;

    Talk(PrintStream err) {
        this.err = err;
    }

    /** Nothing where it is empty. */
    void say(String text) {
        if (!quiet && !text.isEmpty()) {
            err.println(text);
        }
    }

    /** Says that the dashboard stays up, and waits until the process is ended. */
    void stayUp() throws InterruptedException {
        say("the dashboard stays up; stop with Ctrl-C");
        new CountDownLatch(1).await();
    }
}

package io.escapement.app;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Dashboard, API and metrics. */
@Command(
        name = "serve",
        description = "Dashboard, API and metrics; runs are started from the browser or the API. Ends with Ctrl-C;"
                + " its runs are then interrupted, and can be resumed.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"1:the server cannot listen", "2:usage", "130:interrupted"})
final class ServeCommand implements Callable<Integer> {

    @Mixin
    private ServerOptions server;

    @Mixin
    private StoreOptions store;

    @Mixin
    private LostOptions lost;

    private final PrintStream out;
    private final PrintStream err;

    ServeCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Station station = new Station(store, server.meters)) {
            out.println("dashboard at " + station.serve(server) + "/");
            if (lost.resume) {
                station.resumeLost().forEach(err::println);
            }
            err.println("stop with Ctrl-C");
            new CountDownLatch(1).await();
        }
        return ExitCode.GOAL;
    }
}

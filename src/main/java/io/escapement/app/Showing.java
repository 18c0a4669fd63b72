package io.escapement.app;

import picocli.CommandLine.Option;

/** How somebody looks on while a run goes on. */
final class Showing {

    @Option(names = "--serve", description = "show the run in the dashboard; the server stays up until interrupted")
    boolean serve;

    @Option(names = "--watch", description = "draw a live line in the terminal")
    boolean watch;
}

package io.escapement.app;

import picocli.CommandLine.Option;

/** What a server does about the runs that were lost. */
final class LostOptions {

    @Option(
            names = "--resume-lost",
            description =
                    "take up the runs that were lost or interrupted and have a checkpoint, as their next attempts")
    boolean resume;
}

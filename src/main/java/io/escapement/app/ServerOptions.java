package io.escapement.app;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the dashboard listens, whom it lets in and alerts, and which meters it has. */
final class ServerOptions {

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "port of the dashboard; 0: any free one (${DEFAULT-VALUE})")
    int port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description =
                    "address of the dashboard; one that other machines reach needs --token-file, and --tls-cert or"
                            + " --insecure-http (${DEFAULT-VALUE})")
    String bind;

    @Option(
            names = "--max-viewers",
            paramLabel = "N",
            defaultValue = "1000",
            description = "connections of the live stream at once, of which each open page has one; more are refused"
                    + " (${DEFAULT-VALUE})")
    int viewers = 1000;

    @Mixin
    AccessOptions access = new AccessOptions();

    @Mixin
    AlertOptions alerts = new AlertOptions();

    @Mixin
    MeterOptions meters = new MeterOptions();
}

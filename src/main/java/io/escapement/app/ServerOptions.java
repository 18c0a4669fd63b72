package io.escapement.app;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the dashboard listens, whom it alerts, and which meters it has. */
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
            description = "address of the dashboard; only loopback addresses are allowed, because there is no"
                    + " authentication yet (${DEFAULT-VALUE})")
    String bind;

    @Mixin
    AlertOptions alerts = new AlertOptions();

    @Mixin
    MeterOptions meters = new MeterOptions();
}

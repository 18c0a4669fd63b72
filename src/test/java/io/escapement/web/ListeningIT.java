package io.escapement.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escapement.store.RunCatalogue;
import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListeningIT {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        Served.await(vertx.close());
    }

    private Dashboard deploy(Dashboard.Settings settings) {
        Dashboard dashboard = new Dashboard(
                settings,
                new RunCatalogue(),
                new Served.Desk(),
                new Served.Shelf(),
                new Feeders(new RunCatalogue()),
                new Served.Keeper(new RunCatalogue()),
                AlertDesk.off(),
                new Served.Counts());
        Served.await(vertx.deployVerticle(dashboard));
        return dashboard;
    }

    @Test
    void aTakenPortIsNamedWithWhatToDo() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();
            assertThatThrownBy(() -> deploy(Served.settings(port)))
                    .cause()
                    .isInstanceOfSatisfying(
                            PortUnavailable.class, e -> assertThat(e.port()).isEqualTo(port))
                    .hasMessage(
                            "port " + port + " on 127.0.0.1 is taken by another program; give a free one with --port,"
                                    + " or --port 0 to have one chosen");
        }
    }

    @Test
    void anAddressOfAnotherMachineIsNamed() {
        assertThatThrownBy(() -> deploy(Served.settings(0).withBind("192.0.2.1")))
                .cause()
                .isInstanceOf(PortUnavailable.class)
                .hasMessageStartingWith("192.0.2.1 is not an address of this machine");
    }

    @Test
    void withoutAPageThereIsNoServer() {
        assertThatThrownBy(() -> deploy(
                        new Dashboard.Settings("127.0.0.1", 0, "0.1.0", Set.of(), "no-such-pages", Protection.NONE)))
                .cause()
                .hasMessageStartingWith("no-such-pages/index.html is not on the class path");
    }

    @Test
    void theAddressIsOneThatABrowserCanOpen() {
        Dashboard dashboard = deploy(Served.settings(0).withBind("0.0.0.0"));
        assertThat(dashboard.url()).isEqualTo("http://127.0.0.1:" + dashboard.port());
    }

    /** 127.0.0.2 is this machine as much as 127.0.0.1 is, and as open to a page whose name resolves to it. */
    @Test
    void everyLoopbackAddressIsGuarded() {
        Dashboard dashboard = deploy(Served.settings(0).withBind("127.0.0.2"));
        WebClient client = WebClient.create(vertx);
        var request = client.get(dashboard.port(), "127.0.0.2", "/health/live");
        assertThat(Served.await(request.send()).statusCode()).isEqualTo(200);
        assertThat(Served.await(request.virtualHost("evil.example").send()).statusCode())
                .isEqualTo(421);
    }
}

package io.escapement.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** What the server says of itself in /metrics, and in the log. */
class ServerMetersIT {

    private final RegisteredAgain filter = new RegisteredAgain();
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(MeterRegistry.class);
    private Station station;
    private String url;

    @BeforeEach
    void serve() {
        said.start();
        logger.addAppender(said);
        logger.setLevel(Level.DEBUG);
        ((LoggerContext) LoggerFactory.getILoggerFactory()).addTurboFilter(filter);
        ServerOptions options = new ServerOptions();
        new CommandLine(options).parseArgs("--port=0");
        station = new Station();
        url = station.serve(options);
    }

    @AfterEach
    void close() {
        station.close();
        logger.detachAppender(said);
        logger.setLevel(null);
        ((LoggerContext) LoggerFactory.getILoggerFactory()).getTurboFilterList().remove(filter);
    }

    /** Over a connection of its own, as Vert.x registers gauges for each. */
    private String request(String method, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url + path))
                                .method(method, BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void methodsAreFewAndNobodyIsWarnedOfGaugesThatVertxRegistersAgain() throws IOException, InterruptedException {
        request("MAKEUP", "/metrics");
        request("INVENTED", "/metrics");
        request("GET", "/metrics");
        assertThat(request("GET", "/metrics"))
                .contains("vertx_http_server_requests_total{code=\"200\",method=\"GET\"} 1.0")
                .contains("vertx_http_server_requests_total{code=\"405\",method=\"other\"} 2.0")
                .doesNotContain("MAKEUP");
        assertThat(said.list).extracting(ILoggingEvent::getFormattedMessage).isEmpty();
    }
}

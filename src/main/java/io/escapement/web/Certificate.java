package io.escapement.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS 1.2 and 1.3 with a certificate from files, which are read again when they have changed: certificates are renewed every
 * few weeks, and a server watches runs for longer. What is open then goes on with the old one.
 */
final class Certificate {

    private static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");
    private static final int HANDSHAKE_SECONDS = 10;
    private static final long LOOK_MILLIS = TimeUnit.MINUTES.toMillis(1);

    private static final Logger LOG = LoggerFactory.getLogger(Certificate.class);

    private final Protection.Tls files;
    private List<FileTime> read;

    /** @throws IOException if a file is not there or cannot be read; the message says which */
    Certificate(Protection.Tls files) throws IOException {
        this.files = files;
        this.read = times();
    }

    void apply(HttpServerOptions options) {
        options.setSsl(true)
                .setKeyCertOptions(keys())
                .setEnabledSecureTransportProtocols(PROTOCOLS)
                .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
    }

    private PemKeyCertOptions keys() {
        return new PemKeyCertOptions()
                .setCertPath(files.certificate().toString())
                .setKeyPath(files.key().toString());
    }

    private List<FileTime> times() throws IOException {
        return List.of(time("certificate", files.certificate()), time("key", files.key()));
    }

    private static FileTime time(String what, Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException("the TLS " + what + " " + file + " cannot be read; a PEM file is needed");
        }
        return Files.getLastModifiedTime(file);
    }

    /** Looks for new files every minute, until the server's Vert.x ends. */
    void watch(Vertx vertx, HttpServer server) {
        watch(vertx, server, LOOK_MILLIS);
    }

    void watch(Vertx vertx, HttpServer server, long everyMillis) {
        vertx.setPeriodic(
                everyMillis,
                timer -> vertx.executeBlocking(this::times, false)
                        .onSuccess(now -> {
                            if (!now.equals(read)) {
                                read = now;
                                renew(server);
                            }
                        })
                        .onFailure(error -> LOG.debug("the certificate cannot be looked at", error)));
    }

    private void renew(HttpServer server) {
        ServerSSLOptions options = new ServerSSLOptions()
                .setKeyCertOptions(keys())
                .setUseAlpn(false)
                .setEnabledSecureTransportProtocols(PROTOCOLS)
                .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
        server.updateSSLOptions(options, true)
                .onSuccess(done -> LOG.info("the TLS certificate {} has been read again", files.certificate()))
                .onFailure(error -> LOG.error(
                        "the new TLS certificate {} cannot be used; the one before stays", files.certificate(), error));
    }
}

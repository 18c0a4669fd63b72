package io.escapement.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateTest {

    private static final String ADDRESS = "127.0.0.1";
    private static final long LOOK_MILLIS = 20;

    @TempDir
    private Path directory;

    private final Vertx vertx = Vertx.vertx();
    private SelfSigned first;
    private HttpServer server;

    @BeforeEach
    void serve() throws Exception {
        first = SelfSigned.make(directory, ADDRESS);
        Certificate certificate = new Certificate(new Protection.Tls(first.certificate(), first.key()));
        HttpServerOptions options = new HttpServerOptions();
        certificate.apply(options);
        server = vertx.createHttpServer(options)
                .requestHandler(request -> request.response().end("here"))
                .listen(0, ADDRESS)
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        certificate.watch(vertx, server, LOOK_MILLIS);
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Serial number of the certificate that a new connection is shown. */
    private BigInteger shown(SelfSigned trusted) throws IOException, InterruptedException, GeneralSecurityException {
        HttpResponse<String> response = HttpClient.newBuilder()
                .sslContext(trusted.trusting())
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create("https://" + ADDRESS + ":" + server.actualPort() + "/"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.body()).isEqualTo("here");
        X509Certificate shown =
                (X509Certificate) response.sslSession().orElseThrow().getPeerCertificates()[0];
        return shown.getSerialNumber();
    }

    /** Files' times are coarse on some disks. */
    private static void touch(SelfSigned files) throws IOException {
        FileTime later = FileTime.from(Instant.now().plusSeconds(10));
        Files.setLastModifiedTime(files.certificate(), later);
        Files.setLastModifiedTime(files.key(), later);
    }

    @Test
    void aRenewedCertificateIsShownWithoutARestart() throws Exception {
        assertThat(shown(first)).isEqualTo(first.content().getSerialNumber());
        SelfSigned second = SelfSigned.make(directory, ADDRESS);
        touch(second);
        await("the new certificate")
                .atMost(Duration.ofSeconds(20))
                .ignoreException(SSLHandshakeException.class)
                .until(() -> shown(second).equals(second.content().getSerialNumber()));
        assertThatThrownBy(() -> shown(first)).isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void aBrokenOneIsNotTakenAndTheNextGoodOneIs() throws Exception {
        Files.writeString(first.certificate(), "-----BEGIN CERTIFICATE-----\nhalf");
        touch(first);
        TimeUnit.MILLISECONDS.sleep(20 * LOOK_MILLIS);
        assertThat(shown(first)).isEqualTo(first.content().getSerialNumber());
        SelfSigned second = SelfSigned.make(directory, ADDRESS);
        await("the new certificate")
                .atMost(Duration.ofSeconds(20))
                .ignoreException(SSLHandshakeException.class)
                .until(() -> shown(second).equals(second.content().getSerialNumber()));
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path nowhere = directory.resolve("nowhere.pem");
        assertThatThrownBy(() -> new Certificate(new Protection.Tls(nowhere, first.key())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nowhere.pem")
                .hasMessageContaining("a PEM file is needed");
    }
}

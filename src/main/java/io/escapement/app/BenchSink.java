package io.escapement.app;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/**
 * The baseline of {@link IngestBench}: an HTTP server that counts line ends and answers how many there were, on the same
 * library, so that what programs and HTTP cost alone is measured in the same run.
 */
final class BenchSink implements AutoCloseable {

    private static final int SECONDS = 20;

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;

    BenchSink() {
        server = vertx.createHttpServer()
                .requestHandler(BenchSink::take)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(SECONDS, TimeUnit.SECONDS)
                .join();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.actualPort() + "/");
    }

    private static void take(HttpServerRequest request) {
        long[] lines = {0};
        request.handler(piece -> lines[0] += lineEnds(piece));
        request.endHandler(end -> request.response().end("{\"id\":\"sink\",\"accepted\":" + lines[0] + "}"));
    }

    private static long lineEnds(Buffer piece) {
        byte[] bytes = piece.getBytes();
        long count = 0;
        for (byte next : bytes) {
            count += next == '\n' ? 1 : 0;
        }
        return count;
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(SECONDS, TimeUnit.SECONDS)
                .join();
    }
}

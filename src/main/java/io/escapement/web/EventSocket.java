package io.escapement.web;

import io.escapement.ingest.Answer;
import io.escapement.ingest.ExternalRun;
import io.escapement.ingest.Intake;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A WebSocket that brings events: each text frame is whole lines, and is answered once they are taken. On the event loop. */
final class EventSocket {

    private static final short WRONG_KIND = 1003;
    private static final short FAILED = 1011;

    private static final Logger LOG = LoggerFactory.getLogger(EventSocket.class);

    private final Vertx vertx;
    private final WorkerExecutor workers;
    private final Pace pace;
    private final ServerWebSocket socket;
    private final ExternalRun run;

    EventSocket(Vertx vertx, WorkerExecutor workers, Pace pace, ServerWebSocket socket, ExternalRun run) {
        this.vertx = vertx;
        this.pace = pace;
        this.workers = workers;
        this.socket = socket;
        this.run = run;
    }

    void begin() {
        socket.exceptionHandler(error -> LOG.debug("a program's message or connection failed", error));
        socket.binaryMessageHandler(
                bytes -> socket.close(WRONG_KIND, "the message is binary; NDJSON as text is needed"));
        socket.textMessageHandler(this::take);
    }

    /** The next frame is not read before this one is answered. */
    private void take(String text) {
        socket.pause();
        workers.executeBlocking(() -> taken(text), false)
                .onSuccess(answer -> {
                    pace.charge(run, answer.accepted());
                    long wait = pace.wait(run);
                    if (wait > 0) {
                        vertx.setTimer(wait, later -> reply(answer));
                    } else {
                        reply(answer);
                    }
                })
                .onFailure(error -> {
                    LOG.error(
                            "events of run {} could not be taken", run.header().id(), error);
                    socket.close(FAILED, "the server failed at this; its log says why");
                });
    }

    private void reply(Answer answer) {
        if (!socket.isClosed()) {
            socket.writeTextMessage(Json.text(IngestRoutes.Reply.of(answer, null)));
            socket.resume();
        }
    }

    private Answer taken(String text) {
        Intake intake = new Intake(run, false);
        intake.take(text.getBytes(StandardCharsets.UTF_8));
        return intake.end();
    }
}

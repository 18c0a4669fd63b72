package io.escapement.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.escapement.ingest.Answer;
import io.escapement.ingest.ExternalRun;
import io.escapement.ingest.Intake;
import io.escapement.store.RunCatalogue;
import io.escapement.web.access.Role;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events of other programs: NDJSON in the body of a POST of any length, and in the text frames of a WebSocket. A request is
 * asked for its next piece when the last one has been taken, on a worker thread, so that TCP holds back a program that is
 * faster than the readers of its run, or than {@link Pace} allows.
 */
final class IngestRoutes {

    /** Requests and WebSockets that bring events at the same time. */
    static final int MAX_STREAMS = 256;

    private static final String RETRY_SECONDS = "1";

    private static final Set<String> TYPES =
            Set.of("", "application/x-ndjson", "application/ndjson", "application/jsonl", "application/json");

    private static final Logger LOG = LoggerFactory.getLogger(IngestRoutes.class);

    private final Vertx vertx;
    private final WorkerExecutor workers;

    /** A thread for runs of earlier sessions, which wait for the store: of a hundred programs that come back at once none holds up others. */
    private final WorkerExecutor returning;

    private final RunCatalogue catalogue;
    private final ExternalDesk desk;
    private final Duration idle;
    private final Pace pace;
    private int streams;

    IngestRoutes(
            Vertx vertx,
            WorkerExecutor workers,
            WorkerExecutor returning,
            RunCatalogue catalogue,
            ExternalDesk desk,
            Duration idle,
            Pace pace) {
        this.vertx = vertx;
        this.workers = workers;
        this.returning = returning;
        this.catalogue = catalogue;
        this.desk = desk;
        this.idle = idle;
        this.pace = pace;
    }

    void mount(Routes routes) {
        routes.post(Role.INGEST, "/api/v1/runs/:id/events").handler(this::events);
        routes.get(Role.INGEST, "/api/v1/ingest", "run").handler(this::socket);
    }

    /** What is answered: counts, and on an error what a problem has besides (RFC 9457 allows for more members). */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Reply(
            String type,
            String title,
            Integer status,
            String detail,
            long accepted,
            long duplicates,
            long rejected,
            Answer.Bad firstBad,
            Long missing,
            int attempt,
            long nextSeq,
            String command) {

        static Reply of(Answer answer, Problem problem) {
            return new Reply(
                    problem == null ? null : problem.type(),
                    problem == null ? null : problem.title(),
                    problem == null ? null : (Integer) problem.status(),
                    problem == null ? null : problem.detail(),
                    answer.accepted(),
                    answer.duplicates(),
                    answer.rejected(),
                    answer.firstBad(),
                    answer.missing() == 0 ? null : (Long) answer.missing(),
                    answer.attempt(),
                    answer.nextSeq(),
                    answer.command());
        }
    }

    private void events(RoutingContext context) {
        HttpServerRequest request = context.request();
        request.pause();
        String encoding = lower(request.getHeader("Content-Encoding"));
        String media = lower(request.getHeader("Content-Type")).split(";", 2)[0].strip();
        if (!TYPES.contains(media)) {
            Parting.refuse(context, Problem.of(415, "Content-Type is '" + media + "'; application/x-ndjson is needed"));
        } else if (!encoding.isEmpty() && !encoding.equals("identity") && !encoding.equals("gzip")) {
            context.response().putHeader("Accept-Encoding", "gzip");
            Parting.refuse(
                    context, Problem.of(415, "Content-Encoding is '" + encoding + "'; gzip or none would be valid"));
        } else {
            withRun(context, context.pathParam("id"), run -> {
                streams++;
                Intake intake = new Intake(run, encoding.equals("gzip"));
                new EventPost(vertx, workers, pace, idle, context, run, intake, () -> streams--).begin();
            });
        }
    }

    private static String lower(String header) {
        return header == null ? "" : header.strip().toLowerCase(Locale.ROOT);
    }

    /** On the event loop again, with a run that there is room to feed. */
    private void withRun(RoutingContext context, String id, Consumer<ExternalRun> action) {
        String named = id == null ? "" : id;
        Optional<ExternalRun> run = desk.find(named);
        if (run.isPresent()) {
            admit(context, run.get(), action);
            return;
        }
        returning
                .executeBlocking(() -> desk.takeUp(named), false)
                .onSuccess(again -> again.ifPresentOrElse(
                        taken -> admit(context, taken, action), () -> refuseUnfed(context, named)))
                .onFailure(error -> {
                    if (error instanceof ExternalDesk.NotNow || error instanceof ExternalDesk.TooMany) {
                        boolean full = error instanceof ExternalDesk.TooMany;
                        context.response().putHeader("Retry-After", RETRY_SECONDS);
                        Parting.refuse(context, Problem.of(full ? 429 : 503, error.getMessage()));
                    } else {
                        context.fail(error);
                    }
                });
    }

    private void admit(RoutingContext context, ExternalRun run, Consumer<ExternalRun> action) {
        if (context.response().closed()) {
            LOG.debug(
                    "a program has gone before its run {} was found",
                    run.header().id());
        } else if (streams >= MAX_STREAMS) {
            context.response().putHeader("Retry-After", RETRY_SECONDS);
            Parting.refuse(
                    context,
                    Problem.of(429, MAX_STREAMS + " programs are sending events at this moment, which is the most"));
        } else {
            action.accept(run);
        }
    }

    private void refuseUnfed(RoutingContext context, String id) {
        vertx.executeBlocking(() -> catalogue.find(id).map(log -> log.header().fed()), false)
                .onSuccess(known -> Parting.refuse(
                        context,
                        known.map(fed -> unfed(id, fed))
                                .orElseGet(() -> Problem.of(404, "there is no run '" + id + "' here"))))
                .onFailure(context::fail);
    }

    private static Problem unfed(String id, boolean once) {
        return Problem.of(
                409,
                "run '" + id + "' " + (once ? "is over, and cannot be gone on with" : "is not fed by another program")
                        + "; POST /api/v1/runs with \"source\":\"external\" registers a new one");
    }

    private void socket(RoutingContext context) {
        if (!"websocket".equalsIgnoreCase(context.request().getHeader("Upgrade"))) {
            context.response().putHeader("Upgrade", "websocket");
            Problem.of(426, "this is a WebSocket; ask with Upgrade: websocket").answer(context);
            return;
        }
        String id = Query.text(context, "run");
        if (id == null || id.isBlank()) {
            Problem.of(new InvalidRequest("run", "run is absent; the id of a run that was registered is needed"))
                    .answer(context);
            return;
        }
        // The upgrade waits until the run is found.
        context.request().pause();
        withRun(context, id, run -> {
            streams++;
            context.request()
                    .toWebSocket()
                    .onSuccess(socket -> {
                        socket.closeHandler(closed -> streams--);
                        new EventSocket(vertx, workers, pace, socket, run).begin();
                    })
                    .onFailure(error -> {
                        streams--;
                        LOG.debug("a WebSocket could not be opened", error);
                    });
        });
    }
}

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
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events of other programs: NDJSON in the body of a POST of any length, and in the text frames of a WebSocket. A request is
 * asked for its next piece when the last one has been taken, on a worker thread, so that TCP holds back a program that is
 * faster than the readers of its run, or than {@link Pace} allows.
 */
final class IngestRoutes {

    /** Bytes of lines of one request, not compressed. A guard against a mistake such as /dev/zero, not a quota. */
    static final long BODY_LIMIT = 8L << 30;

    /** Requests and WebSockets that bring events at the same time. */
    static final int MAX_STREAMS = 256;

    private static final String RETRY_SECONDS = "1";

    /** That a batch is held up for the sake of its run's pace; then it is sent away, before its sender gives it up. */
    private static final long MOST_WAIT_MILLIS = 4000;

    private static final Set<String> TYPES =
            Set.of("", "application/x-ndjson", "application/ndjson", "application/jsonl", "application/json");

    private static final Logger LOG = LoggerFactory.getLogger(IngestRoutes.class);

    private final Vertx vertx;
    private final WorkerExecutor workers;
    private final RunCatalogue catalogue;
    private final ExternalDesk desk;
    private final Duration idle;
    private final Pace pace;
    private int streams;

    IngestRoutes(
            Vertx vertx, WorkerExecutor workers, RunCatalogue catalogue, ExternalDesk desk, Duration idle, Pace pace) {
        this.vertx = vertx;
        this.workers = workers;
        this.catalogue = catalogue;
        this.desk = desk;
        this.idle = idle;
        this.pace = pace;
    }

    void mount(Routes routes) {
        routes.post(Role.INGEST, "/api/v1/runs/:id/events").handler(this::events);
        routes.get(Role.INGEST, "/api/v1/ingest").handler(this::socket);
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
            withRun(
                    context,
                    context.pathParam("id"),
                    run -> new EventStream(context, run, new Intake(run, encoding.equals("gzip"))).begin());
        }
    }

    private static String lower(String header) {
        return header == null ? "" : header.strip().toLowerCase(Locale.ROOT);
    }

    /** On the event loop again, with a run that there is room to feed. */
    private void withRun(RoutingContext context, String id, Consumer<ExternalRun> action) {
        Optional<ExternalRun> run = desk.find(id == null ? "" : id);
        if (run.isEmpty()) {
            vertx.executeBlocking(() -> catalogue.find(id == null ? "" : id).isPresent(), false)
                    .onSuccess(known -> Parting.refuse(
                            context,
                            known
                                    ? Problem.of(
                                            409,
                                            "run '" + id + "' is not fed by another program, or it has ended; POST"
                                                    + " /api/v1/runs with \"source\":\"external\" registers a new one")
                                    : Problem.of(404, "there is no run '" + id + "' here")))
                    .onFailure(context::fail);
        } else if (streams >= MAX_STREAMS) {
            context.response().putHeader("Retry-After", RETRY_SECONDS);
            Parting.refuse(
                    context,
                    Problem.of(429, MAX_STREAMS + " programs are sending events at this moment, which is the most"));
        } else {
            action.accept(run.get());
        }
    }

    /** A POST. On the event loop; what it brings is taken on a worker thread. */
    private final class EventStream {
        private final RoutingContext context;
        private final HttpServerRequest request;
        private final ExternalRun run;
        private final Intake intake;

        /** Whether its length is known, so that whoever sends it waits for the answer. */
        private final boolean batch;

        private long timer = -1;
        private long charged;
        private long waited;
        private boolean busy;
        private boolean over;

        /** Lines so far, and when that many had come. */
        private long lines;

        private long progress = StreamHub.now();

        /** Set while a piece is being taken, to be done afterwards. */
        private Runnable next;

        EventStream(RoutingContext context, ExternalRun run, Intake intake) {
            this.context = context;
            this.request = context.request();
            this.run = run;
            this.intake = intake;
            this.batch = request.getHeader("Content-Length") != null;
        }

        void begin() {
            streams++;
            request.exceptionHandler(error -> then(this::cut));
            context.response().closeHandler(closed -> then(this::cut));
            request.endHandler(end -> then(this::end));
            request.handler(piece -> take(piece.getBytes()));
            if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
                context.response().writeContinue();
            }
            more();
        }

        /** At once, or when the run has paid for what it has sent. */
        private void more() {
            if (over) {
                return;
            }
            long wait = pace.wait(run);
            if (wait > 0 && batch && waited + wait > MOST_WAIT_MILLIS) {
                tooFast(wait);
                return;
            }
            if (wait > 0) {
                waited += wait;
                vertx.setTimer(wait, later -> more());
                return;
            }
            // A byte now and then is no sign of life; a whole line is.
            long now = StreamHub.now();
            if (intake.lines() > lines) {
                lines = intake.lines();
                progress = now;
            }
            long left = idle.toMillis() - TimeUnit.NANOSECONDS.toMillis(now - progress);
            timer = vertx.setTimer(Math.max(1, left), late -> then(this::late));
            request.fetch(1);
        }

        private void take(byte[] piece) {
            vertx.cancelTimer(timer);
            busy = true;
            workers.executeBlocking(
                            () -> {
                                intake.take(piece);
                                return null;
                            },
                            false)
                    .onComplete(done -> {
                        busy = false;
                        pace.charge(run, intake.accepted() - charged);
                        charged = intake.accepted();
                        if (done.failed()) {
                            fail(done.cause());
                        } else if (next != null) {
                            next.run();
                        } else if (intake.bytes() > BODY_LIMIT) {
                            tooMuch();
                        } else {
                            more();
                        }
                    });
        }

        /** Does it now, or when the piece at hand has been taken. The first to ask is heard. */
        private void then(Runnable action) {
            if (over) {
                return;
            }
            if (!busy) {
                action.run();
            } else if (next == null) {
                next = action;
            }
        }

        private void end() {
            finish(() -> intake.end(), answer -> {
                Problem problem = answer.tooLong()
                        ? Problem.of(
                                413,
                                "a line is longer than " + Intake.LINE_LIMIT + " bytes, which is the most; it was"
                                        + " passed over")
                        : null;
                reply(answer, problem);
            });
        }

        private void cut() {
            finish(() -> intake.cut(), answer -> LOG.debug("a connection broke off after {}", answer));
        }

        private void late() {
            give(Problem.of(408, "no whole line came for " + idle.toSeconds() + " s; what came before was taken"));
        }

        private void tooFast(long wait) {
            long seconds = (wait + 999) / 1000;
            context.response().putHeader("Retry-After", Long.toString(seconds));
            give(Problem.of(
                    429,
                    "more events came than this run may send in a second; send the rest again in " + seconds
                            + " s, what came before was taken"));
        }

        private void tooMuch() {
            give(Problem.of(
                    413,
                    "the body is larger than " + BODY_LIMIT + " bytes, which is the most; what came before was taken"));
        }

        /** Ends the request before it has ended by itself. */
        private void give(Problem problem) {
            context.response().putHeader("Connection", "close");
            finish(intake::cut, answer -> {
                reply(answer, problem);
                Parting.from(vertx, request);
            });
        }

        private void finish(java.util.concurrent.Callable<Answer> closing, Consumer<Answer> then) {
            over = true;
            streams--;
            vertx.cancelTimer(timer);
            workers.executeBlocking(closing, false).onSuccess(then::accept).onFailure(context::fail);
        }

        private void fail(Throwable error) {
            over = true;
            streams--;
            context.fail(500, error);
        }

        private void reply(Answer answer, Problem problem) {
            if (context.response().ended() || context.response().closed()) {
                return;
            }
            context.response()
                    .setStatusCode(problem == null ? 200 : problem.status())
                    .putHeader("Content-Type", problem == null ? "application/json" : "application/problem+json")
                    .end(Json.text(Reply.of(answer, problem)));
        }
    }

    private void socket(RoutingContext context) {
        if (!"websocket".equalsIgnoreCase(context.request().getHeader("Upgrade"))) {
            context.response().putHeader("Upgrade", "websocket");
            Problem.of(426, "this is a WebSocket; ask with Upgrade: websocket").answer(context);
            return;
        }
        String id = context.queryParams().get("run");
        if (id == null || id.isBlank()) {
            Problem.of(new InvalidRequest("run", "run is absent; the id of a run that was registered is needed"))
                    .answer(context);
            return;
        }
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

package io.escapement.web;

import io.escapement.ingest.Answer;
import io.escapement.ingest.ExternalRun;
import io.escapement.ingest.Intake;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A POST that brings events, of any length. On the event loop; what it brings is taken on a worker thread. */
final class EventPost {

    /** Bytes of lines of one request, not compressed. A guard against a mistake such as /dev/zero, not a quota. */
    static final long BODY_LIMIT = 8L << 30;

    /** That a batch is held up for the sake of its run's pace; then it is sent away, before its sender gives it up. */
    private static final long MOST_WAIT_MILLIS = 4000;

    private static final Logger LOG = LoggerFactory.getLogger(EventPost.class);

    private final Vertx vertx;
    private final WorkerExecutor workers;
    private final Pace pace;
    private final Duration idle;
    private final RoutingContext context;
    private final HttpServerRequest request;
    private final ExternalRun run;
    private final Intake intake;
    private final Runnable ended;

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

    /**
     * @param idle that it may be without a whole line
     * @param ended is done when there is no more to come
     */
    EventPost(
            Vertx vertx,
            WorkerExecutor workers,
            Pace pace,
            Duration idle,
            RoutingContext context,
            ExternalRun run,
            Intake intake,
            Runnable ended) {
        this.vertx = vertx;
        this.workers = workers;
        this.pace = pace;
        this.idle = idle;
        this.context = context;
        this.request = context.request();
        this.run = run;
        this.intake = intake;
        this.ended = ended;
        this.batch = request.getHeader("Content-Length") != null;
    }

    void begin() {
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

    private void finish(Callable<Answer> closing, Consumer<Answer> then) {
        over = true;
        ended.run();
        vertx.cancelTimer(timer);
        workers.executeBlocking(closing, false).onSuccess(then::accept).onFailure(context::fail);
    }

    private void fail(Throwable error) {
        over = true;
        ended.run();
        context.fail(500, error);
    }

    private void reply(Answer answer, Problem problem) {
        if (context.response().ended() || context.response().closed()) {
            return;
        }
        context.response()
                .setStatusCode(problem == null ? 200 : problem.status())
                .putHeader("Content-Type", problem == null ? "application/json" : "application/problem+json")
                .end(Json.text(IngestRoutes.Reply.of(answer, problem)));
    }
}

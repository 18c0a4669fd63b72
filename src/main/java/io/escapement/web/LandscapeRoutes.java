package io.escapement.web;

import io.escapement.web.access.Role;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The loss on a plane with a run's path. One thread draws, whatever is asked for, so that solvers keep the others; a few requests wait for
 * it, more are refused, and one whose client has gone is broken off.
 */
final class LandscapeRoutes {

    private static final String PATH = "/api/v1/runs/:id/landscape";
    private static final long BODY_LIMIT = 4L << 20;
    private static final int MOST_WAITING = 16;
    private static final String RETRY_SECONDS = "1";
    private static final List<Integer> SIZES = List.of(0, 9, 17, 33, 65, 129, 257);
    private static final int USUAL_SIZE = 65;
    private static final double LEAST_ASPECT = 0.1;
    private static final double MOST_ASPECT = 10;
    private static final String[] PARAMETERS = {
        "basis", "version", "window", "size", "aspect", "trials", "with", "encoding"
    };

    private final Vertx vertx;
    private final WorkerExecutor worker;
    private final LandscapeDesk desk;
    private final AtomicInteger waiting = new AtomicInteger();

    /** @param worker of one thread */
    LandscapeRoutes(Vertx vertx, WorkerExecutor worker, LandscapeDesk desk) {
        this.vertx = vertx;
        this.worker = worker;
        this.desk = desk;
    }

    void mount(Routes routes) {
        routes.get(Role.READ, PATH, PARAMETERS).handler(context -> {
            try {
                picture(context);
            } catch (InvalidRequest e) {
                Problem.of(e).answer(context);
            }
        });
        BodyHandler body = BodyHandler.create(false).setBodyLimit(BODY_LIMIT);
        routes.put(Role.INGEST, PATH).handler(ApiRoutes::needJson);
        routes.put(Role.INGEST, PATH).handler(body).handler(this::post);
        ApiRoutes.post(routes, Role.INGEST, PATH, body, this::post);
    }

    private void picture(RoutingContext context) throws InvalidRequest {
        LandscapeDesk.Request request = request(context);
        boolean arrays = arrays(context);
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            context.response().putHeader("Retry-After", RETRY_SECONDS);
            Problem.of(503, MOST_WAITING + " pictures are waiting to be drawn, which is the most")
                    .answer(context);
            return;
        }
        AtomicBoolean gone = new AtomicBoolean();
        context.response().closeHandler(closed -> gone.set(true));
        context.response().exceptionHandler(error -> gone.set(true));
        worker.executeBlocking(
                        () -> gone.get()
                                ? Optional.<String>empty()
                                : desk.picture(request, gone::get).map(drawn -> LandscapeJson.of(drawn, arrays)),
                        true)
                .onComplete(done -> waiting.decrementAndGet())
                .onSuccess(json -> {
                    if (json.isPresent()) {
                        context.response()
                                .putHeader("Content-Type", "application/json")
                                .putHeader("Cache-Control", "no-store")
                                .end(json.get());
                    } else if (!gone.get()) {
                        unknown(context);
                    }
                })
                .onFailure(error -> {
                    if (!(error instanceof CancellationException)) {
                        ApiRoutes.fail(context, error);
                    }
                });
    }

    private static LandscapeDesk.Request request(RoutingContext context) throws InvalidRequest {
        List<String> runs = new ArrayList<>(List.of(context.pathParam("id")));
        String with = Query.text(context, "with");
        if (with != null && !with.isBlank()) {
            runs.addAll(Arrays.asList(with.split(",", -1)));
        }
        if (runs.size() > LandscapeDesk.MOST_RUNS) {
            throw new InvalidRequest(
                    "with",
                    "with names " + (runs.size() - 1) + " runs; up to " + (LandscapeDesk.MOST_RUNS - 1)
                            + " would be valid");
        }
        int size = (int) Query.integer(context, "size", 0, Integer.MAX_VALUE, USUAL_SIZE);
        if (!SIZES.contains(size)) {
            throw new InvalidRequest(
                    "size",
                    "size is '" + size + "'; 0 for no grid, 9, 17, 33, 65, 129 or 257 would be valid, so that grids"
                            + " nest");
        }
        String basis = Query.text(context, "basis");
        String trials = Query.text(context, "trials");
        return new LandscapeDesk.Request(
                runs,
                basis == null || basis.isBlank() ? "auto" : basis,
                Query.integer(context, "version", 0, Long.MAX_VALUE, -1),
                window(context),
                size,
                aspect(context),
                "true".equals(trials) || "1".equals(trials));
    }

    private static boolean arrays(RoutingContext context) throws InvalidRequest {
        String encoding = Query.text(context, "encoding");
        if (encoding == null || encoding.equals("base64")) {
            return false;
        }
        if (encoding.equals("array")) {
            return true;
        }
        throw new InvalidRequest("encoding", "encoding is '" + encoding + "'; base64 or array would be valid");
    }

    private static double aspect(RoutingContext context) throws InvalidRequest {
        String text = Query.text(context, "aspect");
        if (text == null) {
            return 1;
        }
        try {
            double aspect = Double.parseDouble(text);
            if (aspect >= LEAST_ASPECT && aspect <= MOST_ASPECT) {
                return aspect;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number out of range.
        }
        throw new InvalidRequest(
                "aspect",
                "aspect is '" + text + "'; a number from " + LEAST_ASPECT + " to " + MOST_ASPECT + " would be valid");
    }

    private static List<Double> window(RoutingContext context) throws InvalidRequest {
        String text = Query.text(context, "window");
        if (text == null || text.isBlank()) {
            return List.of();
        }
        List<Double> numbers = new ArrayList<>();
        try {
            for (String number : text.split(",", -1)) {
                numbers.add(Double.parseDouble(number));
            }
            if (numbers.size() == 4
                    && Double.isFinite(numbers.get(1) - numbers.get(0))
                    && Double.isFinite(numbers.get(3) - numbers.get(2))
                    && numbers.get(0) < numbers.get(1)
                    && numbers.get(2) < numbers.get(3)) {
                return numbers;
            }
        } catch (NumberFormatException e) {
            // Said below, as for numbers that do not fit.
        }
        throw new InvalidRequest(
                "window",
                "window is '" + text
                        + "'; four finite numbers with commas between them would be valid: from and to along the first"
                        + " axis, from and to along the second");
    }

    private void post(RoutingContext context) {
        String run = context.pathParam("id");
        String body = ApiRoutes.body(context);
        vertx.executeBlocking(() -> desk.post(run, body), false)
                .onSuccess(known -> {
                    if (known) {
                        context.response().setStatusCode(204).end();
                    } else {
                        unknown(context);
                    }
                })
                .onFailure(error -> ApiRoutes.fail(context, error));
    }

    private static void unknown(RoutingContext context) {
        Problem.of(404, "there is no run '" + context.pathParam("id") + "' here")
                .answer(context);
    }
}

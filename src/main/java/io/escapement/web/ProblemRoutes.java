package io.escapement.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.escapement.event.RunHeader;
import io.escapement.event.Values;
import io.escapement.store.Listed;
import io.escapement.store.RunCatalogue;
import io.escapement.store.RunFilter;
import io.escapement.store.RunStatus;
import io.escapement.web.access.Role;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/**
 * {@code GET /api/v1/problems/NAME}: what is known of a problem ({@link ProblemSheet}), and how its newest {@value #LOOKED_AT} runs went. A run counts as
 * certified where it ended at a point judged to be the global minimum, and as near where it ended within its success distance
 * of the truth.
 */
final class ProblemRoutes {

    private static final int LOOKED_AT = 200;
    private static final int RECENT = 5;
    private static final String CERTIFIED = "global-minimum";

    private final WorkerExecutor workers;
    private final RunCatalogue catalogue;
    private final RunDesk desk;

    ProblemRoutes(WorkerExecutor workers, RunCatalogue catalogue, RunDesk desk) {
        this.workers = workers;
        this.catalogue = catalogue;
        this.desk = desk;
    }

    void mount(Routes routes) {
        routes.get(Role.READ, "/api/v1/problems/:name").handler(this::sheet);
    }

    /** The answer. */
    record Answer(String name, @JsonUnwrapped ProblemSheet sheet, Outcomes runs, List<Recent> recent) {
        Answer {
            recent = List.copyOf(recent);
        }
    }

    /**
     * How runs went.
     *
     * @param ended of those looked at
     * @param certified of the ended
     * @param near of those of the ended whose distance to the truth is known
     * @param distanceKnown how many these are
     */
    record Outcomes(int lookedAt, int ended, int certified, int near, int distanceKnown) {}

    /** A run of late. */
    record Recent(String id, String name, String solver, String state, String verdict, String started) {}

    private void sheet(RoutingContext context) {
        String name = context.pathParam("name");
        workers.executeBlocking(() -> answer(name), false)
                .onSuccess(json -> {
                    if (json.isPresent()) {
                        context.response()
                                .putHeader("Content-Type", "application/json")
                                .putHeader("Cache-Control", "no-store")
                                .end(json.get());
                    } else {
                        Problem.of(404, "there is no problem '" + name + "' here; GET /api/v1/problems lists them")
                                .answer(context);
                    }
                })
                .onFailure(error -> ApiRoutes.fail(context, error));
    }

    private Optional<String> answer(String name) {
        return desk.sheet(name).map(sheet -> {
            List<Listed> runs = catalogue.list(null, LOOKED_AT, new RunFilter(null, name)).stream()
                    .filter(run -> run.header().problem().equals(name))
                    .toList();
            return Json.text(new Answer(
                    name,
                    sheet,
                    outcomes(runs),
                    runs.stream().limit(RECENT).map(ProblemRoutes::recent).toList()));
        });
    }

    private static Outcomes outcomes(List<Listed> runs) {
        int ended = 0;
        int certified = 0;
        int near = 0;
        int known = 0;
        for (Listed run : runs) {
            RunStatus status = run.status();
            if (!status.ended()) {
                continue;
            }
            ended++;
            certified += CERTIFIED.equals(status.verdict()) ? 1 : 0;
            Double distance = status.values().get(Values.DISTANCE);
            Optional<Double> bound = successDistance(run.header());
            if (distance != null && bound.isPresent()) {
                known++;
                near += distance <= bound.get() ? 1 : 0;
            }
        }
        return new Outcomes(runs.size(), ended, certified, near, known);
    }

    private static Optional<Double> successDistance(RunHeader header) {
        try {
            return Optional.ofNullable(header.settings().get("success-distance"))
                    .map(Double::valueOf);
        } catch (NumberFormatException e) {
            // A program of somebody else's may call anything so.
            return Optional.empty();
        }
    }

    private static Recent recent(Listed run) {
        RunHeader header = run.header();
        return new Recent(
                header.id(),
                header.name(),
                header.solver(),
                run.status().state().label(),
                run.status().verdict(),
                header.started().toString());
    }
}

package io.escapement.web;

import com.fasterxml.jackson.core.JsonGenerator;
import io.escapement.event.EscapeEpisode;
import io.escapement.event.EscapeEpisodes;
import io.escapement.event.Figures;
import io.escapement.event.RunEvent;
import io.escapement.event.RunHeader;
import io.escapement.event.Stamp;
import io.escapement.event.Values;
import io.escapement.run.RunSettings;
import io.escapement.store.Attempt;
import io.escapement.store.Listed;
import io.escapement.store.RunCatalogue;
import io.escapement.store.RunFilter;
import io.escapement.store.RunOrder;
import io.escapement.store.StreamJson;
import io.escapement.web.access.Role;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@code GET /api/v1/episodes}: the {@link EscapeEpisode}s of all runs, those of the newest run first and of each in order, with the rule by
 * which they were found. A page is what {@value #RUNS_A_PAGE} runs have, or the {@code limit} of episodes if that is reached
 * before, but never part of a run's; {@code next} is the cursor of the next page, absent at the end. Filters:
 * {@code run}, {@code problem}, {@code mechanism}, {@code outcome}. What is not known of an episode is absent.
 */
final class EpisodeRoutes {

    /** Runs looked at for a page: their findings are read from the disk where they are not in memory. */
    private static final int RUNS_A_PAGE = 100;

    private static final int LIMIT = 500;
    private static final int MOST = 5000;

    private final WorkerExecutor workers;
    private final RunCatalogue catalogue;

    EpisodeRoutes(WorkerExecutor workers, RunCatalogue catalogue) {
        this.workers = workers;
        this.catalogue = catalogue;
    }

    void mount(Routes routes) {
        routes.get(Role.READ, "/api/v1/episodes", "run", "problem", "mechanism", "outcome", "limit", "cursor")
                .handler(this::episodes);
    }

    /** What is asked for; null and empty for any. */
    private record Wanted(String run, String problem, String mechanism, String outcome) {

        boolean admits(RunHeader header) {
            return problem == null || problem.equals(header.problem());
        }

        boolean admits(EscapeEpisode episode) {
            return (mechanism == null || mechanism.equals(episode.mechanism()))
                    && (outcome == null || outcome.equals(episode.outcome().label()));
        }
    }

    private void episodes(RoutingContext context) {
        try {
            Wanted wanted = new Wanted(
                    Query.text(context, "run"),
                    Query.text(context, "problem"),
                    Query.text(context, "mechanism"),
                    outcome(context));
            int limit = (int) Query.integer(context, "limit", 1, MOST, LIMIT);
            String cursor = Query.text(context, "cursor");
            String after = cursor == null || cursor.isBlank()
                    ? null
                    : Cursor.read(cursor, RunOrder.NEWEST_FIRST).id();
            workers.executeBlocking(() -> page(wanted, after, limit), false)
                    .onSuccess(json -> context.response()
                            .putHeader("Content-Type", "application/json")
                            .putHeader("Cache-Control", "no-store")
                            .end(json))
                    .onFailure(error -> ApiRoutes.fail(context, error));
        } catch (InvalidRequest e) {
            Problem.of(e).answer(context);
        }
    }

    private static String outcome(RoutingContext context) throws InvalidRequest {
        String given = Query.text(context, "outcome");
        List<String> known = new ArrayList<>();
        for (EscapeEpisode.Outcome outcome : EscapeEpisode.Outcome.values()) {
            known.add(outcome.label());
        }
        if (given != null && !known.contains(given)) {
            throw new InvalidRequest(
                    "outcome", "outcome is '" + given + "'; one of " + String.join(", ", known) + " would be valid");
        }
        return given;
    }

    /** A run and what was found of it. */
    private record Found(Listed run, List<EscapeEpisode> episodes) {}

    private String page(Wanted wanted, String cursor, int limit) throws InvalidRequest {
        List<Listed> runs = wanted.run == null
                ? catalogue.list(cursor, RUNS_A_PAGE + 1, RunFilter.ALL)
                : catalogue.find(wanted.run).<List<Listed>>map(List::of).orElse(List.of());
        List<Found> found = new ArrayList<>();
        int count = 0;
        int looked = 0;
        for (Listed run : runs.subList(0, Math.min(RUNS_A_PAGE, runs.size()))) {
            if (count >= limit) {
                break;
            }
            looked++;
            if (!wanted.admits(run.header())) {
                continue;
            }
            List<EscapeEpisode> episodes = EscapeEpisodes.of(findings(run)).stream()
                    .filter(wanted::admits)
                    .toList();
            if (!episodes.isEmpty()) {
                found.add(new Found(run, episodes));
                count += episodes.size();
            }
        }
        String next = looked < runs.size() && looked > 0
                ? Cursor.text(RunOrder.NEWEST_FIRST.place(runs.get(looked - 1)), RunOrder.NEWEST_FIRST)
                : null;
        return StreamJson.text(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("runs");
            for (Found one : found) {
                write(json, one);
            }
            json.writeEndArray();
            if (next != null) {
                json.writeStringField("next", next);
            }
            rule(json);
            json.writeEndObject();
        });
    }

    private List<RunEvent> findings(Listed run) {
        // A later attempt does its escapes again: those that it superseded would count twice.
        List<Attempt> attempts = run.status().attempts();
        return catalogue.findings(run.header().id()).stream()
                .filter(event -> attempts.stream().noneMatch(attempt -> attempt.supersedes(event.stamp())))
                .toList();
    }

    private static void write(JsonGenerator json, Found found) throws IOException {
        RunHeader header = found.run.header();
        json.writeStartObject();
        json.writeStringField("id", header.id());
        json.writeStringField("name", header.name());
        json.writeStringField("problem", header.problem());
        json.writeStringField("solver", header.solver());
        json.writeNumberField("seed", header.seed());
        if (!Double.isNaN(header.gradientBound())) {
            json.writeNumberField("gradientBound", header.gradientBound());
        }
        json.writeStringField("state", found.run.status().state().label());
        json.writeNumberField("iteration", found.run.status().iteration());
        json.writeNumberField("elapsed", found.run.status().elapsedSeconds());
        json.writeArrayFieldStart("episodes");
        int number = 0;
        for (EscapeEpisode episode : found.episodes) {
            write(json, episode, number++);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, EscapeEpisode episode, int number) throws IOException {
        json.writeStartObject();
        json.writeNumberField("number", number);
        json.writeStringField("outcome", episode.outcome().label());
        json.writeStringField("verdict", episode.verdict());
        json.writeBooleanField("judged", episode.judged());
        if (!episode.mechanism().isEmpty()) {
            json.writeStringField("mechanism", episode.mechanism());
        }
        if (!episode.type().isEmpty()) {
            json.writeStringField("type", episode.type());
        }
        json.writeNumberField("trials", episode.trials());
        json.writeNumberField("rejected", episode.rejected());
        json.writeNumberField("refused", episode.refused());
        if (episode.exit() != null) {
            json.writeBooleanField("falseAlarm", episode.falseAlarm());
        }
        place(json, "entry", episode.entry());
        if (episode.exit() != null) {
            place(json, "exit", episode.exit());
        }
        if (episode.iterations().isPresent()) {
            json.writeNumberField("iterations", episode.iterations().getAsLong());
        }
        known(json, "oracleCalls", episode.oracleCalls());
        known(json, "loss", episode.lossBefore());
        known(json, "lossAfter", episode.lossAfter());
        known(json, "lossChange", episode.lossAfter() - episode.lossBefore());
        for (String name : List.of(
                Values.GRADIENT_NORM,
                Values.LAMBDA_MIN,
                Values.HESSIAN_LAMBDA_MIN,
                Values.OPTIMALITY_GAP,
                Values.DISTANCE)) {
            known(json, name, episode.entryValues().getOr(name, Double.NaN));
        }
        known(json, Values.MOVED, episode.exitValues().getOr(Values.MOVED, Double.NaN));
        known(json, Values.CURVATURE_COSINE, episode.exitValues().getOr(Values.CURVATURE_COSINE, Double.NaN));
        json.writeEndObject();
    }

    private static void place(JsonGenerator json, String name, Stamp stamp) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("attempt", stamp.attempt());
        json.writeNumberField("iteration", stamp.iteration());
        json.writeNumberField("elapsed", stamp.elapsedSeconds());
        json.writeStringField("time", stamp.time().toString());
        json.writeEndObject();
    }

    private static void known(JsonGenerator json, String name, double value) throws IOException {
        if (!Double.isNaN(value)) {
            json.writeNumberField(name, value);
        }
    }

    /** The rule by which episodes begin and end, in words, with the thresholds in force. */
    private static void rule(JsonGenerator json) throws IOException {
        RunSettings.Thresholds in = RunSettings.thresholds();
        json.writeObjectFieldStart("rule");
        json.writeStringField(
                "entry",
                "A stay begins where a run comes to rest and the point is judged and not certified as the global minimum: the gradient"
                        + " norm is at most the run's bound (its gradient-tolerance times the problem's scale), or the"
                        + " least loss has fallen by less than " + Figures.of(in.stallDecrease()) + " of itself over "
                        + in.stallWindow() + " iterations (a plateau where the gradient is below "
                        + Figures.of(in.plateauGradient()) + " of its largest).");
        json.writeStringField(
                "exit",
                String.format(
                        Locale.ROOT,
                        "It ends with an accepted escape, which must land or end lower than the point by %s of its loss; with a descent that by"
                                + " itself comes lower by %s of the loss or to a certified minimum, and then the alarm was"
                                + " false; with the run's end; or with another attempt.",
                        Figures.of(in.improvement()),
                        Figures.of(EscapeEpisodes.RELATIVE_DECREASE)));
        json.writeObjectFieldStart("thresholds");
        json.writeNumberField("stallDecrease", in.stallDecrease());
        json.writeNumberField("stallWindow", in.stallWindow());
        json.writeNumberField("plateauGradient", in.plateauGradient());
        json.writeNumberField("improvement", in.improvement());
        json.writeNumberField("relativeDecrease", EscapeEpisodes.RELATIVE_DECREASE);
        json.writeEndObject();
        json.writeEndObject();
    }
}

package io.escapement.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.escapement.event.PointVerdict;
import io.escapement.event.RunEvent;
import io.escapement.event.RunHeader;
import io.escapement.event.RunState;
import io.escapement.event.Values;
import io.escapement.run.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

/**
 * The result of one run, gathered from its events. Written on the run's thread, read after {@link RunEvent.Verdict}.
 *
 * <p>In JSON, figures that are not known are absent, never 0 or NaN (interfaces.md).
 */
final class RunReport {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RunHeader header;
    private final OptionalDouble successDistance;
    private final InstanceFacts facts;
    private final List<RunEvent.Escape> escapes = new ArrayList<>();
    private final Map<String, Double> completion = new LinkedHashMap<>();
    private final CountDownLatch complete = new CountDownLatch(1);
    private volatile RunEvent.Verdict verdict;

    /** @param successDistance how near the truth counts as a success; empty where the truth is not known */
    RunReport(RunHeader header, OptionalDouble successDistance, InstanceFacts facts) {
        this.header = header;
        this.facts = facts;
        this.successDistance = successDistance;
    }

    void accept(RunEvent event) {
        if (event instanceof RunEvent.Escape escape) {
            escapes.add(escape);
        } else if (event instanceof RunEvent.Verdict end) {
            verdict = end;
            complete.countDown();
        }
    }

    /** Waits for the run's last event to have been counted here. */
    void await(Run run) throws InterruptedException, ExecutionException {
        run.ended().get();
        complete.await();
    }

    /** A figure that is known only after the run, such as {@code heldOutRmse}. */
    void add(String name, double figure) {
        completion.put(name, figure);
    }

    RunHeader header() {
        return header;
    }

    RunEvent.Verdict verdict() {
        return verdict;
    }

    /** Escapes that led on. */
    long accepted() {
        return escapes.stream()
                .filter(escape -> escape.outcome() == RunEvent.EscapeOutcome.ACCEPTED)
                .count();
    }

    long iterations() {
        return verdict.stamp().iteration();
    }

    /** Within the success distance of the truth; where that is not known, converged. */
    boolean success() {
        if (successDistance.isPresent()) {
            return verdict.values().getOr(Values.DISTANCE, Double.POSITIVE_INFINITY) <= successDistance.getAsDouble();
        }
        return verdict.state() == RunState.CONVERGED;
    }

    ObjectNode json() {
        ObjectNode node = JSON.createObjectNode();
        node.put("runId", header.id());
        node.put("problem", header.problem());
        node.put("solver", header.solver());
        node.put("escape", header.escape());
        node.put("seed", header.seed());
        if (!facts.figures().isEmpty()) {
            node.set("instance", facts.json(JSON));
        }
        node.put("state", verdict.state().label());
        node.put("verdict", verdict.verdict().label());
        node.put("reason", verdict.reason().sentence());
        node.put("success", success());
        node.put("iterations", iterations());
        put(node, "gradientEvaluations", verdict.values().get(Values.GRADIENT_EVALUATIONS));
        ArrayNode list = node.putArray("escapes");
        for (RunEvent.Escape escape : escapes) {
            if (escape.outcome() != RunEvent.EscapeOutcome.PROPOSED) {
                list.add(json(escape));
            }
        }
        Values values = verdict.values();
        put(node, "loss", values.get(Values.LOSS));
        put(node, "gradientNorm", values.get(Values.GRADIENT_NORM));
        put(node, "distance", values.get(Values.DISTANCE));
        put(node, "optimalityGap", values.get(Values.OPTIMALITY_GAP));
        put(node, "lambdaMin", values.get(Values.LAMBDA_MIN));
        put(node, "hessianLambdaMin", values.get(Values.HESSIAN_LAMBDA_MIN));
        completion.forEach((name, figure) -> put(node, name, OptionalDouble.of(figure)));
        node.put("wallSeconds", verdict.stamp().elapsedSeconds());
        return node;
    }

    private static ObjectNode json(RunEvent.Escape escape) {
        ObjectNode node = JSON.createObjectNode();
        node.put("at", escape.stamp().iteration());
        node.put("mechanism", escape.mechanism());
        escape.type().ifPresent(type -> node.put("type", type));
        node.put("outcome", escape.outcome().label());
        put(node, "lossBefore", escape.values().get("lossBefore"));
        put(node, "lossAfter", escape.values().get("lossAfter"));
        node.put("accepted", escape.outcome() == RunEvent.EscapeOutcome.ACCEPTED);
        return node;
    }

    private static void put(ObjectNode node, String name, OptionalDouble figure) {
        if (figure.isPresent() && Double.isFinite(figure.getAsDouble())) {
            node.put(name, figure.getAsDouble());
        }
    }

    /** For people: what came out, in a few lines. */
    String text() {
        StringBuilder text = new StringBuilder(facts.sentence());
        PointVerdict point = verdict.verdict();
        text.append(verdict.state().label())
                .append(": ")
                .append(verdict.reason().sentence())
                .append('\n');
        text.append(point.sentence()).append('\n');
        for (RunEvent.Escape escape : escapes) {
            if (escape.outcome() != RunEvent.EscapeOutcome.PROPOSED) {
                text.append(String.format(
                        Locale.ROOT,
                        "escape at iteration %d by %s: %s, loss %s -> %s%n",
                        escape.stamp().iteration(),
                        escape.mechanism(),
                        escape.outcome().label(),
                        figure(escape.values().get("lossBefore")),
                        figure(escape.values().get("lossAfter"))));
            }
        }
        text.append(String.format(
                Locale.ROOT,
                "iterations %d, loss %s, gradient norm %s",
                iterations(),
                figure(verdict.values().get(Values.LOSS)),
                figure(verdict.values().get(Values.GRADIENT_NORM))));
        verdict.values()
                .get(Values.DISTANCE)
                .ifPresent(d -> text.append(", distance to the truth ").append(figure(OptionalDouble.of(d))));
        completion.forEach(
                (name, value) -> text.append(", ").append(name).append(' ').append(figure(OptionalDouble.of(value))));
        text.append(String.format(Locale.ROOT, ", %.2f s%n", verdict.stamp().elapsedSeconds()));
        return text.toString();
    }

    static String figure(OptionalDouble figure) {
        return figure.isPresent() ? String.format(Locale.ROOT, "%.5g", figure.getAsDouble()) : "unknown";
    }
}

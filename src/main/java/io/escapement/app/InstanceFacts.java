package io.escapement.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.escapement.event.Figures;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.RestrictedConstants;
import io.escapement.problem.SampledConstants;
import io.escapement.sensing.Instance;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is known of an instance before it is run: sizes, and the constants of restricted convexity and smoothness ([LEAC] A.10) that the
 * operator knows, beside a sampled estimate where one is asked for. Each pair says where it comes from.
 *
 * @param figures by name
 * @param sources of the pairs of constants, by name
 */
record InstanceFacts(Map<String, Double> figures, Map<String, String> sources) {

    static InstanceFacts none() {
        return new InstanceFacts(Map.of(), Map.of());
    }

    static InstanceFacts of(Instance<?> instance, RunOptions options) {
        Map<String, Double> figures = new LinkedHashMap<>(instance.figures());
        Map<String, String> sources = new LinkedHashMap<>();
        Check.between("--sample-constants", options.sampleConstants, 0, 10_000_000);
        if (options.sampleConstants > 0) {
            if (!(instance.problem() instanceof FactoredProblem problem)) {
                throw new InvalidOption("--sample-constants", "is for problems of matrices and vectors; leave it out");
            }
            int rank = (int) Math.min(2L * problem.columns(), problem.rows());
            SampledConstants.Beside beside = new SampledConstants(rank, options.sampleConstants, options.seed)
                    .beside(problem.operator(), problem.shape());
            figures.putAll(beside.figures());
            put(sources, "restricted", beside.known());
            put(sources, "sampled", beside.sampled());
        }
        return new InstanceFacts(figures, sources);
    }

    private static void put(Map<String, String> sources, String name, RestrictedConstants constants) {
        sources.put(name + "Source", constants.source());
    }

    /** For the run's header. */
    Map<String, String> asText() {
        Map<String, String> text = new LinkedHashMap<>();
        figures.forEach((name, figure) -> text.put(name, Figures.of(figure)));
        text.putAll(sources);
        return text;
    }

    ObjectNode json(ObjectMapper mapper) {
        ObjectNode node = mapper.createObjectNode();
        figures.forEach((name, figure) -> {
            if (Double.isFinite(figure)) {
                node.put(name, figure);
            }
        });
        sources.forEach(node::put);
        return node;
    }

    /** A line for people, where constants were sampled for them; otherwise nothing. */
    String sentence() {
        return sources.isEmpty()
                ? ""
                : "restricted convexity and smoothness: " + pair("restricted") + "; " + pair("sampled")
                        + System.lineSeparator();
    }

    private String pair(String name) {
        return Figures.of(figures.get(name + "Convexity")) + " and " + Figures.of(figures.get(name + "Smoothness"))
                + " (" + sources.get(name + "Source") + ")";
    }
}

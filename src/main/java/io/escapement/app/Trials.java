package io.escapement.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.escapement.event.RunState;
import java.util.List;
import java.util.Locale;

/** Many runs of one kind, and what they say together. */
final class Trials {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<RunReport> reports;

    /** @param reports in the order of their seeds, not empty */
    Trials(List<RunReport> reports) {
        this.reports = List.copyOf(reports);
    }

    long successes() {
        return reports.stream().filter(RunReport::success).count();
    }

    /** Trials that ended by an error of ours. */
    long failures() {
        return reports.stream()
                .filter(report -> report.verdict().state() == RunState.FAILED)
                .count();
    }

    double successRate() {
        return successes() / (double) reports.size();
    }

    /** Over all trials; the mean of the middle two where their number is even. */
    double medianIterations() {
        long[] sorted =
                reports.stream().mapToLong(RunReport::iterations).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
    }

    ObjectNode json() {
        ObjectNode node = JSON.createObjectNode();
        ArrayNode list = node.putArray("trials");
        reports.forEach(report -> list.add(report.json()));
        node.put("successRate", successRate());
        node.put("medianIterations", medianIterations());
        return node;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                "%8s  %-16s %-12s %10s %8s %12s %12s%n",
                "seed", "verdict", "state", "iterations", "escapes", "loss", "distance"));
        for (RunReport report : reports) {
            text.append(String.format(
                    Locale.ROOT,
                    "%8d  %-16s %-12s %10d %8d %12s %12s%s%n",
                    report.header().seed(),
                    report.verdict().verdict().label(),
                    report.verdict().state().label(),
                    report.iterations(),
                    report.accepted(),
                    RunReport.figure(report.verdict().values().get("loss")),
                    RunReport.figure(report.verdict().values().get("distance")),
                    report.success() ? "  success" : ""));
        }
        return text.append(String.format(
                        Locale.ROOT,
                        "%d of %d succeeded (%.3f), median iterations %.0f%n",
                        successes(),
                        reports.size(),
                        successRate(),
                        medianIterations()))
                .toString();
    }
}

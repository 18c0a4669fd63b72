package io.escapement.experiment.study.emc;

import io.escapement.event.Values;
import io.escapement.experiment.Cell;
import io.escapement.experiment.Comparison;
import io.escapement.experiment.Estimate;
import io.escapement.experiment.Experiment;
import io.escapement.experiment.Figure;
import io.escapement.experiment.Figure.Axis;
import io.escapement.experiment.Proportion;
import io.escapement.experiment.Report;
import io.escapement.experiment.Results;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** [EMC] figure 2: success of the lifted solver and of five others on the structured mask and on uniform ones. */
public final class EmcSuccess implements Experiment {

    private static final double EPSILON = 5e-5;
    private static final double RATE = 0.5;
    private static final List<Integer> SIZES = List.of(4, 6, 8, 10);
    private static final List<Integer> QUICK = List.of(6, 8);
    private static final String STRUCTURED = "structured";
    private static final String UNIFORM = "uniform";

    @Override
    public String id() {
        return "emc-success";
    }

    @Override
    public String title() {
        return "Success of six methods of completion on the structured mask and on uniform ones";
    }

    @Override
    public String source() {
        return "[EMC] figure 2";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("epsilon", Double.toString(EPSILON));
        settings.put("uniform", "p = " + RATE + ", ten masks, each with a Gaussian truth of rank 1");
        settings.put("start", "a Gaussian direction of length " + Emc.XI + "^(1/3)");
        settings.put("success-distance", "0.05");
        Contender.ALL.forEach(method -> settings.put(
                method.name(),
                method.solver().describe()
                        + (method.escapes() ? ", escape auto" : "")
                        + (method.weighs() ? "; on ε-MC" : "; on the seen entries alone")));
        return settings;
    }

    @Override
    public int trials(boolean quick) {
        return quick ? 10 : 20;
    }

    @Override
    public List<Cell> cells(boolean quick) {
        List<Cell> cells = new ArrayList<>();
        for (String mask : List.of(STRUCTURED, UNIFORM)) {
            for (int n : quick ? QUICK : SIZES) {
                for (Contender method : Contender.ALL) {
                    Map<String, String> labels = new LinkedHashMap<>();
                    labels.put("mask", mask);
                    labels.put("n", Integer.toString(n));
                    labels.put("method", method.name());
                    Emc problem = problem(mask, n);
                    cells.add(new Cell(
                            labels,
                            seed -> problem.trial(seed, method, EPSILON)
                                    .success(0.05)
                                    .plan(seed)));
                }
            }
        }
        return cells;
    }

    private static Emc problem(String mask, int n) {
        return mask.equals(STRUCTURED) ? Emc.structured(n) : new Emc(n, RATE);
    }

    @Override
    public Report report(Results results) {
        List<Comparison> lines = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        for (String mask : List.of(STRUCTURED, UNIFORM)) {
            report(results, mask, lines, figures);
        }
        return new Report(lines, figures, notes());
    }

    private static void report(Results results, String mask, List<Comparison> lines, List<Figure> figures) {
        boolean structured = mask.equals(STRUCTURED);
        Map<String, List<Estimate>> bars = new LinkedHashMap<>();
        List<String> groups = new ArrayList<>();
        List<List<Object>> rows = new ArrayList<>();
        for (int n : SIZES) {
            List<Results.Sample> samples = results.with("mask", mask, "n", Integer.toString(n)).stream()
                    .filter(sample -> sample.size() > 0)
                    .toList();
            if (samples.isEmpty()) {
                continue;
            }
            groups.add(Integer.toString(n));
            Emc problem = problem(mask, n);
            String where = mask + ", n = " + n + ": ";
            Proportion determined = samples.get(0).seeds(problem::determined);
            double limit = structured ? problem.chance() : determined.rate();
            lines.add(Comparison.of(
                    where
                            + (structured
                                    ? "chance of the right signs, the limit of every method"
                                    : "masks that determine the truth"),
                    limit));
            for (Results.Sample sample : samples) {
                String method = sample.label("method");
                Comparison line = Comparison.of(where + method, sample.success());
                boolean local = method.equals(Contender.BM.name());
                boolean ours = method.equals(Contender.OURS.name());
                lines.add(
                        structured
                                ? local || ours ? line.consistentWith(limit) : line
                                : ours ? line.atLeast(limit) : line);
                bars.computeIfAbsent(method, name -> new ArrayList<>()).add(Estimate.of(sample.success()));
                rows.add(row(problem, n, sample));
            }
            bars.computeIfAbsent(
                            structured ? "limit: signs cannot be told" : "masks that determine the truth",
                            name -> new ArrayList<>())
                    .add(Estimate.of(limit));
        }
        if (groups.isEmpty()) {
            return;
        }
        figures.add(new Figure.Bars(
                "Success, " + mask + (structured ? "" : ", p = " + RATE),
                Axis.linear("n"),
                Axis.linear("success rate"),
                groups,
                bars.entrySet().stream()
                        .map(series -> new Figure.BarSeries(series.getKey(), false, series.getValue()))
                        .toList()));
        figures.add(new Figure.Table(
                "Objective above that of the truth, and distance to it, medians, " + mask,
                List.of("n", "method", "success", "h − h(M*)", "distance", "iterations", "seconds"),
                rows));
    }

    /** The two figures that must not be taken for one another: objective and distance. */
    private static List<Object> row(Emc problem, int n, Results.Sample sample) {
        boolean weighs = Contender.ALL.stream()
                .anyMatch(method -> method.name().equals(sample.label("method")) && method.weighs());
        List<Double> gaps = new ArrayList<>();
        sample.outcomes()
                .forEach((seed, outcome) ->
                        gaps.add(outcome.figure(Values.LOSS) - problem.lossOfTruth(seed, weighs ? EPSILON : 0)));
        gaps.sort(null);
        double gap = 0.5 * (gaps.get((gaps.size() - 1) / 2) + gaps.get(gaps.size() / 2));
        List<Object> row = new ArrayList<>();
        row.add(Integer.toString(n));
        row.add(sample.label("method"));
        row.add(sample.success().rate());
        row.add(gap);
        row.add(sample.median(Values.DISTANCE));
        row.add(sample.median("iterations"));
        row.add(sample.medianSeconds());
        return row;
    }

    private static List<String> notes() {
        return List.of(
                "Structured: the diagonal and the zeros are all that is seen of zzᵀ, so each odd coordinate may have either sign. All"
                        + " 2^(⌈n/2⌉−1) patterns fit the data equally well, with one and the same ε-MC objective, so no method can tell the"
                        + " truth but by chance or by a bias: a success rate above the limit would be of the instance (whose truth happens"
                        + " to be all ones), not of a method. See the objective, which is that of the truth in every row that fits, beside"
                        + " the distance, which is not.",
                "The relaxation's solution is not unique there, as the paper says: all M ⪰ 0 that fit have the same trace. Lin-RFM's"
                        + " features never meet, so it keeps the diagonal. Both are above the rank of the factor, so their best factor does not"
                        + " even fit.",
                "Uniform: the paper states neither p nor the truth. With rank one the seen entries determine a generic truth if and only"
                        + " if their graph, loops included, is connected and not bipartite; beyond the share of such trials there is only luck. The"
                        + " paper's bars are not in its text, so none are given.",
                "Ours is L-BFGS on the factor of ε-MC with auto's escapes. Gradient descent in its place finds less, and not for want of"
                        + " escapes: where few entries are seen it crawls along valleys that lead to infinity.",
                "The lifted descent on the structured mask: 𝒜*(b) has its largest eigenvalue ⌈n/2⌉ times, so [EMC] (26) puts the iteration"
                        + " from which w is nearly of rank one at infinity, and indeed h^l falls to 0 with κ near 0.77 at n = 6: unseen entries"
                        + " enter with ε² and all but decouple the entries of w, whose signs are then as free as those of z. What tensor PCA"
                        + " makes of it is polished by gradient descent, and ends at some sign pattern.",
                "The lifted descent takes exact steps; the paper's fixed 2e-2 is beyond the stable step of these lifted problems from n = 8"
                        + " on (‖M*‖³ is 64 there on the structured mask). κ of [EMC] definition C.7 is a curve of every lifted run.");
    }
}

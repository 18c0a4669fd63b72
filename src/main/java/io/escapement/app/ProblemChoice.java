package io.escapement.app;

import io.escapement.problem.CompositeProblem;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.GroundTruth;
import io.escapement.sensing.InitialPoint;
import io.escapement.sensing.Instance;
import io.escapement.sensing.Seeds;
import io.escapement.sensing.network.Ieee14;
import io.escapement.sensing.network.PowerNetwork;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;

/**
 * Generated problems by name. To add one: a line here, its options in {@link RunOptions}. Over the usual length because the
 * list of all problems is here.
 *
 * @param name as on the command line
 * @param title for people
 * @param description one sentence
 * @param options names of the options that shape it, without dashes; any other that is given is refused
 * @param standard values of options that are not given
 * @param maker checks the options and makes the instance
 */
record ProblemChoice(
        String name, String title, String description, List<String> options, Standard standard, Maker maker) {

    /** From options to an instance. */
    @FunctionalInterface
    interface Maker {

        /** @throws InvalidOption if an option does not fit */
        Instance<?> make(RunOptions options, RandomGenerator random);
    }

    /**
     * Defaults that differ between problems.
     *
     * @param n rows
     * @param rank r
     * @param kappa condition number
     * @param scale of the start, where no --init-error is given
     * @param error of the start relative to the truth, where no --init-scale is given either; 0 for a start by scale
     * @param solver its name
     */
    record Standard(int n, int rank, double kappa, double scale, double error, String solver) {}

    /** A start that is small beside the truth, so that a descent meets the saddles. */
    private static final Standard SMALL = new Standard(11, 1, 1, 0.05, 0, "gd");

    private static final Standard SQUARES = new Standard(100, 1, 10, 0.05, 0, "lbfgs");
    private static final Standard THREE = new Standard(20, 3, 1, 0.05, 0, "lbfgs");
    private static final Standard TENSOR = new Standard(50, 2, 1, 0.05, 0, "lbfgs");

    private static final String NETWORK = "network";

    static final List<ProblemChoice> ALL = List.of(
            new ProblemChoice(
                    "pmc",
                    "Perturbed matrix completion",
                    "A rank-one matrix of zeros and ones seen through a structured mask; entries off the mask weigh only RHO."
                            + " It has exponentially many spurious minima.",
                    factored("n", "rho", "rank"),
                    SMALL,
                    CompletionProblems::pmc),
            new ProblemChoice(
                    "completion",
                    "Uniform matrix completion",
                    "A random low-rank matrix of which each entry is seen with probability P, symmetric or rectangular.",
                    factored("n", "n2", "rank", "truth-rank", "p", "kappa", "noise"),
                    SMALL,
                    CompletionProblems::completion),
            new ProblemChoice(
                    "epsilon-mc",
                    "Matrix completion as noisy matrix sensing",
                    "The mask of pmc, or a random one, with weight EPSILON off it and zeros measured there: the truth enters as"
                            + " noise. With the mask of pmc no solver can tell the signs of its odd entries.",
                    factored("n", "mask", "p", "epsilon", "rank"),
                    SMALL,
                    CompletionProblems::epsilonMc),
            new ProblemChoice(
                    "gaussian",
                    "Gaussian matrix sensing",
                    "M random linear measurements of a random low-rank matrix, symmetric or rectangular.",
                    factored("n", "n2", "rank", "truth-rank", "m", "kappa", "noise", "outliers", "precision", "frame"),
                    SMALL,
                    SensingProblems::gaussian),
            new ProblemChoice(
                    NETWORK,
                    "Power-network state estimation",
                    "The bus voltages of a power network from meters, up to a common phase; the 14-bus system here.",
                    factored("meters", "noise", "rank"),
                    new Standard(0, 1, 1, 1, 0, "gd"),
                    (options, random) -> SensingProblems.network(options, Ieee14.network(), random)),
            new ProblemChoice(
                    "factorization",
                    "Low-rank factorization",
                    "A random low-rank matrix of which every entry is seen, symmetric or rectangular.",
                    factored("n", "n2", "rank", "truth-rank", "kappa", "noise"),
                    THREE,
                    SensingProblems::factorization),
            new ProblemChoice(
                    "one-bit",
                    "1-bit matrix completion",
                    "Of each entry only how often a coin of that log-odds came up: logistic loss, symmetric or rectangular.",
                    List.of("n", "n2", "rank", "sigma", "p", "tosses", "balance", "ridge"),
                    THREE,
                    CompletionProblems::oneBit),
            new ProblemChoice(
                    "nnls",
                    "Nonnegative least squares",
                    "Nonnegative numbers as squares, from linear measurements of condition number KAPPA.",
                    List.of("n", "m", "support", "tau", "linear", "kappa", "noise", "loss", "ridge"),
                    SQUARES,
                    VectorProblems::nonnegative),
            new ProblemChoice(
                    "sparse-recovery",
                    "Sparse recovery",
                    "A sparse vector as a difference of squares, from Gaussian measurements.",
                    List.of("n", "m", "support", "noise", "loss", "ridge"),
                    new Standard(150, 1, 1, 0.05, 0, "lbfgs"),
                    VectorProblems::sparse),
            new ProblemChoice(
                    "cp",
                    "Tensor factorization",
                    "A random tensor of low CP rank, known by its factors; symmetric, or of three different modes.",
                    List.of("n", "n2", "n3", "rank", "truth-rank", "kappa", "frame", "loss"),
                    TENSOR,
                    TensorProblems::cp),
            new ProblemChoice(
                    "tensor-sensing",
                    "Gaussian tensor sensing",
                    "M random linear measurements of a random tensor of low CP rank.",
                    List.of(
                            "n",
                            "n2",
                            "n3",
                            "rank",
                            "truth-rank",
                            "m",
                            "kappa",
                            "noise",
                            "outliers",
                            "precision",
                            "frame",
                            "loss"),
                    new Standard(10, 2, 1, 0.05, 0.5, "gd"),
                    TensorProblems::sensing));

    /** An instance and where to start on it. */
    record Started(Instance<?> instance, DMatrixRMaj x0) {}

    /** Options of the start, and of the draws. */
    private static final List<String> START = List.of("init-scale", "init-error", "init-noise", "seed");

    /** Options of every run, in the order of a form; those of the problem come first. */
    private static final List<String> COMMON = List.of(
            "init-scale",
            "init-error",
            "init-noise",
            "seed",
            "sample-constants",
            "solver",
            "step",
            "damping",
            "system",
            "escape",
            "implicit-region",
            "max-escapes",
            "max-iterations",
            "max-evaluations",
            "max-time",
            "gradient-tolerance",
            "loss-target",
            "relative-error-target",
            "success-distance",
            "emit-every",
            "pace",
            "checkpoint-every",
            "name");

    /** Options of a factored problem: its own, and those that every one of them has. */
    private static List<String> factored(String... own) {
        return Stream.concat(Stream.of(own), Stream.of("loss", "balance", "ridge"))
                .toList();
    }

    /** Names of the options that make the instance and its start. */
    List<String> shaping() {
        return Stream.concat(options.stream(), START.stream()).toList();
    }

    /** Names of all the options that this problem heeds. */
    List<String> allOptions() {
        return Stream.concat(options.stream(), COMMON.stream()).toList();
    }

    static List<String> names() {
        return ALL.stream().map(ProblemChoice::name).toList();
    }

    /** @throws InvalidOption if there is none of this name */
    static ProblemChoice named(String name) {
        return ALL.stream()
                .filter(choice -> choice.name.equals(name))
                .findFirst()
                .orElseThrow(() -> Check.unknown("PROBLEM", name, names()));
    }

    /** @throws InvalidOption if the name or an option does not fit */
    static Started start(String name, RunOptions options) {
        ProblemChoice choice = named(name);
        return choice.start(options, choice.maker);
    }

    /** @param network in place of the built-in one */
    static Started start(PowerNetwork network, RunOptions options) {
        return named(NETWORK).start(options, (given, random) -> SensingProblems.network(given, network, random));
    }

    private Started start(RunOptions options, Maker with) {
        heedOnly(options);
        options.n = options.n == null ? standard.n : options.n;
        options.rank = options.rank == null ? standard.rank : options.rank;
        options.kappa = options.kappa == null ? standard.kappa : options.kappa;
        options.solver = options.solver == null ? standard.solver : options.solver;
        options.step = options.step == null ? SolverChoice.usualStep(options.solver) : options.step;
        RandomGenerator random = Seeds.generator(options.seed);
        Instance<?> instance = ridged(with.make(options, random), options);
        return new Started(instance, start(instance, options, random));
    }

    /** An option that this problem does not heed must not look as if it did. */
    private void heedOnly(RunOptions options) {
        Map<String, String> defaults = OptionText.of(RunOptions.standard());
        List<String> heeded = allOptions();
        OptionText.of(options).forEach((option, value) -> {
            if (!heeded.contains(option) && !value.equals(defaults.get(option))) {
                throw new InvalidOption("--" + option, "is not an option of " + name + "; leave it out");
            }
        });
    }

    private Instance<?> ridged(Instance<?> instance, RunOptions options) {
        if (options.ridge == null || options.ridge == 0 || !(instance.problem() instanceof FactoredProblem problem)) {
            return instance;
        }
        Check.atLeast("--ridge", options.ridge, 0);
        return new Instance<>(
                instance.name(),
                instance.description() + ", ridge " + options.ridge,
                problem.withRidge(options.ridge),
                instance.truth(),
                instance.figures());
    }

    /** Whether the measurements hold anything but the truth's. */
    static boolean noisy(String name, RunOptions options) {
        return name.equals("epsilon-mc") || options.noise > 0 || options.outliers > 0 || options.tosses > 0;
    }

    private DMatrixRMaj start(Instance<?> instance, RunOptions options, RandomGenerator random) {
        CompositeProblem problem = instance.problem();
        boolean zero = SolverChoice.startsAtZero(options.solver);
        if (options.initError == null && options.initScale == null && standard.error > 0 && !zero) {
            options.initError = standard.error;
        }
        if (options.initError == null) {
            double usual = zero ? 0 : standard.scale;
            double from = options.initScale == null ? usual : options.initScale;
            Check.atLeast("--init-scale", from, 0);
            if (from == 0) {
                return new DMatrixRMaj(problem.rows(), problem.columns());
            }
            return InitialPoint.gaussian(problem, from, random);
        }
        if (options.initScale != null) {
            throw new InvalidOption("--init-error", "cannot be given together with --init-scale; choose one");
        }
        Check.atLeast("--init-error", options.initError, 1e-12);
        int truthRank = instance.truth().orElseThrow().factor().numCols;
        if (problem.columns() < truthRank) {
            throw new InvalidOption(
                    "--init-error",
                    "needs a --rank of at least the truth's, " + truthRank + "; it is " + problem.columns());
        }
        GroundTruth truth = instance.truth().orElseThrow();
        return switch (options.initNoise) {
            case "normal" -> InitialPoint.nearTruth(problem, truth, options.initError, random);
            case "positive" -> positive(problem, truth, options.initError, random);
            default -> throw Check.unknown("--init-noise", options.initNoise, List.of("normal", "positive"));
        };
    }

    private static DMatrixRMaj positive(
            CompositeProblem problem, GroundTruth truth, double error, RandomGenerator random) {
        try {
            return InitialPoint.positive(problem, truth, error, random);
        } catch (IllegalArgumentException e) {
            throw new InvalidOption("--init-noise", "is 'positive': " + e.getMessage());
        }
    }
}

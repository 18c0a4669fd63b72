package io.escapement.app;

import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.sensing.DenseOperator;
import io.escapement.sensing.GaussianSensing;
import io.escapement.sensing.InitialPoint;
import io.escapement.sensing.Instance;
import io.escapement.sensing.PerturbedMatrixCompletion;
import io.escapement.sensing.Seeds;
import io.escapement.sensing.UniformCompletion;
import io.escapement.sensing.network.Ieee14;
import io.escapement.sensing.network.Meter;
import io.escapement.sensing.network.NetworkProblem;
import io.escapement.sensing.network.PowerNetwork;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;

/**
 * Generated problems by name.
 *
 * @param name as on the command line
 * @param title for people
 * @param description one sentence
 * @param options names of the options that shape it, without dashes
 */
record ProblemChoice(String name, String title, String description, List<String> options) {

    static final List<ProblemChoice> ALL = List.of(
            new ProblemChoice(
                    "pmc",
                    "Perturbed matrix completion",
                    "A rank-one matrix of zeros and ones seen through a structured mask; entries off the mask weigh only RHO."
                            + " It has exponentially many spurious minima.",
                    List.of("n", "rho", "rank")),
            new ProblemChoice(
                    "completion",
                    "Uniform matrix completion",
                    "A random low-rank matrix of which each entry is seen with probability P, symmetric or rectangular.",
                    List.of("n", "n2", "rank", "truth-rank", "p", "kappa", "noise")),
            new ProblemChoice(
                    "epsilon-mc",
                    "Matrix completion as noisy matrix sensing",
                    "The mask of pmc with weight EPSILON off it and zeros measured there: the truth enters as noise, and no"
                            + " solver can tell the signs of its odd entries.",
                    List.of("n", "epsilon", "rank")),
            new ProblemChoice(
                    "gaussian",
                    "Gaussian matrix sensing",
                    "M random linear measurements of a random low-rank matrix, symmetric or rectangular.",
                    List.of("n", "n2", "rank", "truth-rank", "m", "kappa", "noise", "outliers")),
            new ProblemChoice(
                    "network",
                    "Power-network state estimation",
                    "The bus voltages of a power network from meters, up to a common phase; the 14-bus system here.",
                    List.of("meters", "noise", "rank")));

    private static final double DEFAULT_SCALE = 0.05;
    private static final int PER_DEGREE_OF_FREEDOM = 4;
    private static final double LARGEST_ROWS = 1.5e9;
    private static final int LARGEST_DENSE = 10_000;

    /** An instance and where to start on it. */
    record Started(Instance<FactoredProblem> instance, DMatrixRMaj x0) {}

    /** Options of every run, in the order of a form; those of the problem come first. */
    private static final List<String> COMMON = List.of(
            "ridge",
            "init-scale",
            "init-error",
            "seed",
            "solver",
            "step",
            "escape",
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
            "name");

    /** Names of all the options that this problem heeds. */
    List<String> allOptions() {
        return Stream.concat(options.stream(), COMMON.stream()).toList();
    }

    static List<String> names() {
        return ALL.stream().map(ProblemChoice::name).toList();
    }

    /** @throws InvalidOption if the name or an option does not fit */
    static Started start(String name, RunOptions options) {
        return start(name, options, Ieee14.network());
    }

    /** @param network of the problem of that name */
    static Started start(String name, RunOptions options, PowerNetwork network) {
        RandomGenerator random = Seeds.generator(options.seed);
        Instance<FactoredProblem> instance = switch (name) {
            case "pmc" -> pmc(options);
            case "completion" -> completion(options, random);
            case "epsilon-mc" -> epsilonMc(options);
            case "gaussian" -> gaussian(options, random);
            case "network" -> network(options, network, random);
            default -> throw Check.unknown("PROBLEM", name, names());
        };
        Instance<FactoredProblem> ridged = withRidge(instance, options.ridge == null ? 0 : options.ridge);
        return new Started(ridged, start(ridged, options, random));
    }

    /** Whether the measurements hold anything but the truth's. */
    static boolean noisy(String name, RunOptions options) {
        return name.equals("epsilon-mc") || options.noise > 0 || options.outliers > 0;
    }

    /** An option that this problem does not heed must not look as if it did. */
    private static void refuse(String problem, String option, boolean given) {
        if (given) {
            throw new InvalidOption(option, "is not an option of " + problem + "; leave it out");
        }
    }

    private static Instance<FactoredProblem> pmc(RunOptions options) {
        refuse("pmc", "--noise", options.noise != 0);
        refuse("pmc", "--outliers", options.outliers != 0);
        Check.between("--n", options.n, 2, LARGEST_DENSE);
        Check.above("--rho", options.rho, 0);
        Check.between("--rho", options.rho, 0, 1);
        Check.between("--rank", options.rank, 1, options.n);
        if (options.n2 != 0 && options.n2 != options.n) {
            throw new InvalidOption("--n2", "is " + options.n2 + "; pmc is symmetric: leave it out");
        }
        if (options.truthRank > 1) {
            throw new InvalidOption("--truth-rank", "is " + options.truthRank + "; the truth of pmc has rank 1");
        }
        return PerturbedMatrixCompletion.pmc(options.n, options.rho, options.rank)
                .instance();
    }

    private static Instance<FactoredProblem> completion(RunOptions options, RandomGenerator random) {
        refuse("completion", "--outliers", options.outliers != 0);
        Check.between("--n", options.n, 2, 100_000_000);
        Check.between("--n2", options.n2, 0, 100_000_000);
        FactorShape shape =
                options.n2 == 0 ? FactorShape.psd(options.n) : FactorShape.asymmetric(options.n, options.n2);
        int most = Math.min(shape.imageRows(), shape.imageColumns());
        int truthRank = options.truthRank == 0 ? options.rank : options.truthRank;
        Check.between("--rank", options.rank, 1, most);
        Check.between("--truth-rank", options.truthRank, 0, most);
        Check.above("--p", options.p, 0);
        Check.between("--p", options.p, 0, 1);
        Check.atLeast("--kappa", options.kappa, 1);
        Check.atLeast("--noise", options.noise, 0);
        double expected = options.p * shape.imageRows() * (double) shape.imageColumns();
        if (expected > 1e9) {
            throw new InvalidOption(
                    "--p",
                    "is " + options.p + "; about " + (long) expected + " entries would be seen, and at most 1e9 fit");
        }
        return new UniformCompletion(shape, options.rank, truthRank, options.kappa, options.p, options.noise, 0)
                .instance(random);
    }

    private static Instance<FactoredProblem> epsilonMc(RunOptions options) {
        refuse("epsilon-mc", "--noise", options.noise != 0);
        refuse("epsilon-mc", "--outliers", options.outliers != 0);
        refuse("epsilon-mc", "--n2", options.n2 != 0 && options.n2 != options.n);
        refuse("epsilon-mc", "--truth-rank", options.truthRank > 1);
        Check.between("--n", options.n, 2, LARGEST_DENSE);
        Check.above("--epsilon", options.epsilon, 0);
        Check.between("--epsilon", options.epsilon, 0, 1);
        Check.between("--rank", options.rank, 1, options.n);
        return PerturbedMatrixCompletion.epsilonMc(options.n, options.epsilon, options.rank)
                .instance();
    }

    private static Instance<FactoredProblem> gaussian(RunOptions options, RandomGenerator random) {
        Check.between("--n", options.n, 2, LARGEST_DENSE);
        Check.between("--n2", options.n2, 0, LARGEST_DENSE);
        FactorShape shape =
                options.n2 == 0 ? FactorShape.psd(options.n) : FactorShape.asymmetric(options.n, options.n2);
        int most = Math.min(shape.imageRows(), shape.imageColumns());
        int truthRank = options.truthRank == 0 ? options.rank : options.truthRank;
        Check.between("--rank", options.rank, 1, most);
        Check.between("--truth-rank", options.truthRank, 0, most);
        Check.between("--m", options.m, 0, Integer.MAX_VALUE);
        Check.atLeast("--kappa", options.kappa, 1);
        Check.atLeast("--noise", options.noise, 0);
        Check.between("--outliers", options.outliers, 0, 1);
        long freedom = (long) truthRank * (shape.symmetric() ? shape.rows() : shape.rows() - truthRank);
        long m = options.m == 0 ? PER_DEGREE_OF_FREEDOM * freedom : options.m;
        double entries = m * (double) shape.imageRows() * shape.imageColumns();
        if (entries > LARGEST_ROWS) {
            throw new InvalidOption(
                    "--m",
                    "is " + m + "; with " + shape.imageRows() + "×" + shape.imageColumns() + " matrices at most "
                            + (long) (LARGEST_ROWS / shape.imageRows() / shape.imageColumns()) + " rows fit");
        }
        return new GaussianSensing(
                        shape,
                        options.rank,
                        truthRank,
                        (int) m,
                        options.kappa,
                        options.noise,
                        options.outliers,
                        DenseOperator.Precision.DOUBLE)
                .instance(random);
    }

    private static Instance<FactoredProblem> network(RunOptions options, PowerNetwork network, RandomGenerator random) {
        refuse("network", "--outliers", options.outliers != 0);
        Check.atLeast("--noise", options.noise, 0);
        Check.between("--rank", options.rank, 1, 2L * network.buses().size());
        Set<Meter> meters;
        try {
            meters = Meter.parse(options.meters);
        } catch (IllegalArgumentException e) {
            throw new InvalidOption("--meters", "is '" + options.meters + "': " + e.getMessage());
        }
        return new NetworkProblem(network, meters, options.noise, options.rank, true).instance(random);
    }

    private static Instance<FactoredProblem> withRidge(Instance<FactoredProblem> instance, double ridge) {
        Check.atLeast("--ridge", ridge, 0);
        if (ridge == 0) {
            return instance;
        }
        return new Instance<>(
                instance.name(),
                instance.description() + ", ridge " + ridge,
                instance.problem().withRidge(ridge),
                instance.truth(),
                instance.figures());
    }

    private static DMatrixRMaj start(Instance<FactoredProblem> instance, RunOptions options, RandomGenerator random) {
        FactoredProblem problem = instance.problem();
        if (options.initError == null) {
            double standard = instance.name().equals("network") ? 1 : DEFAULT_SCALE;
            double scale = options.initScale == null ? standard : options.initScale;
            Check.above("--init-scale", scale, 0);
            return InitialPoint.gaussian(problem, scale, random);
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
        return InitialPoint.nearTruth(problem, instance.truth().orElseThrow(), options.initError, random);
    }
}

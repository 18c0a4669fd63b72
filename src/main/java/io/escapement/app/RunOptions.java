package io.escapement.app;

import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * What a run is made of: problem, start, solver, escape, limits. The fields are what picocli fills; {@link RunFactory}
 * checks them. Shared by the command line and the API. Over the usual length because every option has its line of help here.
 */
final class RunOptions {

    /** All of them at their defaults. */
    static RunOptions standard() {
        RunOptions options = new RunOptions();
        new CommandLine(options).parseArgs();
        return options;
    }

    @Option(
            names = "--n",
            paramLabel = "N",
            description =
                    "rows of the matrix, entries of the vector, or length of the tensor's modes (11; factorization, one-bit 20; cp 50;"
                            + " nnls 100; sparse-recovery 150; tensor-sensing 10)")
    Integer n;

    @Option(
            names = "--n2",
            paramLabel = "N2",
            defaultValue = "0",
            description = "columns of the matrix, for a rectangular completion; 0: symmetric (${DEFAULT-VALUE})")
    int n2;

    @Option(
            names = "--n3",
            paramLabel = "N3",
            defaultValue = "0",
            description = "length of the third mode of a tensor that is not symmetric; 0: N2 (${DEFAULT-VALUE})")
    int n3;

    @Option(
            names = "--rank",
            paramLabel = "R",
            description = "columns of the factor (1; factorization, one-bit 3; cp, tensor-sensing 2)")
    Integer rank;

    @Option(
            names = "--truth-rank",
            paramLabel = "R",
            defaultValue = "0",
            description = "rank of the generated truth; 0: the same as --rank (${DEFAULT-VALUE})")
    int truthRank;

    @Option(
            names = "--rho",
            paramLabel = "RHO",
            defaultValue = "0.01",
            description = "weight of the unobserved entries of pmc, 0 to 1 (${DEFAULT-VALUE})")
    double rho;

    @Option(
            names = "--p",
            paramLabel = "P",
            defaultValue = "0.5",
            description =
                    "probability that completion, one-bit and epsilon-mc with a uniform mask see an entry, above 0 up to 1"
                            + " (${DEFAULT-VALUE})")
    double p;

    @Option(
            names = "--mask",
            paramLabel = "MASK",
            defaultValue = "structured",
            description = "which entries epsilon-mc sees: structured, as pmc, or uniform, each with probability P"
                    + " (${DEFAULT-VALUE})")
    String mask;

    @Option(
            names = "--epsilon",
            paramLabel = "EPSILON",
            defaultValue = "0.01",
            description = "weight of the unseen entries of epsilon-mc, 0 to 1; 0 leaves them out (${DEFAULT-VALUE})")
    double epsilon;

    @Option(
            names = "--m",
            paramLabel = "M",
            defaultValue = "0",
            description =
                    "measurements; 0: of gaussian four for each degree of freedom of the truth, of tensor-sensing five, of"
                            + " nnls and sparse-recovery two for each unknown (${DEFAULT-VALUE})")
    int m;

    @Option(
            names = "--outliers",
            paramLabel = "SHARE",
            defaultValue = "0",
            description =
                    "share of the measurements of gaussian and tensor-sensing that are wrong, 0 to 1 (${DEFAULT-VALUE})")
    double outliers;

    @Option(
            names = "--meters",
            paramLabel = "LIST",
            defaultValue = "V,P,Q",
            description = "what network meters: V, P, Q, PF, QF, PT, QT, flows for the last four (${DEFAULT-VALUE})")
    String meters;

    @Option(
            names = "--kappa",
            paramLabel = "KAPPA",
            description =
                    "condition number of the generated truth; of nnls of the measurements; at least 1 (1; nnls 10)")
    Double kappa;

    @Option(
            names = "--support",
            paramLabel = "K",
            defaultValue = "0",
            description =
                    "entries of the vector that are not 0; 0: ten of nnls, five of sparse-recovery (${DEFAULT-VALUE})")
    int support;

    @Option(
            names = "--tau",
            paramLabel = "TAU",
            defaultValue = "1",
            description = "largest over smallest such entry of nnls, at least 1 (${DEFAULT-VALUE})")
    double tau;

    @Option(
            names = "--linear",
            paramLabel = "WHAT",
            defaultValue = "entries",
            description = "what falls linearly from 1 to 1/TAU: the entries of nnls or their roots, then with the"
                    + " entries' ratio TAU squared (${DEFAULT-VALUE})")
    String linear;

    @Option(
            names = "--frame",
            paramLabel = "KIND",
            defaultValue = "haar",
            description =
                    "orthonormal vectors of the truth of gaussian, cp and tensor-sensing: haar, uniformly random, or"
                            + " positive, the Q of a matrix with entries from 0 to 1 (${DEFAULT-VALUE})")
    String frame;

    @Option(
            names = "--sigma",
            paramLabel = "LIST",
            defaultValue = "10,5,1",
            description = "singular values of the truth of one-bit (${DEFAULT-VALUE})")
    String sigma;

    @Option(
            names = "--tosses",
            paramLabel = "N",
            defaultValue = "0",
            description = "of each entry's coin in one-bit; 0: its probability itself (${DEFAULT-VALUE})")
    int tosses;

    @Option(
            names = "--precision",
            paramLabel = "P",
            defaultValue = "double",
            description = "of the stored rows of gaussian and tensor-sensing: double or single (${DEFAULT-VALUE})")
    String precision;

    @Option(
            names = "--noise",
            paramLabel = "SIGMA",
            defaultValue = "0",
            description =
                    "standard deviation of the noise: of each observed entry; of gaussian relative to a measurement's"
                            + " root mean square; of network in per unit (${DEFAULT-VALUE})")
    double noise;

    @Option(
            names = "--loss",
            paramLabel = "LOSS",
            description =
                    "of the residual: half-squared, norm, l1, huber[:DELTA] or logistic, which wants data of 0 to 1"
                            + " (half-squared; of one-bit logistic)")
    String loss;

    @Option(
            names = "--balance",
            paramLabel = "BETA",
            defaultValue = "0",
            description = "weight of the term that keeps the two factors of a rectangular matrix alike"
                    + " (${DEFAULT-VALUE})")
    double balance;

    @Option(
            names = "--ridge",
            paramLabel = "LAMBDA",
            description =
                    "adds LAMBDA/2 times the squared norm of the factor (0); with --data relative to the LAMBDA from"
                            + " which on the solution is 0 (0.0001 for a matrix to complete)")
    Double ridge;

    @Option(
            names = "--init-scale",
            paramLabel = "S",
            description =
                    "start at S times a standard normal factor (0.05; for network 1; with --solver ipgd and ipgd+ 0; with --data"
                            + " a spectral start)")
    Double initScale;

    @Option(
            names = "--init-error",
            paramLabel = "E",
            description =
                    "start at the truth, perturbed to a relative error of E; instead of --init-scale (tensor-sensing 0.5)")
    Double initError;

    @Option(
            names = "--init-noise",
            paramLabel = "KIND",
            defaultValue = "normal",
            description =
                    "what --init-error perturbs with: normal, or positive, numbers from 0 to 1 (of nnls normal ones"
                            + " without their signs, on the squares) (${DEFAULT-VALUE})")
    String initNoise;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            defaultValue = "1",
            description = "of every random draw (${DEFAULT-VALUE})")
    long seed;

    @Option(
            names = "--sample-constants",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "estimate restricted convexity and smoothness from N random matrices of up to twice the rank, beside"
                            + " those that are known (${DEFAULT-VALUE})")
    int sampleConstants;

    @Option(
            names = "--solver",
            paramLabel = "NAME",
            description =
                    "gd, subgradient (gd with Polyak's step), momentum[:BETA] (heavy ball, 0.9), nesterov[:restart], adam[:LR] (0.001), lbfgs,"
                            + " lmm[:1|2|3] (preconditioned subgradients with Polyak's, geometric or fixed steps), gauss-newton (lmm"
                            + " without damping), levenberg-marquardt; of matrices scaled-gd[:LAMBDA] (1e-8), prec-gd[:C] (damping C"
                            + " times the root of the loss, 1.41), opsa[:LAMBDA] (with --n2; 1e-8), lift[:L] (gradient descent on the"
                            + " tensor of odd order L, 3; small problems), semilift (gd, with leac-simulated:paper,leac-canonical as"
                            + " escapes), gnmr[:ALPHA] (Gauss-Newton, -1), bm[:ETA] (gd at one learning rate, 0.02); for entries of"
                            + " small matrices lin-rfm[:ALPHA] (0.5)"
                            + " and sdp (the relaxation); perturbed: pgd[:GAMMA[:G[:F[:T_ESCAPE]]]], ipgd with the same and ipgd+ with"
                            + " [:T_LOCAL] more (GAMMA 1e-15, of pgd G/L; G the gradient tolerance; F 1e-10 of the first loss; 3500; 1000)"
                            + " (gd; for one-bit, factorization, nnls, sparse-recovery, cp and with --data lbfgs)")
    String solver;

    @Option(
            names = "--step",
            paramLabel = "RULE",
            description =
                    "exact, stable (1/L, L the curvature bound at the point), armijo[:FIRST], fixed:ETA, ETA multiplying"
                            + " 2G(X)X, geometric:GAMMA,Q (GAMMA*Q^k), geometric (from half of polyak's first step, Q 0.97), polyak (to the loss's infimum), polyak:HSTAR or"
                            + " polyak:adaptive (exact; of subgradient, opsa, lmm and gauss-newton polyak, of adam its own, of pgd, ipgd and ipgd+"
                            + " stable, of lmm:2 geometric, of lmm:3 fixed:0.5)")
    String step;

    @Option(
            names = "--damping",
            paramLabel = "RULE",
            description =
                    "of lmm: loss[:C], C times the loss or its root, geometric:LAMBDA,Q, geometric (from loss at"
                            + " the start, Q 0.97), constant:LAMBDA or none (loss with the authors' C; of lmm:2 and lmm:3 geometric)")
    String damping;

    @Option(
            names = "--system",
            paramLabel = "HOW",
            description =
                    "how lmm and gauss-newton solve their linear systems: direct (closed form, matrices and vectors) or"
                            + " cg[:CAP[,TOLERANCE]] (direct; of gauss-newton and tensors cg:100,1e-13)")
    String system;

    @Option(
            names = "--escape",
            paramLabel = "NAME[,NAME...]",
            description = "none, auto, negative-curvature, leac-simulated[:exact|paper[:SMOOTHNESS]],"
                    + " leac-canonical[:L[:armijo|exact[:STEPS]]], sod-single, sod-multi[:ORDER],"
                    + " oracle-probe[:DIRECTIONS], perturb[:RADIUS[:T_ESCAPE[:F]]] or restart[:K[:SCALE]]; several"
                    + " are tried in order (auto; with --solver lift, or for a matrix to complete, none)")
    String escape;

    @Option(
            names = "--implicit-region",
            paramLabel = "EVERY[:RANK]",
            description =
                    "every EVERY iterations, how far the iterate is from the region of matrices of rank RANK (the truth's), or of"
                            + " vectors with the truth's support, and at what rate it leaves it; 0: never (25 with --solver pgd, ipgd"
                            + " and ipgd+ on at most 2,000 numbers, otherwise 0)")
    String implicitRegion;

    @Option(
            names = "--max-escapes",
            paramLabel = "N",
            defaultValue = "20",
            description = "accepted escapes allowed (${DEFAULT-VALUE})")
    int maxEscapes;

    @Option(
            names = "--max-iterations",
            paramLabel = "N",
            defaultValue = "200000",
            description = "of the whole run (${DEFAULT-VALUE})")
    long maxIterations;

    @Option(
            names = "--max-evaluations",
            paramLabel = "N",
            description = "gradient evaluations of the whole run, judgements and escapes included: what to compare"
                    + " mechanisms by (no limit)")
    Double maxEvaluations;

    @Option(
            names = "--max-time",
            paramLabel = "SECONDS",
            description = "of the whole run, pauses included; a run that reaches it is not judged (no limit)")
    Double maxTime;

    @Option(
            names = "--gradient-tolerance",
            paramLabel = "G",
            defaultValue = "1e-6",
            description =
                    "rest where the gradient norm is at most G times the problem's own scale, or a hundredth of that"
                            + " where the point is too close to call (${DEFAULT-VALUE})")
    double gradientTolerance;

    @Option(names = "--loss-target", paramLabel = "H", description = "goal: a loss of at most H")
    Double lossTarget;

    @Option(
            names = "--relative-error-target",
            paramLabel = "E",
            description = "goal: a distance to the truth of at most E times the truth's norm")
    Double relativeErrorTarget;

    @Option(
            names = "--success-distance",
            paramLabel = "D",
            defaultValue = "0.05",
            description =
                    "a run counts as a success within D of the truth, Frobenius norm of the matrix (${DEFAULT-VALUE})")
    double successDistance;

    @Option(
            names = "--emit-every",
            paramLabel = "K",
            defaultValue = "1",
            description = "one iteration event per K iterations (${DEFAULT-VALUE})")
    int emitEvery;

    @Option(
            names = "--pace",
            paramLabel = "PER_SECOND",
            defaultValue = "0",
            description = "at most so many events a second, for people to watch; 0: no limit (${DEFAULT-VALUE})")
    double pace;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description =
                    "time between two checkpoints of a run that is stored, from which escapement resume goes on; longer"
                            + " where they would take more than a hundredth of the time; 0: only when one is asked for"
                            + " (${DEFAULT-VALUE})")
    double checkpointEvery;

    @Option(names = "--name", paramLabel = "TEXT", description = "what to call the run in the dashboard")
    String name;
}

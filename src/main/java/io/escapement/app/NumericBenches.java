package io.escapement.app;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The measurements of {@link BenchCommand} of what a solver computes with. */
final class NumericBenches {

    private NumericBenches() {}

    /** Size of symmetric Gaussian sensing. */
    static final class Sensing {

        @Option(
                names = "--d",
                paramLabel = "D",
                defaultValue = "200",
                description = "rows of the matrix (${DEFAULT-VALUE})")
        int d;

        @Option(names = "--m", paramLabel = "M", defaultValue = "2000", description = "measurements (${DEFAULT-VALUE})")
        int m;

        void check() {
            Check.between("--d", d, 2, 5000);
            Check.between("--m", m, 1, 1_000_000);
            Check.between("--m", (long) m * d * d, 1, 2_000_000_000L);
        }
    }

    /** By how many threads. */
    static final class Threads {

        @Option(
                names = "--threads",
                paramLabel = "N",
                split = ",",
                defaultValue = "1,2",
                description = "numbers of threads (${DEFAULT-VALUE})")
        List<Integer> counts;

        void check() {
            for (int count : counts) {
                Check.between("--threads", count, 1, 256);
            }
        }
    }

    /** How near the operators come to the memory's own speed. */
    @Command(
            name = "operators",
            description = {
                "A dense operator's value and gradient in one pass, against a plain read of the same bytes.",
                "With --completion: those of a large sparse completion, against reading its data once."
            },
            mixinStandardHelpOptions = true)
    static final class Operators implements Callable<Integer> {

        private static final int ROUNDS = 7;

        @ParentCommand
        private BenchCommand parent;

        @Mixin
        private Sensing sensing;

        @Mixin
        private Threads threads;

        @Option(names = "--completion", description = "the large completion instead; needs some 2 GB of heap")
        private boolean completion;

        @Option(
                names = "--rows",
                paramLabel = "N",
                defaultValue = "1000000",
                description = "of the completion's matrix (${DEFAULT-VALUE})")
        private int rows;

        @Option(
                names = "--columns",
                paramLabel = "N",
                defaultValue = "100000",
                description = "of the completion's matrix (${DEFAULT-VALUE})")
        private int columns;

        @Option(
                names = "--observed",
                paramLabel = "N",
                defaultValue = "10000000",
                description = "entries of it that are seen, on average (${DEFAULT-VALUE})")
        private long observed;

        @Option(
                names = "--rank",
                paramLabel = "R",
                defaultValue = "10",
                description = "of the completion (${DEFAULT-VALUE})")
        private int rank;

        @Override
        public Integer call() {
            threads.check();
            parent.out.print(completion ? completion() : dense());
            return ExitCode.GOAL;
        }

        private String dense() {
            sensing.check();
            return OperatorBench.of(sensing.d, sensing.m, threads.counts).run();
        }

        private String completion() {
            Check.between("--rows", rows, 1, 100_000_000);
            Check.between("--columns", columns, 1, 100_000_000);
            Check.between("--observed", observed, 1, Math.min(1_000_000_000L, (long) rows * columns));
            Check.between("--rank", rank, 1, Math.min(100, Math.min(rows, columns)));
            return new CompletionBench(rows, columns, observed, rank, threads.counts, ROUNDS).run();
        }
    }

    /** What lifting costs, against the image of n^{2l} numbers. */
    @Command(
            name = "lift",
            description = {
                "Lifted pmc: gradients and descent by mode products against the direct form, which holds the image of"
                        + " N^(2L) numbers, and solves of growing size by mode products alone."
            },
            mixinStandardHelpOptions = true)
    static final class Lifted implements Callable<Integer> {

        @ParentCommand
        private BenchCommand parent;

        @Option(
                names = "--direct-n",
                paramLabel = "N",
                defaultValue = "11",
                description = "size of the comparison with the direct form (${DEFAULT-VALUE})")
        private int direct;

        @Option(
                names = "--n",
                paramLabel = "N",
                split = ",",
                defaultValue = "11,20,40,80",
                description = "sizes that are solved (${DEFAULT-VALUE})")
        private List<Integer> sizes;

        @Option(
                names = "--order",
                paramLabel = "L",
                defaultValue = "3",
                description = "of the lift, odd (${DEFAULT-VALUE})")
        private int order;

        @Option(
                names = "--rounds",
                paramLabel = "N",
                defaultValue = "31",
                description = "rounds, of which the shortest counts (${DEFAULT-VALUE})")
        private int rounds;

        @Override
        public Integer call() {
            Check.between("--order", order, 3, 11);
            if (order % 2 == 0) {
                throw new InvalidOption("--order", "is " + order + "; an odd number is needed");
            }
            Check.between("--direct-n", direct, 2, LiftBench.mostDirect(order));
            for (int n : sizes) {
                Check.between("--n", n, 2, LiftBench.most(order));
            }
            Check.between("--rounds", rounds, 1, 1000);
            new LiftBench(order, direct, sizes, rounds).run(parent.out);
            return ExitCode.GOAL;
        }
    }

    /** What a preconditioned iteration costs beyond its pass over the measurements. */
    @Command(
            name = "lmm",
            description = {
                "Iterations of the preconditioned subgradient method on symmetric Gaussian sensing, against the one"
                        + " pass over the measurements that each needs."
            },
            mixinStandardHelpOptions = true)
    static final class Preconditioned implements Callable<Integer> {

        @ParentCommand
        private BenchCommand parent;

        @Mixin
        private Sensing sensing;

        @Mixin
        private Threads threads;

        @Option(
                names = "--rank",
                paramLabel = "R",
                defaultValue = "5",
                description = "columns of the factor (${DEFAULT-VALUE})")
        private int rank;

        @Option(
                names = "--rounds",
                paramLabel = "N",
                defaultValue = "31",
                description = "rounds, of which the median counts (${DEFAULT-VALUE})")
        private int rounds;

        @Override
        public Integer call() {
            threads.check();
            sensing.check();
            Check.between("--rank", rank, 1, sensing.d);
            Check.between("--rounds", rounds, 1, 1000);
            parent.out.print(new LmmBench(sensing.d, sensing.m, rank, threads.counts, rounds).run());
            return ExitCode.GOAL;
        }
    }
}

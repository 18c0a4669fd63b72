package io.escapement.app;

import io.escapement.run.Checkpoint;
import io.escapement.run.CheckpointKeeper;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import reactor.core.scheduler.Schedulers;

/**
 * What checkpoints cost: the same iterations of L-BFGS on a completion without them and with one after every iteration, in turn, for
 * what taking one holds up the solver; then how long it takes to make bytes of one, which the store's thread does.
 */
final class CheckpointBench {

    private final int n;
    private final int n2;
    private final int rank;
    private final int iterations;
    private final int rounds;

    CheckpointBench(int n, int n2, int rank, int iterations, int rounds) {
        this.n = n;
        this.n2 = n2;
        this.rank = rank;
        this.iterations = iterations;
        this.rounds = rounds;
    }

    /** Keeps the newest in memory. */
    private static final class Newest implements CheckpointKeeper {

        private Checkpoint checkpoint;

        @Override
        public void keep(Checkpoint taken) {
            checkpoint = taken;
        }
    }

    void run(PrintStream out) {
        Newest newest = new Newest();
        double[] bare = new double[rounds];
        double[] taking = new double[rounds];
        for (int round = -1; round < rounds; round++) {
            double without = nanos(null);
            double with = nanos(newest);
            // The first warms up.
            if (round >= 0) {
                bare[round] = without;
                taking[round] = Math.max(0, with - without);
            }
        }
        double[] writing = new double[rounds];
        int bytes = 0;
        for (int round = 0; round < rounds; round++) {
            long began = System.nanoTime();
            bytes = newest.checkpoint.bytes(Integer.MAX_VALUE - 16).length;
            writing[round] = System.nanoTime() - began;
        }
        double iteration = median(bare);
        double capture = median(taking);
        double encode = median(writing);
        out.printf(
                Locale.ROOT,
                "completion %d×%d, rank %d, lbfgs, %d iterations a round, %d rounds%n",
                n,
                n2,
                rank,
                iterations,
                rounds);
        out.printf(Locale.ROOT, "an iteration                       %10.1f µs%n", iteration / 1e3);
        out.printf(
                Locale.ROOT,
                "taking a checkpoint, solver's side %10.1f µs, %.3f iterations%n",
                capture / 1e3,
                capture / iteration);
        out.printf(
                Locale.ROOT,
                "making its %,d bytes, store's side %.1f µs, %.2f GB/s, %.2f iterations%n",
                bytes,
                encode / 1e3,
                bytes / encode,
                encode / iteration);
        out.printf(Locale.ROOT, "one every 10 s                     %10.6f %% of the time%n", (capture + encode) / 1e8);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Of an iteration. */
    private double nanos(Newest keeper) {
        RunOptions options = new RunOptions();
        new CommandLine(options)
                .parseArgs(
                        "--n=" + n,
                        "--n2=" + n2,
                        "--rank=" + rank,
                        "--p=0.3",
                        "--solver=lbfgs",
                        "--escape=none",
                        "--gradient-tolerance=1e-300",
                        "--max-iterations=" + iterations);
        PreparedRun prepared = Preparation.generated("completion", options, OptionText.command(List.of("completion")));
        var pipeline =
                keeper == null ? prepared.pipeline() : prepared.pipeline().checkpointed(Duration.ofNanos(1), keeper);
        long[] span = new long[2];
        long[] last = new long[1];
        pipeline.events(Schedulers.immediate())
                .filter(event -> event.kind().equals("iteration"))
                .doOnNext(event -> {
                    long now = System.nanoTime();
                    span[0] = span[0] == 0 ? now : span[0];
                    span[1] = now;
                    last[0] = event.stamp().iteration();
                })
                .blockLast();
        return (double) (span[1] - span[0]) / Math.max(1, last[0]);
    }
}

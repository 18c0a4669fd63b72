package io.escapement.app;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The programs of {@link ViewersBench}, on one thread: iterations and landmarks of each run at a steady rate, over HTTP. */
final class BenchPrograms implements AutoCloseable {

    static final int MARKS_PER_SECOND = 5;

    /** Iterations between two landmarks. */
    private static final int ITERATIONS = 20;

    private static final int END_SECONDS = 120;

    private final List<String> ids = new ArrayList<>();
    private final List<BenchProgram> programs = new ArrayList<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final CompletableFuture<Long> marks;

    BenchPrograms(URI server, int runs) throws IOException {
        for (int i = 0; i < runs; i++) {
            BenchProgram program = new BenchProgram(server);
            programs.add(program);
            ids.add(program.register());
        }
        marks = CompletableFuture.supplyAsync(this::feed, work -> {
            Thread thread = new Thread(work, "programs");
            thread.setDaemon(true);
            thread.start();
        });
    }

    private long feed() {
        long mark = 0;
        try {
            long due = System.nanoTime();
            while (!over.get()) {
                for (int i = 0; i < programs.size(); i++) {
                    programs.get(i).mark(ids.get(i), mark, ITERATIONS, BenchReader.MARK + mark);
                }
                mark++;
                due += TimeUnit.SECONDS.toNanos(1) / MARKS_PER_SECOND;
                long wait = due - System.nanoTime();
                if (wait > 0) {
                    TimeUnit.NANOSECONDS.sleep(wait);
                }
            }
            for (int i = 0; i < programs.size(); i++) {
                programs.get(i).end(ids.get(i), mark * (ITERATIONS + 1L));
            }
            return mark;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("a program failed after " + mark + " landmarks", e);
        }
    }

    /** Of the runs, in the order in which they were registered. */
    List<String> ids() {
        return ids;
    }

    /** Ends the runs; returns how many landmarks each has. */
    long finish() throws Exception {
        over.set(true);
        return marks.get(END_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        over.set(true);
        for (BenchProgram program : programs) {
            program.close();
        }
    }
}

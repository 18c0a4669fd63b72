package io.escapement.run;

import io.escapement.solve.SolverState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps a bounded path of full iterates for pictures: the solver's thread hands it a reference to each, which a state never changes
 * afterwards, so keeping one copies nothing. What a candidate did on trial is kept short, and joins the path when the trial is accepted;
 * of one that is given up only landing and end stay, apart from the path. Thread-safe.
 */
public final class PathKeeper {

    /** Points of a path. */
    public static final int MOST_POINTS = 512;

    /** Entries of a factor beyond which nothing is kept: not even sixteen points would fit. */
    public static final int MOST_ENTRIES = 1 << 15;

    /** Numbers of all iterates together: 4 MiB. */
    private static final int MOST_NUMBERS = 1 << 19;

    private static final int LEAST_POINTS = 4;

    /** Points of a candidate that is on trial. */
    private static final int TRIAL_POINTS = 32;

    private final int entries;
    private final int mostMuted;
    private final int mostOnTrial;
    private final int trialPoints;
    private final ThinnedPath path;
    private final Map<Long, ThinnedPath> onTrial = new LinkedHashMap<>();
    private final Deque<Iterate> muted = new ArrayDeque<>();
    private boolean trialIsNewest;
    private long newestCandidate;
    private int pointsOnTrial;
    private long version;

    /** @param entries of a factor, 1 to {@link #MOST_ENTRIES} */
    public PathKeeper(int entries) {
        if (entries < 1 || entries > MOST_ENTRIES) {
            throw new IllegalArgumentException(
                    "a factor of " + entries + " entries is too large; 1 to " + MOST_ENTRIES + " would be valid");
        }
        this.entries = entries;
        int room = Math.min(2 * MOST_POINTS, MOST_NUMBERS / entries);
        path = new ThinnedPath(Math.max(LEAST_POINTS, room / 2));
        mostMuted = room / 4;
        mostOnTrial = Math.max(LEAST_POINTS, room / 4);
        trialPoints = Math.max(LEAST_POINTS, Math.min(TRIAL_POINTS, room / 32));
    }

    /**
     * A later attempt goes on with the path of the one before. Before the first visit.
     *
     * @param before that path, of iterates of the same size
     * @param until iteration of the checkpoint: what came after it is left out
     */
    public synchronized void goOn(List<Iterate> before, long until) {
        for (Iterate point : before) {
            if (point.iteration() > until || point.x().getNumElements() != entries) {
                continue;
            }
            if (point.muted()) {
                muted.add(point);
            } else {
                path.add(point);
            }
        }
        while (muted.size() > mostMuted) {
            muted.remove();
        }
    }

    /** The run is here. Cheap enough for the solver's own thread. */
    synchronized void visited(Visit visit, SolverState state) {
        version++;
        trialIsNewest = visit.candidate() != 0;
        newestCandidate = visit.candidate();
        if (!trialIsNewest) {
            List.copyOf(onTrial.keySet()).forEach(this::mute);
        }
        ThinnedPath where = trialIsNewest
                ? onTrial.computeIfAbsent(visit.candidate(), unknown -> new ThinnedPath(trialPoints))
                : path;
        Iterate last = where.last();
        if (last != null && last.iteration() == visit.iteration() && last.segment() == visit.segment()) {
            if (visit.landmark()) {
                where.mark();
            }
            return;
        }
        int before = where.size();
        where.add(new Iterate(
                visit.iteration(),
                visit.segment(),
                visit.candidate(),
                trialIsNewest,
                visit.landmark(),
                state.loss(),
                state.x()));
        if (trialIsNewest) {
            pointsOnTrial += where.size() - before;
            if (pointsOnTrial > mostOnTrial) {
                makeRoom(visit.candidate());
            }
        }
    }

    /** Where too many candidates wait, the one that came first is no longer remembered. */
    private void makeRoom(long newest) {
        Iterator<Map.Entry<Long, ThinnedPath>> oldest = onTrial.entrySet().iterator();
        while (pointsOnTrial > mostOnTrial && oldest.hasNext()) {
            Map.Entry<Long, ThinnedPath> trial = oldest.next();
            if (trial.getKey() != newest) {
                pointsOnTrial -= trial.getValue().size();
                oldest.remove();
            }
        }
    }

    /** A trial is over. */
    synchronized void settled(long candidate, boolean accepted) {
        version++;
        trialIsNewest = false;
        if (!accepted) {
            mute(candidate);
            return;
        }
        ThinnedPath trial = removed(candidate);
        if (trial != null) {
            path.append(trial);
        }
    }

    private ThinnedPath removed(long candidate) {
        ThinnedPath trial = onTrial.remove(candidate);
        pointsOnTrial -= trial == null ? 0 : trial.size();
        return trial;
    }

    private void mute(long candidate) {
        ThinnedPath trial = removed(candidate);
        if (trial == null) {
            return;
        }
        List<Iterate> points = trial.points();
        muted.add(points.get(0));
        if (points.size() > 1) {
            muted.add(points.get(points.size() - 1));
        }
        while (muted.size() > mostMuted) {
            muted.remove();
        }
    }

    /** Numbers that are kept, about. */
    public synchronized long size() {
        Iterate last = path.last();
        int points = path.size() + muted.size() + pointsOnTrial;
        return last == null ? 0 : (long) points * last.x().getNumElements();
    }

    /** Grows whenever the path changes. */
    public synchronized long version() {
        return version;
    }

    /** The path in order, and among it what was tried beside it, muted. */
    public synchronized List<Iterate> points() {
        List<Iterate> all = new ArrayList<>(path.points());
        all.addAll(muted);
        onTrial.forEach((candidate, trial) -> {
            boolean now = trialIsNewest && candidate == newestCandidate;
            List<Iterate> points = trial.points();
            all.add(points.get(0));
            all.addAll(now ? points.subList(1, points.size()) : points.subList(points.size() - 1, points.size()));
        });
        all.sort(Comparator.comparingLong(Iterate::iteration));
        return all;
    }
}

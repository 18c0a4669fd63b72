package io.escapement.run;

import java.util.ArrayList;
import java.util.List;

/**
 * At most so many points of a path: every one, then every second, then every fourth of those that came; landmarks stay while others
 * can go. The newest is always among them. Not thread-safe.
 */
final class ThinnedPath {

    private final int most;
    private final List<Iterate> kept = new ArrayList<>();
    /** Number of each kept point among those that came; the spare newest has none. */
    private final List<Long> numbers = new ArrayList<>();

    private long seen;
    private long stride = 1;
    /** The newest, where it is not kept. */
    private Iterate newest;

    /** @param most points, at least 4 */
    ThinnedPath(int most) {
        this.most = most;
    }

    void add(Iterate point) {
        long number = seen++;
        boolean keep = point.landmark() || number % stride == 0;
        newest = keep ? null : point;
        if (keep) {
            kept.add(point);
            numbers.add(number);
            while (kept.size() > most) {
                thin();
            }
        }
    }

    /** The newest point is a landmark. */
    void mark() {
        if (newest != null) {
            kept.add(newest.marked());
            numbers.add(seen - 1);
            newest = null;
        } else if (!kept.isEmpty()) {
            kept.set(kept.size() - 1, kept.get(kept.size() - 1).marked());
        }
    }

    Iterate last() {
        return newest != null ? newest : kept.isEmpty() ? null : kept.get(kept.size() - 1);
    }

    int size() {
        return kept.size() + (newest == null ? 0 : 1);
    }

    List<Iterate> points() {
        List<Iterate> all = new ArrayList<>(kept);
        if (newest != null) {
            all.add(newest);
        }
        return all;
    }

    /** The points of a trial that led on join the path. */
    void append(ThinnedPath trial) {
        for (Iterate point : trial.points()) {
            add(point.accepted());
        }
    }

    private void thin() {
        stride *= 2;
        int before = kept.size();
        keepOnly(false);
        if (kept.size() > most || kept.size() == before) {
            // Landmarks alone are too many: of these too every second one goes, but for the first and the newest.
            keepOnly(true);
        }
    }

    private void keepOnly(boolean everySecond) {
        int to = 0;
        for (int i = 0; i < kept.size(); i++) {
            boolean end = i == 0 || i == kept.size() - 1;
            boolean stays = everySecond ? i % 2 == 0 : kept.get(i).landmark() || numbers.get(i) % stride == 0;
            if (end || stays) {
                kept.set(to, kept.get(i));
                numbers.set(to, numbers.get(i));
                to++;
            }
        }
        kept.subList(to, kept.size()).clear();
        numbers.subList(to, numbers.size()).clear();
    }
}

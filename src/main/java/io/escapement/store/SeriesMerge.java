package io.escapement.store;

/**
 * Puts the rows of one table into another, whatever their levels and series: the finer one is raised, buckets of the same
 * number become one, and where both have a number for an iteration the source's is the later one.
 */
final class SeriesMerge {

    private SeriesMerge() {}

    /**
     * @param target with room for the rows
     * @param source is raised where the target is coarser, and otherwise left as it is
     */
    static void into(SeriesTable target, SeriesTable source) {
        while (source.level < target.level) {
            source.raise();
        }
        while (target.level < source.level) {
            target.raise();
        }
        int[] slots = new int[source.lines.length];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = target.lineOrNew(source.lines[i].name);
        }
        if (source.points != null) {
            target.needPoints();
        }
        for (int r = 0; r < source.rows; r++) {
            int row = target.rowOf(source.bucket[r], source.changed[r]);
            boolean fresh = target.present[row] == 0;
            target.iteration[row] = source.iteration[r];
            target.segment[row] = source.segment[r];
            target.elapsed[row] = source.elapsed[r];
            target.changed[row] = fresh ? source.changed[r] : Math.max(target.changed[row], source.changed[r]);
            for (int i = 0; i < slots.length; i++) {
                if (slots[i] >= 0 && source.has(i, r)) {
                    long bit = 1L << slots[i];
                    target.lines[slots[i]].take(row, source.lines[i], r, (target.present[row] & bit) != 0);
                    target.present[row] |= bit;
                }
            }
            if (source.hasPoint(r)) {
                target.takePoint(row, source, r);
            }
        }
    }
}

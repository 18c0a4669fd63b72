package io.escapement.app;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Looks at the heap now and then while something goes on, each time after a collection, so that what is seen is what is held
 * and not what happened to lie about. The collections cost what they cost: they are in the figures of what goes on.
 */
final class HeapWatch implements AutoCloseable {

    private static final double MEGA = 1e6;

    private final List<Double> megabytes = new ArrayList<>();
    private final Thread thread;
    private volatile boolean over;

    /** @param everyMillis between two looks */
    HeapWatch(long everyMillis) {
        thread = new Thread(() -> look(everyMillis), "heap");
        thread.setDaemon(true);
        thread.start();
    }

    private void look(long everyMillis) {
        while (!over) {
            try {
                Thread.sleep(everyMillis);
            } catch (InterruptedException e) {
                return;
            }
            double now = megabytes();
            synchronized (megabytes) {
                megabytes.add(now);
            }
        }
    }

    /** Of the heap that is held now, after a collection. */
    static double megabytes() {
        System.gc();
        GcInfo newest = null;
        for (GarbageCollectorMXBean collector : ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class)) {
            GcInfo info = collector.getLastGcInfo();
            newest = info != null && (newest == null || info.getEndTime() > newest.getEndTime()) ? info : newest;
        }
        if (newest == null) {
            throw new IllegalStateException("this Java tells nothing of its collections");
        }
        // As the collection left it: what was allocated since is not held.
        Map<String, MemoryUsage> after = newest.getMemoryUsageAfterGc();
        long used = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP && after.containsKey(pool.getName())) {
                used += after.get(pool.getName()).getUsed();
            }
        }
        return used / MEGA;
    }

    /** What was seen, and how the median of the last third stands to that of the first: 1 where memory is flat. */
    String words() {
        List<Double> seen;
        synchronized (megabytes) {
            seen = List.copyOf(megabytes);
        }
        int third = seen.size() / 3;
        if (third == 0) {
            return "heap: too short for three looks";
        }
        double early = median(seen.subList(0, third));
        double late = median(seen.subList(seen.size() - third, seen.size()));
        String all =
                seen.stream().map(mb -> String.format(Locale.ROOT, "%.0f", mb)).collect(Collectors.joining(" "));
        return String.format(
                Locale.ROOT, "heap after a collection, MB: %s; last third to first third %.2f", all, late / early);
    }

    private static double median(List<Double> values) {
        return Rounds.median(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    @Override
    public void close() {
        over = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.escapement.sensing.file;

import java.lang.management.ManagementFactory;

/** How much this thread has allocated, so that "it did not read on" can be asserted without a clock. */
final class Allocation {

    private Allocation() {}

    /** Bytes so far. */
    static long here() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}

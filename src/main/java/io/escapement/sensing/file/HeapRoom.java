package io.escapement.sensing.file;

import java.util.Locale;

/** Whether what a file declares can be held at all, asked before anything is allocated for it. */
final class HeapRoom {

    /** Share of the heap that one operator may take. */
    private static final double SHARE = 0.8;

    private HeapRoom() {}

    /**
     * @param bytes wanted; a double, so that a product cannot overflow
     * @param what "A as 200 rows of 600 numbers"
     * @throws MalformedInput if they are more than this Java can give
     */
    static void require(String file, double bytes, String what) throws MalformedInput {
        long heap = Runtime.getRuntime().maxMemory();
        if (bytes > SHARE * heap) {
            throw new MalformedInput(
                    file,
                    0,
                    0,
                    String.format(
                            Locale.ROOT,
                            "%s takes %.3g GB of memory, and this Java may use %.3g GB; start it as java -Xmx%.0fg, or"
                                    + " use fewer rows",
                            what,
                            bytes / 1e9,
                            heap / 1e9,
                            Math.ceil(bytes / SHARE / (1L << 30))));
        }
    }
}

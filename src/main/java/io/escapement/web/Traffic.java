package io.escapement.web;

/**
 * What is on its way to all clients of the stream together: built, and not yet taken by their sockets. One that reads nothing
 * holds a frame or two, which may be megabytes of a large run; a thousand of them would be gigabytes. On the event loop only.
 */
final class Traffic {

    private static final long MOST = 256L << 20;

    /** Of the memory that Java may use. */
    private static final int PART = 8;

    private final long room;
    private long characters;

    Traffic() {
        this(Math.min(MOST, Runtime.getRuntime().maxMemory() / PART));
    }

    /** @param room in characters, beyond which nothing more is built */
    Traffic(long room) {
        this.room = room;
    }

    void add(long more) {
        characters += more;
    }

    long characters() {
        return characters;
    }

    boolean crowded() {
        return characters >= room;
    }
}

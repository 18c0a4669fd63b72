package io.escapement.escape.lifted;

/** What a direction is in the decomposition of a lifted trajectory ([SOD] module 4). */
public enum Term {
    /** The trap itself. */
    A,
    /** The escape direction u_n of prior work. */
    B,
    /** Directions that only lifting brings up. */
    C
}

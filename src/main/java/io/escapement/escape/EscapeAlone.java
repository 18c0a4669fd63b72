package io.escapement.escape;

/** A mechanism for a wider class of problems, seen as one for these. */
record EscapeAlone<P>(Escape<? super P> escape) implements Escape<P> {

    @Override
    public String name() {
        return escape.name();
    }

    @Override
    public Outcome from(P problem, Trap trap) {
        return escape.from(problem, trap);
    }
}

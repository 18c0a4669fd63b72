package io.escapement.escape;

import java.util.Iterator;

/** A mechanism whose candidates say why it was chosen; with no reason, they are as they are. */
record EscapeExplained<P>(Escape<? super P> escape, String why) implements Escape<P> {

    @Override
    public String name() {
        return escape.name();
    }

    @Override
    public Outcome from(P problem, Trap trap) {
        Outcome outcome = escape.from(problem, trap);
        if (why.isEmpty() || !(outcome instanceof Moved moved)) {
            return outcome;
        }
        Iterator<Candidate> candidates = moved.candidates();
        return new Moved(new Iterator<>() {
            @Override
            public boolean hasNext() {
                return candidates.hasNext();
            }

            @Override
            public Candidate next() {
                return candidates.next().because(why);
            }
        });
    }
}

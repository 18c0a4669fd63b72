package io.escapement.escape;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** Tries the second mechanism where the first refuses, and after all candidates of the first were tried. */
record EscapeChain<P>(Escape<P> first, Escape<P> second) implements Escape<P> {

    @Override
    public String name() {
        return first.name() + "," + second.name();
    }

    @Override
    public Outcome from(P problem, Trap trap) {
        Outcome outcome = first.from(problem, trap);
        if (outcome instanceof Moved moved) {
            return new Moved(new Following(moved.candidates(), problem, trap));
        }
        Refused refused = (Refused) outcome;
        Outcome other = second.from(problem, trap);
        if (other instanceof Refused also) {
            return new Refused(first.name() + ": " + refused.why() + "; " + second.name() + ": " + also.why());
        }
        return other;
    }

    /** The first's candidates, then the second's, which are computed only when the first's are used up. */
    private final class Following implements Iterator<Candidate> {

        private final P problem;
        private final Trap trap;
        private Iterator<Candidate> current;
        private boolean onSecond;

        Following(Iterator<Candidate> candidates, P problem, Trap trap) {
            this.current = candidates;
            this.problem = problem;
            this.trap = trap;
        }

        @Override
        public boolean hasNext() {
            if (current.hasNext()) {
                return true;
            }
            if (!onSecond) {
                onSecond = true;
                if (second.from(problem, trap) instanceof Moved moved) {
                    current = moved.candidates();
                }
            }
            return current.hasNext();
        }

        @Override
        public Candidate next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no candidate left");
            }
            return current.next();
        }
    }
}

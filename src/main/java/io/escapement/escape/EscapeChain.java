package io.escapement.escape;

import io.escapement.event.Values;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;

/** Tries the second mechanism where the first refuses, and after all candidates of the first were tried. */
record EscapeChain<P>(Escape<? super P> first, Escape<? super P> second) implements Escape<P> {

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
            return new Refused(
                    first.name() + ": " + refused.why() + "; " + second.name() + ": " + also.why(),
                    joined(refused.trace(), also.trace()));
        }
        return new Moved(led(refused.trace(), ((Moved) other).candidates()));
    }

    /** The candidates, the first of which is also what a mechanism that refused went through. */
    private static Iterator<Candidate> led(List<Values> trace, Iterator<Candidate> candidates) {
        if (trace.isEmpty() || !candidates.hasNext()) {
            return candidates;
        }
        Iterator<Candidate> one = List.of(candidates.next().after(trace)).iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return one.hasNext() || candidates.hasNext();
            }

            @Override
            public Candidate next() {
                return one.hasNext() ? one.next() : candidates.next();
            }
        };
    }

    private static List<Values> joined(List<Values> one, List<Values> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
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

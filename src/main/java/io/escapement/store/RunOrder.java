package io.escapement.store;

import io.escapement.event.Values;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;

/**
 * Order of a list of runs. What is not known comes last whichever way it goes, and of equal runs the newer comes first.
 *
 * @param by what is compared
 * @param descending largest or newest first
 */
public record RunOrder(Column by, boolean descending) {

    /** Newest first, in the order of their ids, which begin with the time. */
    public static final RunOrder NEWEST_FIRST = new RunOrder(Column.STARTED, true);

    public RunOrder {
        Objects.requireNonNull(by, "by");
    }

    /** What runs can be ordered by: first texts, compared with ASCII letters in lower case, then, from ATTEMPT on, numbers. */
    public enum Column {
        STARTED("started"),
        NAME("name"),
        PROBLEM("problem"),
        SOLVER("solver"),
        ESCAPE("escape"),
        STATE("state"),
        VERDICT("verdict"),
        ATTEMPT("attempt"),
        ITERATION("iteration"),
        LOSS("loss"),
        GRADIENT("gradient"),
        LAMBDA_MIN("lambda-min"),
        ESCAPES("escapes"),
        RATE("rate"),
        IMPROVED("improved");

        private final String label;

        Column(String label) {
            this.label = label;
        }

        /** Name in the API. */
        public String label() {
            return label;
        }
    }

    /**
     * Where a run stands in an order.
     *
     * @param key a String or a Double, or null where it is not known
     */
    public record Place(Object key, String id) {
        public Place {
            Objects.requireNonNull(id, "id");
        }
    }

    /** Whether keys are numbers. */
    public boolean numeric() {
        return by.compareTo(Column.ATTEMPT) >= 0;
    }

    public Place place(Listed run) {
        return new Place(key(run), run.header().id());
    }

    private Object key(Listed run) {
        return switch (by) {
            case STARTED -> run.header().id();
            case NAME -> folded(run.header().name());
            case PROBLEM -> folded(run.header().problem());
            case SOLVER -> folded(run.header().solver());
            case ESCAPE -> folded(run.header().escape());
            case STATE -> run.status().state().label();
            case VERDICT -> run.status().verdict();
            case ATTEMPT -> (double) run.status().attempt();
            case ITERATION -> (double) run.status().iteration();
            case LOSS -> figure(run, Values.LOSS);
            case GRADIENT -> figure(run, Values.GRADIENT_NORM);
            case LAMBDA_MIN -> known(lambdaMin(run.status()));
            case ESCAPES -> (double) run.status().escapes();
            case RATE -> known(run.status().iterationsPerSecond());
            case IMPROVED -> millis(run.status().lastImprovement());
        };
    }

    /** Smallest eigenvalue of ∇f(XXᵀ) where the run was last judged; NaN where it was not. */
    public static double lambdaMin(RunStatus status) {
        return status.curvature() == null ? Double.NaN : status.curvature().lambdaMin();
    }

    Comparator<Place> comparator() {
        Comparator<Object> byKey = RunOrder::compareKeys;
        Comparator<Place> byId = Comparator.comparing(Place::id);
        if (by == Column.STARTED) {
            return descending ? byId.reversed() : byId;
        }
        return Comparator.<Place, Object>comparing(
                        Place::key, Comparator.nullsLast(descending ? byKey.reversed() : byKey))
                .thenComparing(byId.reversed());
    }

    private static int compareKeys(Object one, Object other) {
        return one instanceof String text
                ? text.compareTo((String) other)
                : Double.compare((Double) one, (Double) other);
    }

    private static Double figure(Listed run, String name) {
        return known(run.status().values().getOrDefault(name, Double.NaN));
    }

    private static Double known(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static Double millis(Instant moment) {
        return moment == null ? null : (double) moment.toEpochMilli();
    }

    /** As SQLite's lower(). */
    private static String folded(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            folded.append(letter >= 'A' && letter <= 'Z' ? (char) (letter + 'a' - 'A') : letter);
        }
        return folded.toString();
    }
}

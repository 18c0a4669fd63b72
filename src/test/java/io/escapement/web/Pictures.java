package io.escapement.web;

import io.escapement.store.RunCatalogue;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** Draws a tilted plane, remembers what was asked for, and waits where it is told to. */
record Pictures(RunCatalogue catalogue, AtomicReference<Request> asked, AtomicReference<BooleanSupplier> stops)
        implements LandscapeDesk {

    /** A basis with which drawing goes on until nobody waits for it. */
    static final String ENDLESS = "endless";

    Pictures(RunCatalogue catalogue) {
        this(catalogue, new AtomicReference<>(), new AtomicReference<>());
    }

    @Override
    public Optional<Picture> picture(Request request, BooleanSupplier stop) throws InvalidRequest {
        asked.set(request);
        stops.set(stop);
        if (request.basis().equals("none")) {
            throw new InvalidRequest("basis", "basis is 'none'; plane would be valid");
        }
        while (request.basis().equals(ENDLESS) && !stop.getAsBoolean()) {
            Thread.onSpinWait();
        }
        if (catalogue.find(request.runs().get(0)).isEmpty()) {
            return Optional.empty();
        }
        double[] values = new double[request.size() * request.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = i == 1 ? Double.NaN : 0.1 * i;
        }
        Grid grid = request.size() == 0 ? null : new Grid(request.size(), values, "direct", List.of());
        Point point = new Point(3, 1, 0.5, -0.5, Double.POSITIVE_INFINITY, 2, Double.NaN, 0);
        return Optional.of(new Picture(
                null,
                new Basis(
                        "plane", "a plane", 3, 4, List.of("a", "b"), List.of(0.5, 0.25), List.of(-1.0, 1.0, -2.0, 2.0)),
                List.of(new Choice("plane", "a plane")),
                grid,
                List.of(new Path(request.runs().get(0), "a run", true, List.of(point), List.of())),
                List.of(new Mark("", "truth", "truth", -1, null, 1, 2, 0, 0, 0)),
                true));
    }

    @Override
    public boolean post(String run, String picture) throws InvalidRequest {
        if (!picture.contains("values")) {
            throw new InvalidRequest("values", "values is absent; numbers are needed");
        }
        return catalogue.find(run).isPresent();
    }
}

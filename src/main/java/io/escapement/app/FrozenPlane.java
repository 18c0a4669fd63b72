package io.escapement.app;

import io.escapement.landscape.plane.Plane;
import io.escapement.landscape.plane.PlaneGrid;
import io.escapement.landscape.plane.Spread;
import io.escapement.landscape.plane.Window;
import io.escapement.problem.PlaneLoss;
import io.escapement.run.Iterate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** A plane that no longer changes, the loss on it, and what has been computed of it. Not thread-safe. */
final class FrozenPlane {

    private static final int MOST_GRIDS = 12;
    private static final int MOST_HEIGHTS = 8192;

    final PlaneChoice.Chosen chosen;
    final long version;
    final Spread spread;
    final Window around;

    /** Null where the problem is not known, or too large for a picture. */
    final PlaneLoss loss;

    private final Map<Window, PlaneGrid> grids = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Window, PlaneGrid> eldest) {
            return size() > MOST_GRIDS;
        }
    };

    private final Map<Spot, Double> heights = new HashMap<>();

    private record Spot(double alpha, double beta) {}

    FrozenPlane(PlaneChoice.Chosen chosen, long version, Spread spread, Window around, PlaneLoss loss) {
        this.chosen = chosen;
        this.version = version;
        this.spread = spread;
        this.around = around;
        this.loss = loss;
    }

    Plane.Place place(Iterate point) {
        return chosen.plane().place(point.x());
    }

    /** h where a point is seen; NaN where it is not known. */
    double height(Plane.Place place) {
        if (loss == null) {
            return Double.NaN;
        }
        if (heights.size() > MOST_HEIGHTS) {
            heights.clear();
        }
        return heights.computeIfAbsent(
                new Spot(place.alpha(), place.beta()), spot -> loss.at(spot.alpha(), spot.beta()));
    }

    /** Takes over what a coarser grid of the window has, or what a finer one had. */
    PlaneGrid grid(Window window, int size, BooleanSupplier stop) {
        PlaneGrid known = grids.get(window);
        if (known != null && known.size() >= size) {
            return known.coarsened(size);
        }
        PlaneGrid grid = PlaneGrid.of(loss, window, size, known, stop);
        grids.put(window, grid);
        return grid;
    }

    /** Numbers held. */
    long size() {
        long grid = 0;
        for (PlaneGrid one : grids.values()) {
            grid += (long) one.size() * one.size();
        }
        return (loss == null ? 0 : loss.size()) + grid;
    }
}

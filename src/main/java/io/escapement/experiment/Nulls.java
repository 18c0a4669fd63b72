package io.escapement.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Lists in which null is an unknown number, which {@link List#copyOf} refuses. */
final class Nulls {

    private Nulls() {}

    static <T> List<T> list(List<T> list) {
        return Collections.unmodifiableList(new ArrayList<>(list));
    }
}

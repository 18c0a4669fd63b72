package io.escapement.alert;

/** A run that the rules are asked about. Whether it has ended is cheap to ask; how it stands is not, and asked only where it matters. */
public interface Watched {

    /** As {@link Sighting#ended} would say. */
    boolean ended();

    Sighting sighting();
}

package io.escapement.event;

/** Coordinates of an iterate projected to three axes; what the axes are is in the run's header. */
public record Point3(double x, double y, double z) {}

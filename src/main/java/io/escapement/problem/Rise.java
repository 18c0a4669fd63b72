package io.escapement.problem;

/**
 * Height and slope of a function of s above a level that is said with it.
 *
 * @param value height
 * @param slope derivative with respect to s
 */
public record Rise(double value, double slope) {}

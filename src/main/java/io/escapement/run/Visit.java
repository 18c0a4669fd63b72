package io.escapement.run;

/**
 * Where in its run a state is.
 *
 * @param segment which stretch between jumps
 * @param candidate of an escape that is on trial here, a number of its own in the run; 0 where the run itself goes on
 * @param landmark a start, a landing, or a point that is judged or that ends a stretch: what a picture must not miss
 */
public record Visit(long iteration, int segment, long candidate, boolean landmark) {}

/**
 * Meters of runs, escapes and viewers for Prometheus.
 *
 * <p>Decisions:
 *
 * <ul>
 *   <li>Every meter stands in {@link io.escapement.meter.RunMeter} under the name that Prometheus shows, because dashboards
 *       and rules depend on it; a test compares the list with what a scrape prints.
 *   <li>Labels come from closed sets. Names that a header or an event brings along are kept as they are up to a small
 *       number of different ones and called "other" beyond it.
 *   <li>A run's own gauges read its newest event when they are scraped: an iteration costs the solver one volatile write and a
 *       few additions. A Micrometer timer for each iteration costs more than a step of a small problem, so durations are
 *       recorded as the mean over a batch of at least a millisecond.
 *   <li>Moments are exported, not ages: {@code time() - x} belongs in the rule.
 *   <li>A run id is an unbounded label. Therefore few runs have gauges of their own at a time, and not for long after
 *       their end; those that had to go without are counted.
 * </ul>
 */
package io.escapement.meter;

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
 *   <li>Histograms are collectors of our own in the registry that Micrometer scrapes: Micrometer's exemplars can name nothing
 *       but traces and spans, and here they name the run; its timers also add a gauge of the largest value, which nobody asked
 *       for. The histogram of Prometheus' own client was rejected for the four libraries of its sampler, which also keeps an
 *       exemplar for seven seconds before it takes another.
 *   <li>What can be known beforehand is there with 0 before it happens: {@code increase} does not see a counter's first value.
 *   <li>A run's own gauges read its newest event when they are scraped: an iteration costs the solver one volatile write and a
 *       few additions. A Micrometer timer for each iteration costs more than a step of a small problem, so durations are
 *       recorded as the mean over a batch of at least a millisecond.
 *   <li>Moments are exported, not ages: {@code time() - x} belongs in the rule.
 *   <li>A run id is an unbounded label. Therefore few runs have gauges of their own at a time, and not for long after
 *       their end; those that had to go without are counted. An ended run does not make room before its time: a process that
 *       does short runs one after the other would give Prometheus new series for every one of them, and now at most 20 in ten
 *       minutes. Trials of experiments have none: they come by the thousand, and the built-in alerts pass them over too.
 *   <li>An attempt that resumes a run takes over the run's gauges; iterations before its checkpoint are not counted again.
 *   <li>A run's state is one gauge for each state, 1 or 0, so that a rule sees it change and not vanish. Whether it goes on is
 *       told by the absence of the moment of its end, since a run may end stalled.
 * </ul>
 */
package io.escapement.meter;

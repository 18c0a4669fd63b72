/**
 * Records of what happened in a run: iterations, judgements, escapes, phases, verdicts, messages, and the reasons and
 * verdicts they carry. Everything that watches a run reads only these.
 *
 * <p>Decisions:
 *
 * <ul>
 *   <li>Events hold numbers and names, never a matrix: they are cheap to keep, to send and to compare, and a run of
 *       another program can produce the very same ones.
 *   <li>{@link io.escapement.event.Values} pairs a shared array of names with an array of numbers. A {@code Map} per
 *       iteration cost an allocation per figure on the hot path; a fixed record would have no place for the figures of
 *       a user's own program.
 *   <li>A figure that is not known is absent. NaN is a measured NaN.
 *   <li>The verdicts live here and not in {@code landscape}, although that package forms them, because events carry
 *       them and this package may import nothing.
 * </ul>
 */
package io.escapement.event;

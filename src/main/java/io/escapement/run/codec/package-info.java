/**
 * Plain data as bytes and back, bit for bit: what a checkpoint is written in.
 *
 * <p>Decisions:
 *
 * <ul>
 *   <li>Reflection over record components, so that a new solver or criterion needs no line here. Java's serialization was not taken: it
 *       runs the code of whatever class the bytes name. Here a name must be that of a record or enum of this program, and objects are
 *       made by canonical constructors, which check what they are given. JSON was not taken: a matrix of 10⁶ doubles is 8 MB here and
 *       more than twice that there.
 *   <li>Every type is written with its components' types and names at its first mention. A program in which one has changed says so
 *       instead of reading something else.
 *   <li>Objects that are there twice (the residual that is its own weights, x0 in a first state) are written once, and are one again.
 * </ul>
 */
package io.escapement.run.codec;

/**
 * Solvers as pure step functions: {@code start} and {@code step} map states to states. A step reads no clock, prints
 * nothing, counts nothing, knows no stream and not the truth. Scratch space lives in the run's
 * {@link io.escapement.linalg.Workspace}, never in the input state.
 */
package io.escapement.solve;

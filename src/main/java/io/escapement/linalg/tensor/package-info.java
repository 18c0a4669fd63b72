/**
 * Tensors of order l over Rⁿ, held in full: mode products, contractions, the dominant rank-1 term.
 *
 * <p>Layout: index (i₁, …, i_l) is at ((i₁·n + i₂)·n + …) + i_l, the last index fastest.
 */
package io.escapement.linalg.tensor;

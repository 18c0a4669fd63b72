/**
 * Linear algebra that EJML lacks: Frobenius products, extreme eigenpairs of a symmetric operator known only by its
 * action, scratch space.
 *
 * <p>Matrices are EJML's {@code DMatrixRMaj} (row-major, doubles). Output arguments come last; nobody else's matrix is
 * modified.
 */
package io.escapement.linalg;

/**
 * Planes for pictures: which plane through a path, what it shows of it, and the loss on it.
 *
 * <h2>The loss on a plane</h2>
 *
 * On X₀ + αU + βV (n×r each) the residual of a factored problem is a quadratic with vectors for coefficients,
 *
 * <pre>
 * ρ(α, β) = c₁ + αc₂ + βc₃ + α²c₄ + αβc₅ + β²c₆,    c₁ = B(X₀,X₀) − b, c₂ = 2B(X₀,U), c₃ = 2B(X₀,V), c₄ = B(U,U), c₅ = 2B(U,V), c₆ = B(V,V),
 * </pre>
 *
 * so six measurements are all that a picture asks of the operator, whatever its grid, and masks, weights, sparse rows and networks need
 * nothing of their own. With C = [c₁ … c₆] = QR, R 6×6, it is h = ½‖ρ‖² = ½‖R·(1, α, β, α², αβ, β²)‖²: 21 multiplications a point, and 21 numbers with
 * which a page computes h itself wherever it looks. Ridge and balancing term are halves of squares of such quadratics, √λ·X and
 * √β(XᵀX − YᵀY), and are rows of C.
 *
 * <p>Decisions:
 *
 * <ul>
 *   <li>A sum of squares and not the 15 coefficients of the quartic. Against an evaluation at the point (pmc, n = 21, h(X₀) = 129, on the way to
 *       the truth), the coefficients err by 3e−7 of h where it is 1e−6, by 0.4 % at 1e−10, by 41 % at 1e−12, and end at 5e−13; the squares by
 *       6e−12, 8e−10 and 5e−9, and end at 1e−28. On 2,000 points at random the worst was 6.5e−13 and 7e−15. Logarithmic
 *       pictures of minima live from those digits.
 *   <li>Other losses are asked for their value of ρ, m operations a point: l1 on dense rows, n = 200, r = 2, m = 2000, a grid of 65×65 cost as
 *       much as two or three evaluations at one point, the six measurements three to five, where 4225 evaluations would have been needed.
 *       ‖·‖₂ is a function of ‖ρ‖ and needs only R. Tensors, which are cubic on a plane, are evaluated at each point.
 *   <li>Directions are made orthonormal, so that lengths in the picture are lengths between factors, and the distance from the plane is one.
 *   <li>Grids have 2^k + 1 points a side, so that a coarse one is part of every finer one and is shown first.
 *   <li>The principal plane gives every kept iterate the same weight, as in the literature (Li et al., 2018), though most of them may lie close to
 *       the end. What a plane does not show is told beside it as a share of the path's variance.
 *   <li>v_min at a trap is found to 1e−5 of ‖∇²h‖: it is for the eye.
 * </ul>
 */
package io.escapement.landscape.plane;

/** Descent on the lifted tensor, and what is shown of it. */
package io.escapement.solve.lift;

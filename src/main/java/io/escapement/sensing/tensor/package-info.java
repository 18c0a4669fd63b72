/** CP tensors to find: random truths, Gaussian measurements of them. */
package io.escapement.sensing.tensor;

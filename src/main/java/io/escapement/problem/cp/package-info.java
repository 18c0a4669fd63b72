/** CP tensors: the two parameterizations, their derivatives with and without forming a tensor, and the problems made of them. */
package io.escapement.problem.cp;

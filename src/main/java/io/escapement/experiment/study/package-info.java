/** The experiments, one file each: the paper's figures, the cells, and what ours must reach. */
package io.escapement.experiment.study;

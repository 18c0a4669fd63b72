/** Experiments on disk and on paper: the journal of finished trials, result files, and the table for people. */
package io.escapement.experiment.record;

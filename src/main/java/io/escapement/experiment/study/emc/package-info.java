/** The experiments of [EMC]. */
package io.escapement.experiment.study.emc;

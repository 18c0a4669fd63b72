/**
 * The papers' tables and figures as experiments that can be run, interrupted, resumed and compared.
 *
 * <p>An {@link io.escapement.experiment.Experiment} names its cells and how a trial of each is made; the
 * {@link io.escapement.experiment.Engine} runs what its {@link io.escapement.experiment.Ledger} does not hold, so many at once; the
 * experiment's report sets our figures beside the paper's. One file each in {@code study}; files and texts in {@code record}.
 *
 * <h2>Result, as JSON (schema 1)</h2>
 *
 * <pre>
 * {"schema":1,"experiment":ID,"version":V,"title","source","settings":{name:text},
 *  "seed":S,"trials":N,"quick":bool,"complete":bool,      complete: no trial failed or was stopped
 *  "command","program","machine","finished":TIME,"seconds":X,       seconds of all trials together
 *  "met":bool,                                            nothing that ours must reach was missed
 *  "comparisons":[{"what","ours":{"value","low","high"},"paper","required","met"}…],
 *  "figures":[FIGURE…],
 *  "cells":[{"labels":{name:text},"trials","successes","rate","low","high",
 *            "iterations","reached","gradients","escapes","loss","distance","seconds"}…],     medians of the trials
 *  "notes":[sentence…]}
 * </pre>
 *
 * A FIGURE has a {@code kind} and a {@code title}, and is drawn so:
 *
 * <pre>
 * bars     x, y: {"title","unit","scale":linear|log}; groups: names along x; series: [{"name","paper":bool,
 *          "values":[{"value","low","high"}, one for each group]}]
 * curves   x, y as above; series: [{"name","x":[…],"y":[…]}]
 * heatmap  columnTitle, columns, rowTitle, rows: names; valueTitle; values[row][column]
 * path     axes: three names; series: [{"name","points":[[x,y,z]…]}]
 * scatter  x, y as above; series: [{"name","x":[…],"y":[…]}], points; lines: [{"name","paper":bool,"intercept",
 *          "slope":{"value","low","high"}}], straight ones to be drawn across
 * table    columns: names; rows of texts and numbers
 * </pre>
 *
 * Low and high are ends of Wilson's 95 % interval. Fields that are not known are absent, and null within arrays.
 *
 * <p>Decisions:
 *
 * <ul>
 *   <li>A trial is named by experiment, version, settings, cell and seed, not by how many were asked for: 100 trials after
 *       50 do 50 more, and {@code --quick} shares its trials with the whole.
 *   <li>All cells of a seed come before the next seed, so what there is after an interrupt covers every cell.
 *   <li>Expense is counted at the operator ({@link io.escapement.experiment.Work}), not in iterations: an iteration of exact
 *       descent is 1.5 gradients, and what a mechanism computes between two descents would be free otherwise.
 *   <li>A trial that was stopped or that failed is in no table: it is done again with the next command.
 * </ul>
 */
package io.escapement.experiment;

import { number } from '../draw/format.js';
import { costToTarget, hittingCurve, instanceOf, LEAST_RUNS, performanceProfile, usualTarget } from './hits.js';

/** The two charts of shares, from a comparison: what steps-panel.js draws, or why there is nothing to draw. */

/** Costs are counted in oracle calls where all runs count them, else in iterations. */
export function costAxis(runs) {
  return runs.length > 0 && runs.every(r => r.model.columns.names.includes('gradientEvaluations')) ? 'oracle' : 'iteration';
}

const COST_NAMES = { oracle: 'oracle calls (gradient evaluations)', iteration: 'iterations' };

/** @param shaping from the name of a problem to the names of the settings that shape its instances */
export function shareCharts(comparison, shaping) {
  const runs = comparison.shown;
  if (runs.length === 0) return null;
  const groups = comparison.grouped ? comparison.groups : [{ key: 'all runs', runs, look: { hue: 'hue-1', dash: [], shape: 'circle' } }];
  const enough = groups.filter(g => g.runs.length >= LEAST_RUNS);
  const target = comparison.view.target ?? usualTarget(runs.map(r => r.model));
  const align = costAxis(runs);
  const costs = new Map(runs.map(r => [r, costToTarget(r.model, target, align)]));
  const left = groups.length - enough.length;
  const few = left > 0 ? `; ${left} of fewer than ${LEAST_RUNS} runs left out` : '';
  return {
    target,
    hitting: hitting(enough, costs, target, align, few),
    profile: profile(enough, costs, align, few, comparison, shaping),
  };
}

function hitting(groups, costs, target, align, few) {
  const curves = groups.map(g => ({ name: g.key, look: g.look, steps: hittingCurve(g.runs.map(r => costs.get(r))) }));
  const xs = curves.flatMap(c => c.steps.map(([x]) => x));
  const low = Math.max(1, Math.min(...xs));
  const high = Math.max(low * 10, ...groups.flatMap(g => g.runs.map(r => endOf(r.model, align))));
  return {
    id: 'hitting',
    title: 'Target hit',
    symbol: `${target.figure} ≤ ${number(target.value)}`,
    xName: COST_NAMES[align],
    note: curves.length > 0 ? `share of runs by ${COST_NAMES[align]}${few}` : '',
    nothing: curves.length > 0 ? null : `needs a group of at least ${LEAST_RUNS} runs`,
    help:
      'What share of the runs of a group has reached the target by then, in a trial of an escape as well. Runs that have not, ended or not, count in the whole; ' +
      'when a run hit is known to the bucket its figures are stored in.',
    curves,
    from: low,
    to: high,
    log: true,
  };
}

function endOf(model, align) {
  const end = align === 'oracle' ? model.columns.series('gradientEvaluations').last.at(-1) : model.status.iteration;
  return Number.isFinite(end) ? end : 1;
}

function profile(groups, costs, align, few, comparison, shaping) {
  const by = comparison.view.group;
  const entries = groups.flatMap(g =>
    g.runs.map(r => ({
      group: g.key,
      instance: instanceOf(r.model.header, shaping(r.model.header.problem), by),
      cost: costs.get(r),
    })),
  );
  const found = performanceProfile(entries);
  const curves = groups.map(g => ({ name: g.key, look: g.look, steps: found.curves.get(g.key) ?? [] }));
  const high = Math.max(2, ...curves.flatMap(c => c.steps.map(([tau]) => tau)));
  const notes = [`${found.instances} ${found.instances === 1 ? 'instance' : 'instances'}`];
  if (found.unsolved > 0) notes.push(`${found.unsolved} solved by none`);
  if (found.partial > 0) notes.push(`${found.partial} not run by all`);
  return {
    id: 'profile',
    title: 'Performance profile',
    symbol: 'ρ(τ)',
    xName: 'tau',
    note: groups.length > 1 ? notes.join(', ') + few : '',
    nothing:
      groups.length < 2
        ? `needs two groups of at least ${LEAST_RUNS} runs`
        : found.instances === 0
          ? 'the groups have no solved instance in common: same problem, seed and settings of the instance'
          : null,
    help:
      `Dolan and Moré (2002): the share of the instances on which a group's cost to reach the target, in ${COST_NAMES[align]}, is at most ` +
      'τ times the least of all groups. At τ = 1: how often it was the best; to the right: how often it got there at all.',
    curves: groups.length < 2 || found.instances === 0 ? [] : curves,
    from: 1,
    to: high * 1.05,
    log: true,
  };
}

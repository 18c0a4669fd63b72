import { PANELS } from '../panels/panel-specs.js';

/** The four charts of a comparison: those of the run page, with one series each, or the two eigenvalues that every judgement gives. */

const EIGENVALUES = ['lambdaMin', 'hessianLambdaMin'];

export const SPECS = ['objective', 'gradient', 'distance', 'curvature'].map(id => {
  const { title, symbol, series, scale, help, missing, points } = PANELS.find(p => p.id === id);
  return { id, title, symbol, series, scale, help, missing, points: points?.filter(p => EIGENVALUES.includes(p.name)) };
});

export function specOf(id) {
  return SPECS.find(s => s.id === id);
}

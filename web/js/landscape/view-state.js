/** What a landscape shows, as the query of its address. Pure. */

export const SPEEDS = [1, 2, 4, 8, 16, 32, 64];
const MODES = ['2d', '3d'];

export const DEFAULTS = {
  basis: 'auto',
  version: null,
  window: null,
  mode: '2d',
  at: null,
  trials: false,
  with: [],
  speed: 4,
};

/** @param query URLSearchParams; what makes no sense is left out */
export function stateFromQuery(query) {
  const state = { ...DEFAULTS };
  if (query.get('basis')) state.basis = query.get('basis');
  state.version = whole(query.get('version'));
  const window = (query.get('window') ?? '').split(',').map(Number);
  // A window is one of a certain plane, so without the plane's version it says nothing.
  if (window.length === 4 && window.every(Number.isFinite) && window[0] < window[1] && window[2] < window[3]) {
    if (state.version !== null) state.window = window;
  }
  if (MODES.includes(query.get('mode'))) state.mode = query.get('mode');
  state.at = whole(query.get('at'));
  state.trials = query.get('trials') === '1';
  state.with = (query.get('with') ?? '').split(',').filter(Boolean);
  if (SPEEDS.includes(Number(query.get('speed')))) state.speed = Number(query.get('speed'));
  return state;
}

/** Only what differs from the defaults; `kept` are parameters of others, such as embed. */
export function queryOf(state, kept = []) {
  const query = new URLSearchParams(kept);
  if (state.basis !== DEFAULTS.basis) query.set('basis', state.basis);
  if (state.version !== null) query.set('version', String(state.version));
  if (state.window) query.set('window', state.window.map(v => String(Number(v.toPrecision(8)))).join(','));
  if (state.mode !== DEFAULTS.mode) query.set('mode', state.mode);
  if (state.at !== null) query.set('at', String(state.at));
  if (state.trials) query.set('trials', '1');
  if (state.with.length > 0) query.set('with', state.with.join(','));
  if (state.speed !== DEFAULTS.speed) query.set('speed', String(state.speed));
  return query;
}

function whole(text) {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

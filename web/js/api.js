import { askAccess } from './access.js';

/**
 * Calls to the server's HTTP interface. A refusal becomes an ApiError that carries the fields it names; where the server does
 * not know the viewer any more, the sign-in page follows.
 */

export class ApiError extends Error {
  constructor(problem, status) {
    super(problem.detail || problem.title || `the server answered ${status}`);
    this.status = status;
    this.fields = problem.errors ?? [];
  }
}

async function call(path, init) {
  let response;
  try {
    response = await fetch(`/api/v1${path}`, init);
  } catch (error) {
    if (init?.signal?.aborted) throw error;
    throw new ApiError({ detail: 'The server cannot be reached.' }, 0);
  }
  const body = await response.json().catch(() => ({}));
  if (response.status === 401) askAccess();
  if (!response.ok) throw new ApiError(body, response.status);
  return body;
}

function post(path, body) {
  return call(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

export const api = {
  problems: () => call('/problems'),
  problem: name => call(`/problems/${encodeURIComponent(name)}`),
  overview: () => call('/overview'),
  health: () => call('/health'),
  deleteRun: id => call(`/runs/${encodeURIComponent(id)}`, { method: 'DELETE' }),
  testWebhooks: () => post('/alerts/webhooks/test', {}),
  newestRuns: limit => call(`/runs?limit=${limit}`),
  /**
   * @param params of the list: text, URLSearchParams or an object
   * @param signal by which the caller gives up; optional
   */
  runs: (params, signal) => call(`/runs?${new URLSearchParams(params)}`, { signal }),
  episodes: query => call(`/episodes?${new URLSearchParams(query)}`),
  /** @param names wanted; all where it is absent */
  series: (id, { names, from, to, points }) => {
    const query = new URLSearchParams({ from, to, points });
    if (names) query.set('names', names.join(','));
    return call(`/runs/${encodeURIComponent(id)}/series?${query}`);
  },
  replaced: id => call(`/runs/${encodeURIComponent(id)}/replaced`),
  run: id => call(`/runs/${encodeURIComponent(id)}`),
  label: (id, labels) =>
    call(`/runs/${encodeURIComponent(id)}`, {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(labels),
    }),
  start: (problem, options) => post('/runs', { problem, options }),
  experiments: () => call('/experiments'),
  experiment: id => call(`/experiments/${encodeURIComponent(id)}`),
  trials: (id, cell, cursor) =>
    call(`/experiments/${encodeURIComponent(id)}/trials?${new URLSearchParams(cursor ? { cell, cursor } : { cell })}`),
  startExperiment: (id, options) => post(`/experiments/${encodeURIComponent(id)}`, options),
  commandExperiment: (id, command) => post(`/experiments/${encodeURIComponent(id)}/commands`, { command }),
  alerts: () => call('/alerts?limit=20'),
  silence: what => post('/alerts/silences', what),
  liftSilence: id => call(`/alerts/silences/${encodeURIComponent(id)}`, { method: 'DELETE' }),
  command: (id, command) => post(`/runs/${encodeURIComponent(id)}/commands`, { command }),
};

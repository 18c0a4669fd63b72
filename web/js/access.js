/** What the viewer may do here, as the server says. Whoever must show a token and has not is sent to the sign-in page. */

/** Without an answer nothing is forbidden: the server decides anyway. */
let current = { tokens: false, may: ['read', 'ingest', 'control'], signedIn: false };

/** @returns what a button that changes something says to those who may not press it, or null to those who may */
export function readOnly() {
  return current.may?.includes('control')
    ? null
    : 'Your token lets you look and not change anything; one with the role control would.';
}

/** @returns {{tokens: boolean, role?: string, name?: string, may?: string[], signedIn: boolean}} */
export function viewer() {
  return current;
}

export function signInPath({ pathname, search, hash } = location) {
  return `/sign-in?${new URLSearchParams({ to: pathname + search + hash })}`;
}

/** Asks the server who this is; `accesschange` on the window follows. */
export async function askAccess() {
  let answer;
  try {
    const response = await fetch('/api/v1/session');
    if (!response.ok) return;
    answer = await response.json();
  } catch {
    return; // not reached: what was known stays
  }
  if (answer.tokens && !answer.role) location.replace(signInPath());
  current = answer;
  dispatchEvent(new Event('accesschange'));
}

export async function signOut() {
  await fetch('/api/v1/session', { method: 'DELETE' }).catch(() => {});
  location.replace(signInPath());
}

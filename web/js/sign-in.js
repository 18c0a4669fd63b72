/** The sign-in page: exchanges a token for a session, and goes on to where one wanted to be. Needs nothing of the other pages. */

/** @returns the path to go to after signing in: one of this site, whatever the address asks for */
export function destination(search, origin) {
  const to = new URLSearchParams(search).get('to') ?? '/';
  try {
    const url = new URL(to, origin);
    return url.origin === origin ? url.pathname + url.search + url.hash : '/';
  } catch {
    return '/';
  }
}

/** @returns why it was refused, or an empty text */
export async function signIn(token, ask = fetch) {
  try {
    const response = await ask('/api/v1/session', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    if (response.ok) return '';
    const problem = await response.json().catch(() => ({}));
    return problem.detail ?? `The server answered ${response.status}.`;
  } catch {
    return 'The server cannot be reached.';
  }
}

function start() {
  try {
    const theme = localStorage.getItem('escapement.theme');
    if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;
  } catch {
    // storage refused by the browser: the system's theme it is
  }
  const form = document.querySelector('form');
  const said = document.querySelector('#said');
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const button = form.querySelector('button');
    button.disabled = true;
    said.textContent = await signIn(form.token.value.trim());
    button.disabled = false;
    if (said.textContent === '') location.replace(destination(location.search, location.origin));
    else form.token.select();
  });
}

if (globalThis.document) start();

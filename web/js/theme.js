import { forgetColours } from './draw/colours.js';

/** Light or dark: the system's choice until the viewer makes one. */

const KEY = 'escapement.theme';
const system = matchMedia('(prefers-color-scheme: dark)');

export function themeName() {
  return document.documentElement.dataset.theme ?? (system.matches ? 'dark' : 'light');
}

function stored() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage refused by the browser: the choice lasts as long as the page
  }
}

function changed() {
  forgetColours();
  dispatchEvent(new Event('themechange'));
}

export function toggleTheme() {
  const next = themeName() === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset.theme = next;
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // see stored()
  }
  changed();
}

export function startTheme() {
  const choice = stored();
  if (choice === 'dark' || choice === 'light') document.documentElement.dataset.theme = choice;
  system.addEventListener('change', changed);
}

export function reducedMotion() {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

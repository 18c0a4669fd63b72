/** Formulas that the server tells in one line of text: "M_ij", "{±1}^100". */

const RAISED = /([_^])(\([^)]*\)|[\p{L}\p{N}]+)/u;

/** [{text, place}] the pieces in order; place is 'sub', 'sup' or null. Brackets around what is raised or lowered go. */
export function formulaParts(text) {
  const parts = [];
  let rest = text;
  for (let found = RAISED.exec(rest); found; found = RAISED.exec(rest)) {
    if (found.index > 0) parts.push({ text: rest.slice(0, found.index), place: null });
    const [all, sign, what] = found;
    parts.push({ text: what.replace(/^\(|\)$/g, ''), place: sign === '_' ? 'sub' : 'sup' });
    rest = rest.slice(found.index + all.length);
  }
  if (rest) parts.push({ text: rest, place: null });
  return parts;
}

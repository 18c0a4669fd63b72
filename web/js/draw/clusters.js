/**
 * Marks that would lie on each other, as one with a count: of each shape those within `least` px of the first. What lies at one
 * place in different shapes is stacked.
 *
 * @param marks [{px, shape, …}] with ascending px
 * @returns [{...the first mark, count, stack}], stack from 1
 */
export function clustered(marks, least) {
  const open = new Map();
  const clusters = [];
  for (const mark of marks) {
    const key = `${mark.shape} ${mark.tone ?? ''}`;
    const known = open.get(key);
    if (known && mark.px - known.px < least) {
      known.count++;
      known.last = mark;
      continue;
    }
    const cluster = { ...mark, count: 1, last: mark, stack: 1 };
    open.set(key, cluster);
    clusters.push(cluster);
  }
  clusters.forEach((cluster, i) => {
    const taken = new Set();
    for (let k = i - 1; k >= 0 && k > i - 8; k--) {
      if (cluster.px - clusters[k].px < least) taken.add(clusters[k].stack);
    }
    while (taken.has(cluster.stack)) cluster.stack++;
  });
  return clusters;
}

/** Places, thinned so that no two are nearer than `least` px. @param px ascending */
export function thinned(px, least) {
  const kept = [];
  for (const at of px) if (kept.length === 0 || at - kept.at(-1) >= least) kept.push(at);
  return kept;
}

/** What a chart of a comparison shows, as rows: one a bucket and run, or a bucket and group, within the range. */

export function sceneCsv(scene, align) {
  const { spec, bucket } = scene;
  const [from, to] = scene.x.range;
  const rows = [];
  if (scene.spreads.length > 0) {
    rows.push(['group', align, 'n', 'lower quartile', 'median', 'upper quartile', 'bucket width']);
    for (const { group, spread } of scene.spreads) {
      for (let i = 0; i < spread.n; i++) {
        rows.push([group.key, spread.x[i], spread.count[i], spread.low[i], spread.median[i], spread.high[i], bucket]);
      }
    }
  } else if (scene.points.length > 0) {
    rows.push(['run', 'name', 'figure', align, 'value']);
    for (const p of scene.points) for (const q of p.at) rows.push([q.run.id, q.run.name, p.name, q.x, q.value]);
  } else {
    rows.push(['run', 'name', align, `${spec.series} min`, `${spec.series} max`, `${spec.series} last`, 'not finite', 'bucket width']);
    for (const { run, curve } of scene.curves) {
      for (let i = 0; i < curve.n; i++) {
        if (curve.x[i] < from || curve.x[i] > to) continue;
        const known = v => (Number.isFinite(v) ? v : '');
        rows.push([run.id, run.name, curve.x[i], known(curve.low[i]), known(curve.high[i]), curve.last[i], curve.bad[i], bucket]);
      }
    }
  }
  return csv(rows);
}

/** Cells with a comma, a quote or a line break are quoted, as RFC 4180 has it. */
export function csv(rows) {
  const cell = v => {
    const text = v === null || v === undefined ? '' : String(v);
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `${rows.map(row => row.map(cell).join(',')).join('\n')}\n`;
}

/** What a landscape shows as tables. Pure. */

/** The paths, a row for each point. */
export function pathCsv(picture) {
  const lines = ['run,iteration,segment,trial,alpha,beta,off_plane,loss,loss_on_plane'];
  for (const path of picture.paths) {
    for (let i = 0; i < path.length; i++) {
      const cells = [path.run, path.iteration[i], path.segment[i], path.trial[i], path.alpha[i], path.beta[i]];
      lines.push([...cells, path.off[i], path.loss[i], path.planeLoss[i]].join(','));
    }
  }
  return `${lines.join('\n')}\n`;
}

/** The grid, a row for each point. */
export function gridCsv({ size, values, window: [a0, a1, b0, b1] }) {
  const lines = ['alpha,beta,loss'];
  for (let j = 0; j < size; j++) {
    for (let i = 0; i < size; i++) {
      const alpha = a0 + ((a1 - a0) * i) / (size - 1);
      const beta = b0 + ((b1 - b0) * j) / (size - 1);
      lines.push([alpha, beta, values[j * size + i]].join(','));
    }
  }
  return `${lines.join('\n')}\n`;
}

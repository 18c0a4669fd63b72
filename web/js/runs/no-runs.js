import { html } from 'lit';

/** What the list says before there is any run: how to start one. */
export function noRuns() {
  const curl =
    `curl -X POST ${location.origin}/api/v1/runs -H 'Content-Type: application/json' ` +
    `-d '{"problem":"pmc","options":{"n":11}}'`;
  const python = `import escapement                      # curl -O ${location.origin}/escapement.py
run = escapement.watch(name="my fit", url="${location.origin}")
for k in range(1000): run.log(k, loss=1 / (k + 1))`;
  return html`<section class="panel empty">
    <h2>No run yet</h2>
    <p>Start one here, from a terminal, over HTTP, or from a loop of your own in Python:</p>
    <pre tabindex="0"><code>java -jar target/escapement.jar run pmc --n 11 --rho 0.01 --serve</code></pre>
    <pre tabindex="0"><code>${curl}</code></pre>
    <pre tabindex="0"><code>${python}</code></pre>
  </section>`;
}

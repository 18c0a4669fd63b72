import { moment } from '../alerts.js';
import { age, count, duration, rate } from '../draw/format.js';

/** What /api/v1/health says, as tables of a term, a value and, where something is wrong, a tone. No DOM. */

/** "3.2 MB", "1.5 GB": powers of 1000. */
export function bytes(size) {
  if (!Number.isFinite(size) || size < 0) return '–';
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let at = 0;
  let value = size;
  while (value >= 1000 && at < units.length - 1) {
    value /= 1000;
    at++;
  }
  return `${at === 0 ? value : Number(value.toPrecision(3))} ${units[at]}`;
}

/** "p50 12 ms, p95 31 ms, p99 48 ms of 1 234, over 5 minutes". */
export function percentiles({ count: n, p50, p95, p99, minutes }) {
  if (!n) return `nothing in the last ${minutes} minutes`;
  return `p50 ${duration(p50)}, p95 ${duration(p95)}, p99 ${duration(p99)} (${count(n)} in the last ${minutes} minutes)`;
}

const fact = (term, value, tone = null, help = '') => ({ term, value, tone, help });
const part = (some, most) => `${count(some)} of ${count(most)}`;

/** Sections of the page, each with its facts. */
export function sections(health, now = Date.now()) {
  const { events, stream, store, memory, meters, eventLoop, build, alerts } = health;
  const others = events.ofOtherPrograms;
  const rejected = Object.entries(others.rejected).sort(([a], [b]) => a.localeCompare(b));
  return [
    {
      id: 'events',
      title: 'Events in',
      facts: [
        fact('Events per second', rate(events.perSecond), null, 'of all runs of this process, over the last 5 s'),
        fact('Since the server began', count(events.total)),
        fact('Of other programs: accepted', count(others.accepted)),
        fact('Duplicates', count(others.duplicates), null, 'sent twice, counted once'),
        ...rejected.map(([why, lines]) => fact(`Rejected: ${why}`, count(lines), lines > 0 ? 'bad' : null)),
      ],
    },
    {
      id: 'latency',
      title: 'Producer to screen',
      facts: [
        fact(
          'Event to frame',
          percentiles(stream.lag),
          stream.lag.p99 > 1 ? 'judge' : null,
          'from the append of the event that waited longest to the moment its frame was written, of viewers that ask for 10 Hz or more',
        ),
        fact('Event loop late by', percentiles(eventLoop), eventLoop.p99 > 0.25 ? 'judge' : null, 'a timer of 50 ms'),
        fact('Frames in the making', count(stream.framesInMaking)),
        fact(
          'Viewers',
          part(stream.clients, stream.mostClients),
          stream.clients >= stream.mostClients ? 'bad' : null,
        ),
        fact('Deltas sent', count(stream.deltas)),
        fact('Snapshots', `${count(stream.snapshots)} first, ${count(stream.resnapshots)} again`),
        fact('Replays after a break', count(stream.resumed), null, 'viewers that went on from where they were'),
        fact('Iterations conflated', count(stream.conflated), null, 'that viewers got as part of a bucket; each can be asked for'),
        fact('Ticks left out for slow viewers', count(stream.ticksLeftOut)),
        fact(
          'Closed because silent',
          count(stream.closedUnresponsive) +
            (stream.lastClosedUnresponsive ? `, last ${age(stream.lastClosedUnresponsive, now)}` : ''),
        ),
      ],
    },
    {
      id: 'store',
      title: 'Store',
      facts: storeFacts(store, now),
    },
    {
      id: 'process',
      title: 'Process',
      facts: [
        fact('Heap', memory.heapMax > 0 ? `${bytes(memory.heapUsed)} of ${bytes(memory.heapMax)}` : bytes(memory.heapUsed)),
        ...memory.collectors.map(c =>
          fact(`Collections: ${c.name}`, `${count(c.collections)}, ${duration(c.seconds)} in all`),
        ),
        fact('Threads', count(memory.threads)),
        fact('Version', build.version),
        fact('Java', build.java),
        fact('System', `${build.system}, ${count(build.processors)} processors`),
        fact('Process', String(build.pid)),
        fact('Started', `${moment(build.started, new Date(now))} (${age(build.started, now)})`),
      ],
    },
    {
      id: 'meters',
      title: 'Metrics',
      facts: [
        fact('Last scrape', meters.lastScrape ? age(meters.lastScrape, now) : 'nobody has asked for /metrics yet'),
        fact('Series in it', count(meters.series)),
        fact(
          'Runs with gauges of their own',
          part(meters.meteredRuns, meters.mostMeteredRuns),
          meters.meteredRuns >= meters.mostMeteredRuns && meters.mostMeteredRuns > 0 ? 'judge' : null,
        ),
        fact('Runs refused them', count(meters.refusedRuns), meters.refusedRuns > 0 ? 'judge' : null),
      ],
    },
    {
      id: 'rules',
      title: 'Alert rules',
      facts: alerts.on
        ? [
            ...alerts.rules.map(r =>
              fact(
                r.rule,
                `${r.firing > 0 ? `${count(r.firing)} firing` : 'nothing fires'}; ${r.forSeconds > 0 ? `after ${duration(r.forSeconds)}` : 'at once'}, ${r.severity}`,
                r.firing > 0 ? 'bad' : null,
              ),
            ),
            fact('Last asked', alerts.lastAsked ? age(alerts.lastAsked, now) : 'not yet'),
          ]
        : [fact('Alerts', 'switched off (--no-alerts)')],
    },
  ];
}

function storeFacts(store, now) {
  const { more } = store;
  if (!more) return [fact('State', store.sentence)];
  return [
    fact('State', store.state, store.state === 'failing' ? 'bad' : 'good'),
    fact('Place', store.place),
    fact('Size', `${bytes(store.bytes)} of at most ${bytes(more.maxBytes)}`, store.bytes > more.maxBytes ? 'judge' : null),
    fact('Runs', count(store.runs)),
    fact('Kept for', `${duration(more.maxAgeSeconds)} after the end`),
    fact('Oldest run', more.oldestRun ? `${moment(more.oldestRun, new Date(now))} (${age(more.oldestRun, now)})` : 'none'),
    fact('Last write', more.lastWrite ? age(more.lastWrite, now) : 'none yet'),
    fact(
      'Last error',
      more.lastError ? `${age(more.lastErrorAt, now)}: ${more.lastError}` : 'none',
      more.lastError ? (store.state === 'failing' ? 'bad' : 'judge') : null,
    ),
    fact('Runs being written', part(more.runsWaiting, more.mostWaiting)),
    fact('Events not written yet', count(more.eventsWaiting)),
  ];
}

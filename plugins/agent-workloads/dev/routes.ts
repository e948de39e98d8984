import type { IncomingMessage, ServerResponse } from 'node:http';
import type {
  RunDetail,
  RunListItem,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { EVIDENCE, REPORT } from '../src/__testUtils__/evidence';
import { PAGES, sha256 } from '../src/__testUtils__/pages';
import { aGate, aRun, aRunDetail } from '../src/__testUtils__/runs';
import { pagePicture } from './png';
import { changes } from './changes';
import {
  approve,
  FOR_TWO,
  leaveTime,
  openedAgain,
  stop,
  withDoings,
} from './doings';
import { bodyOf, json, notFound, userOf } from './http';
import { schedules } from './schedules';

const DAY = 86_400_000;

/** Enough that no list of fifty reaches the reports behind them. */
const IN_VAIN = 60;

const runs: RunListItem[] = [
  aRun({ name: 'pricing-week-47', phase: 'AwaitingApproval' }),
  aRun({
    name: 'onboarding-tours',
    phase: 'AwaitingApproval',
    requestedBy: 'alice',
    objective: 'How do others show a newcomer around in the first minutes?',
    entityRef: undefined,
  }),
  aRun({
    name: FOR_TWO,
    phase: 'AwaitingApproval',
    objective: 'Which promises of others may we quote?',
    entityRef: undefined,
  }),
  aRun({
    name: 'feature-matrix',
    phase: 'Running',
    objective: 'Which features stand on whose pricing page?',
  }),
  aRun({ name: 'brand-claims', phase: 'Pending', requestedBy: 'alice' }),
  aRun({ name: 'pricing-week-46', phase: 'Completed' }),
  aRun({
    name: 'pricing-week-45',
    phase: 'Completed',
    createdAt: new Date(Date.now() - 8 * DAY).toISOString(),
    finishedAt: new Date(Date.now() - 8 * DAY + 260_000).toISOString(),
    startedAt: new Date(Date.now() - 8 * DAY).toISOString(),
  }),
  aRun({
    name: 'intranet-scan',
    phase: 'PolicyDenied',
    hosts: ['intranet.example'],
  }),
  aRun({ name: 'support-pages', phase: 'Failed' }),
  aRun({ name: 'changelog-watch', phase: 'TimedOut' }),
  aRun({ name: 'half-seen', phase: 'Denied' }),
  aRun({ name: 'typo-run', phase: 'Cancelled' }),
  ...Array.from({ length: IN_VAIN }, (_, index) =>
    aRun({
      name: `nightly-${index + 1}`,
      phase: 'Failed',
      entityRef: 'component:default/tidepool',
    }),
  ),
  aRun({
    name: 'tidepool-week-46',
    phase: 'Completed',
    entityRef: 'component:default/tidepool',
  }),
  ...Array.from({ length: 40 }, (_, index) =>
    aRun({
      name: `weekly-${String(40 - index).padStart(2, '0')}`,
      phase: 'Completed',
      createdAt: new Date(Date.now() - (index + 10) * 7 * DAY).toISOString(),
      startedAt: new Date(Date.now() - (index + 10) * 7 * DAY).toISOString(),
      finishedAt: new Date(
        Date.now() - (index + 10) * 7 * DAY + 190_000,
      ).toISOString(),
    }),
  ),
];

/** What reports said before the newest one: Brightloop's Team was cheaper. */
const EARLIER_REPORT = {
  ...REPORT,
  facts: REPORT.facts.map(fact =>
    fact.subject === 'Team' && fact.value === 49
      ? { ...fact, value: 45 }
      : fact,
  ),
};

const clusters = [{ name: 'local', synced: true }];

function mayDecide(run: RunListItem, user: string) {
  const name = user.split('/')[1];
  if (name === run.requestedBy) {
    return {
      allowed: false,
      reason: 'You asked for this run, and its gate wants four eyes.',
    };
  }
  return name === 'alice'
    ? { allowed: true }
    : { allowed: false, reason: 'Only the group approvers may decide gates.' };
}

function list(res: ServerResponse, query: URLSearchParams) {
  const words = query.get('search')?.toLowerCase() ?? '';
  const phases = query.getAll('phase');
  const found = runs.filter(
    run =>
      `${run.name} ${run.objective} ${run.hosts}`
        .toLowerCase()
        .includes(words) &&
      (!phases.length || phases.includes(run.phase)) &&
      (!query.has('hasReport') ||
        query.get('hasReport') === String(run.hasReport)) &&
      (query.get('outcome') !== 'completed' || run.phase === 'Completed') &&
      [null, run.requestedBy].includes(query.get('requestedBy')) &&
      [null, run.entityRef].includes(query.get('entityRef')) &&
      (!query.get('host') || run.hosts.includes(query.get('host')!)),
  );
  const offset = Number(query.get('offset') ?? 0);
  json(res, {
    items: found.slice(offset, offset + Number(query.get('limit') ?? 25)),
    total: found.length,
    facets: {
      requestedBy: ['alice', 'bob'],
      hosts: [...new Set(runs.flatMap(run => run.hosts))],
      entityRefs: ['component:default/pricing-page'],
    },
    clusters:
      query.get('search') === 'broken'
        ? [{ name: 'local', synced: false, error: 'connection refused' }]
        : clusters,
  });
}

function object(res: ServerResponse, key: string) {
  const index = PAGES.findIndex(page => key.includes(sha256(page.url)));
  if (key.endsWith('.txt')) {
    res.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8' });
    res.end(PAGES[index].text);
    return;
  }
  const small = key.includes('thumbnail');
  const mobile = key.includes('mobile');
  const [width, height] = mobile ? [390, 844] : [1280, 1600];
  const scale = small ? 0.25 : 1;
  res.writeHead(200, { 'Content-Type': 'image/png' });
  res.end(pagePicture(Math.floor(width * scale), height * scale, index));
}

async function log(res: ServerResponse, follow: boolean) {
  res.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8' });
  const line = (level: string, msg: string, more = {}) =>
    `${JSON.stringify({
      time: new Date().toISOString(),
      level,
      name: 'scrape',
      ...more,
      msg,
    })}\n`;
  res.write(line('info', 'step started', { job: 'preview', startMs: 812 }));
  for (const page of PAGES) {
    const { host } = new URL(page.url);
    const urlSha256 = sha256(page.url).slice(0, 12);
    res.write(line('info', 'page observed', { urlSha256, host, ms: 1_200 }));
  }
  res.write(
    line('warn', 'page not observed', {
      host: 'd.example',
      reason: 'ROBOTS_DISALLOWED',
    }),
  );
  for (let tick = 0; follow && tick < 30; tick++) {
    await new Promise(resolve => setTimeout(resolve, 1_000));
    res.write(line('info', 'still at work', { tick }));
  }
  res.end(line('info', 'step done', { ms: 9_000 }));
}

function decide(run: RunListItem, decision: string, user: string) {
  run.phase = decision === 'approve' ? 'Completed' : 'Denied';
  run.hasReport = decision === 'approve';
  run.finishedAt = new Date().toISOString();
  run.gate = { ...run.gate, decidedBy: user };
}

const EVENTS = [
  ['Normal', 'WorkflowCreated', 'Workflow pricing-week-47 was created.'],
  ['Normal', 'GateOpened', 'The gate is open until its deadline.'],
  [
    'Warning',
    'ApproverIsRequester',
    'bob asked for the run and may not decide its gate.',
  ],
].map(([type, reason, message]) => ({
  type,
  reason,
  message,
  count: 1,
  firstSeen: new Date(Date.now() - 200_000).toISOString(),
  lastSeen: new Date(Date.now() - 100_000).toISOString(),
  regarding: 'AgentWorkload/pricing-week-47',
}));

/** The REST contract of the backend plugin, answered from memory. */
export async function agentWorkloads(
  req: IncomingMessage,
  res: ServerResponse,
  path: string,
  query: URLSearchParams,
): Promise<void> {
  const user = userOf(req);
  if (path === '/runs') {
    list(res, query);
    return;
  }
  if (path === '/gates') {
    const items = runs
      .filter(run => run.phase === 'AwaitingApproval')
      .map(run => aGate(run, mayDecide(run, user)))
      .sort(
        (a, b) => Number(b.mayDecide.allowed) - Number(a.mayDecide.allowed),
      );
    json(res, { items, clusters });
    return;
  }
  if (path.startsWith('/changes')) {
    await changes(req, res, path, query, clusters);
    return;
  }
  if (path.startsWith('/schedules')) {
    await schedules(req, res, path, clusters);
    return;
  }
  const [, , , , name, ...rest] = path.split('/');
  const run = runs.find(one => one.name === name);
  if (!run) {
    notFound(res, `There is no run ${name}.`);
    return;
  }
  const detail: RunDetail = withDoings(aRunDetail(run, mayDecide(run, user)));
  const answers: Record<string, () => void | Promise<void>> = {
    evidence: () => json(res, run.phase === 'Pending' ? {} : EVIDENCE),
    events: () => json(res, { items: EVENTS }),
    artifacts: () =>
      json(res, run.name === 'pricing-week-46' ? REPORT : EARLIER_REPORT),
    objects: () => object(res, query.get('key') ?? ''),
    steps: () => log(res, query.get('follow') === 'true'),
    gate: async () => {
      if (rest[1] === 'extension') {
        leaveTime(run, user, await bodyOf(req));
        json(res, {});
        return;
      }
      const { decision } = JSON.parse(await bodyOf(req));
      if (run.phase !== 'AwaitingApproval') {
        const error = { name: 'ConflictError', message: 'It is decided.' };
        json(res, { error, response: { statusCode: 409 } }, 409);
        return;
      }
      if (decision !== 'approve' || approve(run, user.split('/')[1]))
        decide(run, decision, user);
      json(res, { approval: { name: 'a', uid: 'b' } });
    },
    cancel: async () => {
      stop(run, user, await bodyOf(req));
      json(res, {});
    },
    'open-again': () => {
      const made = openedAgain(run, user);
      runs.unshift(made);
      const { cluster, namespace, name: again } = made;
      json(res, { cluster, namespace, name: again });
    },
    rerun: () =>
      json(res, { cluster: 'local', namespace: run.namespace, name }),
  };
  await (answers[rest[0]] ?? (() => json(res, detail)))();
}

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startEgress, type TestEgress } from '@agentworkloads/egress/testing';
import type { StartReply } from '@agentworkloads/api';
import { workloadCreatePermission } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import {
  ALLOW,
  DENY,
  startPortal,
  type Portal,
} from './__testUtils__/startPortal';

const TOKEN = 'token-of-the-proxy';
const START = { objective: 'What do they charge?', targetUrls: [] as string[] };

type Answered = Extract<StartReply, { kind: 'answered' }>['decision'];

const decision = (more: Partial<Answered> = {}): StartReply => ({
  kind: 'answered',
  decision: {
    allow: true,
    reasons: [],
    wait: [],
    gate: { mode: 'human', fourEyes: true },
    egress: { deny: [] },
    ...more,
  },
});

async function listening(server: Server): Promise<number> {
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

describe('a check before a run', () => {
  let portal: Portal;
  let egress: TestEgress;
  let operator: Server;
  let site: Server;
  let reply: StartReply | 'broken';
  let questions: { namespace: string; spec: Record<string, unknown> }[];
  let page: string;

  beforeEach(async () => {
    reply = decision();
    questions = [];
    operator = createServer(async (request, response) => {
      let text = '';
      for await (const chunk of request) text += chunk;
      questions.push(JSON.parse(text));
      response.end(reply === 'broken' ? '<html>' : JSON.stringify(reply));
    });
    site = createServer((_request, response) =>
      response.end('User-agent: *\nDisallow: /private'),
    );
    const [asked, port] = await Promise.all([operator, site].map(listening));
    page = `http://shop.example:${port}/pricing`;
    START.targetUrls = [page];
    egress = await startEgress({
      token: TOKEN,
      resolve: [`shop.example:${port}=127.0.0.1:${port}`],
    });
    portal = await startPortal({
      config: {
        checks: {
          operators: [{ cluster: 'local', url: `http://127.0.0.1:${asked}` }],
          egressProxy: { url: egress.url, token: TOKEN },
        },
      },
    });
  });
  afterEach(async () => {
    await portal.stop();
    await egress.close();
    for (const server of [operator, site]) {
      server.closeAllConnections();
      server.close();
    }
  });

  const start = (spec: object = START) =>
    portal.post('bob', '/checks/start', { spec });
  const pages = (targetUrls: string[]) =>
    portal.post('bob', '/checks/pages', { targetUrls });

  it('says that it may start, and makes nothing', async () => {
    const { status, body } = await start();
    expect(status).toBe(200);
    expect(body).toEqual({
      cluster: { answer: 'accepted' },
      policy: {
        answer: 'starts',
        reasons: [],
        gate: { mode: 'human', fourEyes: true },
      },
    });
    expect(portal.api.list('agentworkloads')).toEqual([]);
    expect(questions).toMatchObject([
      {
        namespace: 'agentworkloads',
        spec: { targetUrls: [page], requestedBy: { username: 'bob' } },
      },
    ]);
  });

  it.each<[string, StartReply | 'broken', object]>([
    [
      'denies it',
      decision({
        allow: false,
        reasons: ['host x is denied'],
        said: [{ code: 'hostDenied', values: { host: 'x' } }],
      }),
      {
        answer: 'denied',
        reasons: ['host x is denied'],
        said: [{ code: 'hostDenied', values: { host: 'x' } }],
      },
    ],
    [
      'lets it wait',
      decision({
        wait: ['5 runs go on'],
        waitSaid: [{ code: 'runs', values: { many: '5' } }],
      }),
      {
        answer: 'waits',
        reasons: ['5 runs go on'],
        said: [{ code: 'runs', values: { many: '5' } }],
      },
    ],
    [
      'is not to be had',
      { kind: 'unavailable', cause: 'late' },
      { answer: 'unknown', why: 'unavailable' },
    ],
    ['answers nonsense', 'broken', { answer: 'unknown', why: 'away' }],
  ])('says where the policy %s', async (_what, said, expected) => {
    reply = said;
    const { body } = await start();
    expect(body.policy).toMatchObject(expected);
  });

  it('says where the cluster refuses, in its words', async () => {
    portal.api.fault = ({ method }) =>
      method === 'POST'
        ? { answer: 403, message: 'exceeded quota' }
        : undefined;
    const { status, body } = await start();
    expect(status).toBe(200);
    expect(body.cluster).toMatchObject({
      answer: 'refused',
      error: { said: { code: 'clusterRefused' } },
    });
  });

  it('says what is wrong with the spec as the launch would', async () => {
    const { status, body } = await start({ ...START, objective: '' });
    expect(status).toBe(400);
    expect(body.error.said.code).toBe('runRefused');
    expect(questions).toEqual([]);
  });

  it('says what a site says of each page', async () => {
    const inner = 'http://169.254.169.254/latest';
    const closed = page.replace('pricing', 'private/a');
    const { body } = await pages([page, inner, closed]);
    expect(body.items).toEqual([
      { url: page, outcome: 'allowed' },
      { url: inner, outcome: 'unreachable', reason: 'EGRESS_BLOCKED' },
      {
        url: closed,
        outcome: 'disallowed',
        rule: { line: 2, text: 'Disallow: /private' },
      },
    ]);
  });

  it('asks no site for whom the cluster lets start no run', async () => {
    portal.api.fault = ({ method }) =>
      method === 'POST' ? { answer: 403, message: 'not yours' } : undefined;
    const { status, body } = await pages([page]);
    expect(status).toBe(403);
    expect(body.error.said.code).toBe('clusterRefused');
    expect([questions, egress.records]).toEqual([[], []]);
  });

  it('asks no site where the policy is not known', async () => {
    reply = { kind: 'unavailable', cause: 'late' };
    const { body } = await pages([page]);
    expect(body.items).toEqual([
      { url: page, outcome: 'notChecked', why: 'policyUnknown' },
    ]);
    expect(egress.records).toEqual([]);
  });

  it.each(['/checks/start', '/checks/pages'])(
    'of %s is for who may start runs',
    async path => {
      portal.setPolicy(({ name }) =>
        name === workloadCreatePermission.name ? DENY : ALLOW,
      );
      const { status } = await portal.post('bob', path, {
        spec: START,
        targetUrls: [page],
      });
      expect(status).toBe(403);
      expect([questions, egress.records]).toEqual([[], []]);
    },
  );

  it.each([
    ['none', []],
    [
      'too many',
      Array.from({ length: 21 }, (_, at) => `https://a.example/${at}`),
    ],
    ['no address', ['pricing']],
    ['another scheme', ['file:///etc/passwd']],
    ['a password', ['https://me:secret@a.example/']],
  ])('takes no list of pages with %s', async (_what, urls) => {
    const { status } = await pages(urls);
    expect(status).toBe(400);
    expect([questions, egress.records]).toEqual([[], []]);
  });
});

describe('a check before a run, where nobody said whom to ask', () => {
  it('says that nothing was checked', async () => {
    const portal = await startPortal();
    const urls = ['https://acme.example/pricing'];
    const [pages, start] = [
      await portal.post('bob', '/checks/pages', { targetUrls: urls }),
      await portal.post('bob', '/checks/start', {
        spec: { ...START, targetUrls: urls },
      }),
    ];
    expect(pages.body.items).toEqual([
      { url: urls[0], outcome: 'notChecked', why: 'policyUnknown' },
    ]);
    expect(start.body.policy).toEqual({
      answer: 'unknown',
      reasons: [],
      why: 'notConfigured',
    });
    await portal.stop();
  });

  it('says that somebody named another cluster than there is', async () => {
    const operators = [{ cluster: 'loacl', url: 'http://127.0.0.1:9' }];
    const portal = await startPortal({ config: { checks: { operators } } });
    const { body } = await portal.post('bob', '/checks/start', {
      spec: { ...START, targetUrls: ['https://acme.example/pricing'] },
    });
    expect(body.policy).toMatchObject({ answer: 'unknown', why: 'misnamed' });
    await portal.stop();
  });
});

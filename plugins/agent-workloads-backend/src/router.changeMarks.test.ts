import { mockCredentials } from '@backstage/backend-test-utils';
import type { ArtifactRef } from '@agentworkloads/api';
import {
  artifactReadPermission,
  changeMarkPermission,
  workloadReadPermission,
  type ChangeItem,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { eventually } from './__testUtils__/eventually';
import type { FakeS3 } from './__testUtils__/FakeS3';
import { planChange, priceChange } from './__testUtils__/reports';
import { aRunWithReport } from './__testUtils__/runsWithReports';
import { savePage, type SavedPage } from './__testUtils__/savedPages';
import {
  ALLOW,
  DENY,
  startPortal,
  type Portal,
} from './__testUtils__/startPortal';
import { unzipped } from './__testUtils__/unzipped';
import {
  agentWorkloadsConditions,
  createAgentWorkloadsConditionalDecision,
} from './permissions';

const { url } = priceChange();
const WEEK = ['workflow-of-week-1', 'workflow-of-week-2'] as const;

/** Week 2 is dearer than week 1, in what both saved, too. */
function changeBetween(before: SavedPage, after: SavedPage) {
  const change = priceChange();
  const side = (
    was: boolean,
    { text, textSha256 }: SavedPage,
    quote: string,
  ) => ({
    ...(was ? change.was! : change.is!),
    quote,
    start: text.indexOf(quote),
    end: text.indexOf(quote) + quote.length,
    sourceSha256: textSha256,
    workflowUid: WEEK[was ? 0 : 1],
  });
  return {
    ...change,
    was: side(true, before, '€29 a month'),
    is: side(false, after, '€99 a month'),
    since: {
      was: {
        ...change.was!,
        value: 20,
        workflowUid: 'workflow-of-long-before',
      },
      percent: 395,
    },
  };
}

interface Saved {
  before: SavedPage;
  after: SavedPage;
}

function prepare(s3: FakeS3, put: (run: object) => void): Saved {
  const before = savePage(s3, WEEK[0], url, 'Team costs €29 a month');
  const after = savePage(s3, WEEK[1], url, 'Team costs €99 a month');
  const artifacts = (saved: SavedPage): Record<string, ArtifactRef> => ({
    manifest: saved.manifest,
  });
  put(
    aRunWithReport(s3, 'week-1', [], {
      hour: 1,
      requestedBy: 'alice',
      artifacts: artifacts(before),
    }),
  );
  put(
    aRunWithReport(
      s3,
      'week-2',
      [changeBetween(before, after), planChange('Scale')],
      {
        hour: 2,
        artifacts: artifacts(after),
        spec: { entityRef: 'component:default/rivals' },
        status: {
          baseline: {
            name: 'week-1',
            workflowUid: WEEK[0],
            completedAt: '2026-01-01T01:00:00Z',
            artifacts: { ...artifacts(before), facts: before.manifest },
          },
        },
      },
    ),
  );
  return { before, after };
}

const PATH = '/changes/local/uid-of-week-2';

describe('what people say of a change', () => {
  let portal: Portal;
  let saved: Saved;

  beforeAll(async () => {
    portal = await startPortal({
      prepare(api, s3) {
        saved = prepare(s3, run => api.put('agentworkloads', run as never));
      },
    });
    await eventually(async () => {
      const { body } = await portal.get('bob', '/changes');
      if (body.items.length !== 2 || body.waiting) throw new Error('not yet');
    }, 20_000);
  }, 60_000);

  afterAll(() => portal.stop());

  afterEach(() => portal.setPolicy(() => ALLOW));

  const first = async (user: string, query = ''): Promise<ChangeItem> => {
    const { body } = await portal.get(user, `/changes?run=week-2${query}`);
    return body.items[0];
  };

  it('is put aside by one, and stays unread for others', async () => {
    const { status, body } = await portal.post('bob', `${PATH}/0/seen`, {
      seen: true,
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ position: 0, seenAt: expect.any(String) });
    expect((await first('bob')).seenAt).toBe(body.seenAt);
    expect((await first('alice')).seenAt).toBeUndefined();
    expect((await first('bob', '&show=unread')).position).toBe(1);
    expect((await first('alice', '&show=unread')).position).toBe(0);
    await portal.post('bob', `${PATH}/0/seen`, { seen: false });
    expect((await first('bob')).seenAt).toBeUndefined();
    const bad = await portal.post('bob', `${PATH}/0/seen`, { seen: 'yes' });
    expect(bad.status).toBe(400);
  });

  it('is called wrong with a reason, which all who may read the change are shown', async () => {
    const empty = await portal.post('bob', `${PATH}/0/wrong`, { reason: ' ' });
    expect(empty.status).toBe(400);
    expect(empty.body.error.message).toContain('write why');
    const long = { reason: 'x'.repeat(2_001) };
    expect((await portal.post('bob', `${PATH}/0/wrong`, long)).status).toBe(
      400,
    );
    portal.audits.length = 0;
    portal.signals.length = 0;
    const said = { reason: 'A banner \0, no price' };
    const { status, body } = await portal.post('bob', `${PATH}/0/wrong`, said);
    expect(status).toBe(200);
    expect(body.wrong).toEqual({
      by: 'user:default/bob',
      at: expect.any(String),
      reason: 'A banner , no price',
      mine: true,
    });
    expect((await first('alice')).wrong).toMatchObject({
      by: 'user:default/bob',
      mine: false,
    });
    expect(portal.audits).toEqual([
      {
        eventId: 'agent-workloads-change-mark',
        outcome: 'success',
        meta: expect.objectContaining({
          name: 'week-2',
          position: 0,
          actionType: 'wrong',
          as: 'user:default/bob',
        }),
      },
    ]);
    await eventually(async () => {
      if (!portal.signals.length) throw new Error('nobody is told');
    });
    expect(JSON.stringify(portal.signals)).not.toContain('banner');
    const csv = await portal.get('alice', '/changes.csv?show=wrong');
    expect(csv.text).toContain('user:default/bob');
    expect(csv.text).toContain('no price');
    expect(csv.text).not.toContain('Scale');
  });

  it('is taken back by who said it alone', async () => {
    await portal.post('bob', `${PATH}/0/wrong`, { reason: 'A banner' });
    const other = await portal.post('alice', `${PATH}/0/wrong`, {
      reason: 'Mine',
    });
    expect(other.status).toBe(409);
    expect(other.body.error.message).toContain('user:default/bob');
    const notMine = await portal.post('alice', `${PATH}/0/right`);
    expect(notMine.status).toBe(409);
    expect((await first('bob')).wrong?.reason).toBe('A banner');
    const mine = await portal.post('bob', `${PATH}/0/right`);
    expect(mine.status).toBe(200);
    expect((await first('bob')).wrong).toBeUndefined();
    expect((await portal.post('bob', `${PATH}/0/right`)).status).toBe(409);
  });

  it.each([
    workloadReadPermission,
    artifactReadPermission,
    changeMarkPermission,
  ])('needs $name', async ({ name: lacking }) => {
    portal.setPolicy(({ name }) => (name === lacking ? DENY : ALLOW));
    for (const act of ['wrong', 'right']) {
      const { status } = await portal.post('bob', `${PATH}/0/${act}`, {
        reason: 'x',
      });
      expect(status).toBe(403);
    }
  });

  it('is answered like one that is not there, where the policy hides the run', async () => {
    portal.setPolicy(permission =>
      permission.name === artifactReadPermission.name
        ? createAgentWorkloadsConditionalDecision(
            artifactReadPermission,
            agentWorkloadsConditions.isOwner({
              userRefs: ['user:default/alice'],
            }),
          )
        : ALLOW,
    );
    const answers = await Promise.all([
      portal.post('alice', `${PATH}/0/seen`, { seen: true }),
      portal.post('alice', `${PATH}/0/wrong`, { reason: 'x' }),
      portal.get('alice', `${PATH}/0/test-page.zip`),
      portal.get('alice', '/changes/local/uid-of-nothing/0/test-page.zip'),
      portal.get('alice', `${PATH}/none/test-page.zip`),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([
      404, 404, 404, 404, 404,
    ]);
    const said = answers.map(({ body }) => body.error.message);
    expect(new Set(said).size).toBe(1);
  });

  it('is for people: a service is refused', async () => {
    const service = mockCredentials.service.header();
    for (const [method, path] of [
      ['post', 'seen'],
      ['post', 'wrong'],
      ['post', 'right'],
      ['get', 'test-page.zip'],
    ] as const) {
      const { status } = await portal.agent[method](
        `/api/agent-workloads${PATH}/0/${path}`,
      ).set('Authorization', service);
      expect(status).toBe(403);
    }
  });

  const testPage = async (position = 0) => {
    const { status, headers, body } = await portal
      .get('bob', `${PATH}/${position}/test-page.zip`)
      .buffer(true)
      .parse((res, done) => {
        const pieces: Buffer[] = [];
        res.on('data', piece => pieces.push(piece));
        res.on('end', () => done(null, Buffer.concat(pieces)));
      });
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/zip');
    const files = unzipped(body);
    return {
      names: Object.keys(files),
      text: (name: string) => files[name].toString('utf8'),
      record: JSON.parse(files['expected.json'].toString('utf8')),
    };
  };

  it('is given out as a test page: both pages as they were saved, and what was told', async () => {
    await portal.post('bob', `${PATH}/0/wrong`, { reason: 'A banner' });
    const page = await testPage();
    expect(page.names).toEqual([
      'README.md',
      'expected.json',
      'before/page.html',
      'before/page.txt',
      'after/page.html',
      'after/page.txt',
    ]);
    expect(page.text('before/page.html')).toBe(saved.before.html);
    expect(page.text('after/page.txt')).toBe(saved.after.text);
    expect(page.record).toMatchObject({
      verdict: 'wrong',
      because: 'A banner',
      told: changeBetween(saved.before, saved.after),
      before: { url, text: { sha256: saved.before.textSha256 } },
      after: { url, text: { sha256: saved.after.textSha256 } },
      missing: [],
    });
    // It may be passed on: nobody's name is in it.
    expect(page.text('expected.json')).not.toContain('bob');
    const { was } = page.record.told;
    expect(page.text('before/page.txt').slice(was.start, was.end)).toBe(
      was.quote,
    );
    await portal.post('bob', `${PATH}/0/right`);
    expect((await testPage()).record).toMatchObject({ verdict: 'unjudged' });
  });

  it('has of a plan that came the page without it, too', async () => {
    const { record, text } = await testPage(1);
    expect(record.told).toEqual(planChange('Scale'));
    expect(text('before/page.txt')).toBe(saved.before.text);
    // The proof of this one names no file of the run.
    expect(record.missing).toEqual(['Of the run: it saved no such page.']);
  });

  it('has nothing of an earlier run that the policy hides', async () => {
    portal.setPolicy(permission =>
      permission.name === artifactReadPermission.name
        ? createAgentWorkloadsConditionalDecision(
            artifactReadPermission,
            agentWorkloadsConditions.isOwner({
              userRefs: ['user:default/bob'],
            }),
          )
        : ALLOW,
    );
    const { names, record } = await testPage();
    expect(names).not.toContain('before/page.html');
    expect(names).toContain('after/page.html');
    expect(record.missing).toEqual([
      'Of the earlier run: it is not among the completed runs that you may read here.',
    ]);
  });

  it('has nothing that somebody put in the place of what was saved', async () => {
    const key = [...portal.s3.objects.keys()].find(
      name => name.includes(WEEK[0]) && name.endsWith('page.html'),
    )!;
    const bytes = portal.s3.objects.get(key)!;
    portal.s3.objects.set(key, Buffer.from(`${bytes}<script>`));
    expect((await testPage()).record.missing).toEqual([
      'Of the earlier run: what lies in the storage is not what it saved: somebody replaced it.',
    ]);
    portal.s3.objects.delete(key);
    expect((await testPage()).record.missing).toEqual([
      'Of the earlier run: what it saved is not in the storage any more.',
    ]);
    portal.s3.objects.set(key, bytes);
    expect((await testPage()).record.missing).toEqual([]);
  });

  it('is no test page where nothing of either run is left, and bounded in size', async () => {
    const objects = new Map(portal.s3.objects);
    for (const [key] of objects) {
      if (key.endsWith('page.html')) {
        portal.s3.objects.set(key, Buffer.alloc(33 * 2 ** 20));
      }
    }
    const { status, body } = await portal.get('bob', `${PATH}/0/test-page.zip`);
    expect(status).toBe(404);
    expect(body.error.message).toMatch(/larger than the 32 MB/);
    objects.forEach((bytes, key) => portal.s3.objects.set(key, bytes));
  });

  it('outlives the run in the cluster', async () => {
    portal.api.delete('agentworkloads', 'agentworkloads', 'week-2');
    await eventually(async () => {
      const { status } = await portal.get(
        'bob',
        '/runs/local/agentworkloads/week-2',
      );
      expect(status).toBe(404);
    });
    expect((await testPage()).record.missing).toEqual([]);
  });
});

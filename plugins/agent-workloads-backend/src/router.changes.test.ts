import { mockCredentials } from '@backstage/backend-test-utils';
import type { Change } from '@agentworkloads/api';
import {
  artifactReadPermission,
  workloadReadPermission,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { eventually } from './__testUtils__/eventually';
import { creptChange, planChange, priceChange } from './__testUtils__/reports';
import { aRunWithReport as run } from './__testUtils__/runsWithReports';
import {
  ALLOW,
  DENY,
  startPortal,
  type Portal,
} from './__testUtils__/startPortal';
import { NAMESPACE } from './__testUtils__/workloads';
import {
  agentWorkloadsConditions,
  createAgentWorkloadsConditionalDecision,
} from './permissions';

const subjects = (body: { items: { change: Change }[] }) =>
  body.items.map(({ change }) => change.subject);

describe('what changed', () => {
  let portal: Portal;

  beforeAll(async () => {
    portal = await startPortal({
      prepare(api, s3) {
        const put = (
          ...args: Parameters<typeof run> extends [unknown, ...infer R]
            ? R
            : never
        ) => api.put('agentworkloads', run(s3, ...args));
        put('first', [priceChange()], { hour: 1 });
        put('second', [planChange('Scale'), planChange('=cmd|calc')], {
          hour: 2,
          requestedBy: 'alice',
        });
        put('same', [], { hour: 3 });
        put('elsewhere', [planChange('Elsewhere')], {
          hour: 4,
          namespace: 'other',
        });
        put('denied', [planChange('DENIED')], {
          phase: 'Denied',
          decision: 'deny',
        });
        put('timed-out', [planChange('TIMED-OUT')], {
          phase: 'TimedOut',
          decision: 'deny',
        });
        put('open', [planChange('OPEN')], {
          phase: 'AwaitingApproval',
          decision: undefined,
        });
        put('failed', [planChange('FAILED')], { phase: 'Failed' });
        put('replaced', [planChange('TRUE')], {
          forged: [planChange('FORGED')],
        });
        put('strange', [planChange('STRANGE')], {
          report: { workflowUid: 'of-another-run' },
        });
      },
    });
    await eventually(async () => {
      const { body } = await portal.get('bob', '/changes');
      if (body.items.length !== 4 || body.waiting !== 2) {
        throw new Error('not taken in');
      }
    }, 20_000);
  }, 60_000);

  afterAll(() => portal.stop());

  afterEach(() => portal.setPolicy(() => ALLOW));

  it('lists it, later runs first, with the company, the run and the one that it was compared with', async () => {
    const { status, body } = await portal.get('bob', '/changes');
    expect(status).toBe(200);
    expect(subjects(body)).toEqual(['Elsewhere', 'Scale', '=cmd|calc', 'Team']);
    expect(body.items[3]).toEqual({
      run: { cluster: 'local', namespace: NAMESPACE, name: 'first' },
      workloadUid: 'uid-of-first',
      position: 0,
      completedAt: '2026-01-01T01:00:00.000Z',
      takenInAt: expect.stringMatching(/^20\d\d-/),
      objective: 'Plans and prices of Tidepool',
      entityRef: 'component:default/tidepool',
      comparedWith: 'tidepool-0',
      company: 'Tidepool',
      host: 'tidepool.example.com',
      class: 'price',
      change: priceChange(),
    });
    expect(body).toMatchObject({
      takenIn: true,
      clusters: [{ name: 'local', synced: true }],
    });
    expect(body.nextCursor).toBeUndefined();
  });

  it('has nothing of a run that nobody let pass, or whose report is not the one that it put out', async () => {
    const { body } = await portal.get('bob', '/changes?limit=200');
    expect(JSON.stringify(body)).not.toMatch(
      /DENIED|TIMED-OUT|OPEN|FAILED|FORGED|TRUE|STRANGE/,
    );
    // Those two that completed are known to be missing.
    expect(body.waiting).toBe(2);
    const csv = await portal.get('bob', '/changes.csv');
    expect(csv.text).not.toMatch(/DENIED|TIMED-OUT|OPEN|FAILED|FORGED|STRANGE/);
  });

  it('pages by a cursor', async () => {
    const first = await portal.get('bob', '/changes?limit=3');
    expect(subjects(first.body)).toEqual(['Elsewhere', 'Scale', '=cmd|calc']);
    const { nextCursor } = first.body;
    const second = await portal.get(
      'bob',
      `/changes?limit=3&cursor=${nextCursor}`,
    );
    expect(subjects(second.body)).toEqual(['Team']);
    expect(second.body.nextCursor).toBeUndefined();
  });

  it.each([
    ['kind=price', ['Team']],
    ['kind=price&kind=plan&namespace=other', ['Elsewhere']],
    ['company=TIDEpool&run=first', ['Team']],
    ['company=nobody', []],
    ['since=2026-01-01T02:30:00Z', ['Elsewhere']],
    ['cluster=local&run=same', []],
  ])('narrows by %s', async (query, expected) => {
    const { body } = await portal.get('bob', `/changes?${query}`);
    expect(subjects(body)).toEqual(expected);
    expect(body.takenIn).toBe(true);
  });

  it.each(['kind=colour', 'since=yesterday', 'cursor=x', 'limit=0'])(
    'says what is wrong with %s',
    async query => {
      const { status, body } = await portal.get('bob', `/changes?${query}`);
      expect(status).toBe(400);
      expect(body.error.message).toContain(query.split('=')[0]);
    },
  );

  it.each([workloadReadPermission, artifactReadPermission])(
    'refuses whoever lacks $name',
    async lacking => {
      portal.setPolicy(({ name }) => (name === lacking.name ? DENY : ALLOW));
      for (const path of ['/changes', '/changes.csv']) {
        const { status, body } = await portal.get('bob', path);
        expect(status).toBe(403);
        expect(body.error.message).toContain(lacking.name);
      }
    },
  );

  it.each([workloadReadPermission, artifactReadPermission])(
    'leaves out what the rules of $name refuse, as the report is',
    async permission => {
      portal.setPolicy(({ name }) =>
        name === permission.name
          ? createAgentWorkloadsConditionalDecision(
              permission,
              agentWorkloadsConditions.isOwner({
                userRefs: ['user:default/alice'],
              }),
            )
          : ALLOW,
      );
      const { body } = await portal.get('bob', '/changes?limit=1');
      expect(subjects(body)).toEqual(['Scale']);
      const next = await portal.get(
        'bob',
        `/changes?limit=5&cursor=${body.nextCursor}`,
      );
      expect(subjects(next.body)).toEqual(['=cmd|calc']);
      expect(next.body).toMatchObject({ waiting: 0 });
      const path = `/runs/local/${NAMESPACE}/first/artifacts/report-json`;
      expect((await portal.get('bob', path)).status).toBe(403);
    },
  );

  it('remembers visits, for those who may read changes', async () => {
    const first = await portal.post('bob', '/changes/visit');
    expect(first.body).toEqual({});
    portal.setPolicy(({ name }) =>
      name === artifactReadPermission.name ? DENY : ALLOW,
    );
    expect((await portal.post('bob', '/changes/visit')).status).toBe(403);
  });

  it('is for people: a service is refused', async () => {
    for (const [method, path] of [
      ['get', '/changes'],
      ['get', '/changes.csv'],
      ['post', '/changes/visit'],
    ] as const) {
      const { status } = await portal.agent[method](
        `/api/agent-workloads${path}`,
      ).set('Authorization', mockCredentials.service.header());
      expect(status).toBe(403);
    }
  });

  it('gives a file that no spreadsheet takes for a formula', async () => {
    const { status, headers, text } = await portal.get(
      'bob',
      '/changes.csv?run=second',
    );
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers['content-disposition']).toContain('changes.csv');
    expect(text.charCodeAt(0)).toBe(0xfeff);
    const lines = text.trim().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(/^2026-01-01T02:00:00.000Z,Tidepool,/);
    expect(text).toContain(',\u2060=cmd|calc,');
    expect(text).not.toMatch(/(^|,)=cmd/m);
  });

  it('keeps what changed when the run is deleted', async () => {
    portal.api.delete('agentworkloads', NAMESPACE, 'first');
    await eventually(async () => {
      const gone = await portal.get('bob', `/runs/local/${NAMESPACE}/first`);
      expect(gone.status).toBe(404);
    });
    const { body } = await portal.get('bob', '/changes?run=first');
    expect(subjects(body)).toEqual(['Team']);
  });

  it('takes in a run as it completes', async () => {
    const before = run(portal.s3, 'late', [planChange('Late')], {
      phase: 'Running',
      decision: undefined,
    });
    portal.api.put('agentworkloads', before);
    const { body } = await portal.get('bob', '/changes?run=late');
    expect(body.items).toEqual([]);
    portal.api.put(
      'agentworkloads',
      run(portal.s3, 'late', [planChange('Late')]),
    );
    await eventually(async () => {
      const now = await portal.get('bob', '/changes?run=late');
      expect(subjects(now.body)).toEqual(['Late']);
    });
  });

  it('says in the list and in the file what small steps add up to, and since when', async () => {
    const crept = run(portal.s3, 'crept', [creptChange(), priceChange()]);
    portal.api.put('agentworkloads', crept);
    await eventually(async () => {
      const { body } = await portal.get('bob', '/changes?run=crept');
      expect(
        body.items.map(({ change }: { change: Change }) => change),
      ).toEqual([creptChange(), priceChange()]);
    });
    const { text } = await portal.get('bob', '/changes.csv?run=crept');
    const [header, ...lines] = text.trim().split('\r\n');
    const at = header.split(',').indexOf('since_value');
    const since = (line: string) => line.split(',').slice(at, at + 4);
    expect(since(header)).toEqual([
      'since_value',
      'since_value_up_to',
      'since_at',
      'since_percent',
    ]);
    expect(lines.map(since)).toEqual([
      ['29', '100', '2025-11-01T00:00:10.000Z', '-12'],
      ['', '', '', ''],
    ]);
  });
});

describe('what one may not read', () => {
  it('shows nothing of a namespace that the cluster does not let the person read, nor that anything is there', async () => {
    const portal = await startPortal({
      prepare(api, s3) {
        api.put('agentworkloads', run(s3, 'ours', [planChange('Ours')]));
        api.mayI = ({ verb }, as) => as !== 'bob' || verb !== 'get';
      },
    });
    try {
      await eventually(async () => {
        const { body } = await portal.get('alice', '/changes');
        expect(subjects(body)).toEqual(['Ours']);
      });
      const { body } = await portal.get('bob', '/changes');
      expect(body).toMatchObject({ items: [], takenIn: false, waiting: 0 });
      const csv = await portal.get('bob', '/changes.csv');
      expect(csv.text).not.toContain('Ours');
    } finally {
      await portal.stop();
    }
  });

  it('tells a run that changed nothing from no run at all', async () => {
    const portal = await startPortal();
    try {
      const none = await portal.get('bob', '/changes');
      expect(none.body).toMatchObject({ items: [], takenIn: false });
      portal.api.put('agentworkloads', run(portal.s3, 'same', []));
      await eventually(async () => {
        const { body } = await portal.get('bob', '/changes');
        expect(body).toMatchObject({ items: [], takenIn: true, waiting: 0 });
      });
    } finally {
      await portal.stop();
    }
  });
});

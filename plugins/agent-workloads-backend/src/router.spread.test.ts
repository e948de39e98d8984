import { eventually } from './__testUtils__/eventually';
import { planChange } from './__testUtils__/reports';
import { aRunWithReport } from './__testUtils__/runsWithReports';
import { startPortal, type Portal } from './__testUtils__/startPortal';

/** What a run found, which nobody may meet but in that run. */
const FOUND = 'Unreleased plan';
const ENTITY = 'component:default/rivals';

const ENDINGS = [
  ['denied', 'Denied', 'deny'],
  ['timed-out', 'TimedOut', 'deny'],
  ['cancelled', 'Cancelled', undefined],
  ['failed-after-its-gate', 'Failed', 'approve'],
  ['passed-by-nobody', 'Completed', undefined],
  ['completed-all-the-same', 'Completed', 'deny'],
] as const;

describe('only what somebody let pass is spread', () => {
  let portal: Portal;

  /** A run whose report lies in the storage with its hash, whatever became of the run. */
  const put = (name: string, phase: string, decision?: string) => {
    // People are told of what ends now, not of what ended before the portal was there.
    const now = new Date().toISOString();
    const run = aRunWithReport(portal.s3, name, [planChange(FOUND)], {
      phase,
      spec: { entityRef: ENTITY },
      status: {
        gate: { mode: 'human', fourEyes: false, decision },
        finishedAt: now,
        conditions: [
          {
            type: 'Ready',
            status: 'True',
            reason: phase,
            message: '',
            lastTransitionTime: now,
          },
        ],
      },
    });
    portal.api.put('agentworkloads', run);
  };

  /** Once a later run is taken in, all of before were looked at. */
  const untilLookedAt = async (name: string) => {
    portal.api.put(
      'agentworkloads',
      aRunWithReport(portal.s3, name, [planChange(`Public: ${name}`)], {
        spec: { entityRef: ENTITY },
      }),
    );
    await eventually(async () => {
      const { text } = await portal.get('bob', '/changes');
      expect(text).toContain(`Public: ${name}`);
    });
  };

  const lists = [
    '/changes?limit=200',
    '/changes?show=unread',
    '/changes?show=wrong',
    `/changes?entityRef=${encodeURIComponent(ENTITY)}`,
    '/changes?company=tidepool',
    '/changes?kind=plan',
    '/changes.csv',
    '/changes.csv?show=unread',
    '/runs?limit=200',
    `/runs?entityRef=${encodeURIComponent(ENTITY)}`,
    `/runs?search=${encodeURIComponent(FOUND)}`,
    '/gates',
    '/schedules',
  ];

  /** Where what was found can be read, of all that is answered or sent. */
  const spread = async (what = FOUND): Promise<string[]> => {
    const found: string[] = [];
    const look = (where: string, text: string) => {
      if (text.includes(what)) found.push(where);
    };
    for (const user of ['alice', 'bob']) {
      for (const path of lists) {
        const { status, text } = await portal.get(user, path);
        expect(status).toBe(200);
        look(`${user} ${path}`, text);
      }
    }
    look('notifications', JSON.stringify(portal.notifications));
    look('signals', JSON.stringify(portal.signals));
    look('audits', JSON.stringify(portal.audits));
    return found;
  };

  const known = async (name: string) => {
    const { body } = await portal.get('bob', `/runs?search=${name}`);
    return body.total;
  };

  beforeEach(async () => {
    portal = await startPortal();
  }, 60_000);

  afterEach(() => portal.stop());

  it('of a run at its gate nothing, nor once it is denied', async () => {
    put('week-47', 'Running');
    await untilLookedAt('first');
    put('week-47', 'AwaitingApproval');
    await untilLookedAt('second');
    expect(await spread()).toEqual([]);
    put('week-47', 'Denied', 'deny');
    await untilLookedAt('third');
    // Who asked is told that it ended, and no more.
    await eventually(async () => {
      expect(await spread('week-47')).toContain('notifications');
    });
    expect(await spread()).toEqual([]);
  }, 30_000);

  it('of runs that ended in any other way than well, nothing', async () => {
    ENDINGS.forEach(([name, phase, decision]) => put(name, phase, decision));
    await untilLookedAt('first');
    await untilLookedAt('second');
    expect(await spread()).toEqual([]);
    for (const [name] of ENDINGS) {
      expect(await known(name)).toBe(1);
      const path = `/changes/local/uid-of-${name}/0`;
      const zip = await portal.get('bob', `${path}/test-page.zip`);
      expect(zip.status).toBe(404);
      const wrong = await portal.post('bob', `${path}/wrong`, { reason: 'x' });
      expect(wrong.status).toBe(404);
    }
  }, 30_000);

  it('of a run that was let pass, everything', async () => {
    put('week-47', 'Completed', 'approve');
    await untilLookedAt('first');
    expect(await spread()).toEqual(
      ['alice', 'bob'].flatMap(user =>
        lists
          .filter(path => /^.changes/.test(path) && !path.includes('wrong'))
          .map(path => `${user} ${path}`),
      ),
    );
  }, 30_000);
});

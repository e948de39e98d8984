import type { AgentWorkload, PolicyRecord } from '@agentworkloads/api';
import { IdentityMapper } from '@agentworkloads/backstage-plugin-agent-workloads-node';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { Knex } from 'knex';
import { SEEN_ON_MONDAY } from '../__testUtils__/workloads';
import {
  emptyDb,
  gateOf,
  HOUR_MS,
  identity,
  ofOneRun,
  OPENED,
  words,
} from '../__testUtils__/notices';
import { migrated } from '../migrated';
import { toListItem } from '../runs/toListItem';
import { NoticeLog } from './NoticeLog';
import { Notices } from './Notices';
import { noticesOf } from './noticesOf';
import { clockOf } from './words';

const DAYS_MS = 24 * HOUR_MS;

let approvers = [
  { username: 'alice', groups: ['agentworkloads:approvers'] },
  { username: 'carol', groups: ['agentworkloads:approvers'] },
  { username: 'dana', groups: ['agentworkloads:approvers', 'legal'] },
];

const vote = (username: string, ...groups: string[]) => ({
  username,
  groups,
  decidedAt: new Date(OPENED + 1).toISOString(),
  approvalName: `${username}-says`,
  approvalUid: `uid-${username}`,
});

describe('notices of one database', () => {
  let db: Knex;
  let sent: NotificationSendOptions[];
  let now: number;
  let run: AgentWorkload;
  let refusals: number;

  beforeEach(() => {
    db = emptyDb();
    sent = [];
    now = OPENED;
    run = gateOf();
    refusals = 0;
  });
  afterEach(() => db.destroy());

  /** One replica of the portal, just started. */
  async function replica(): Promise<Notices> {
    const log = new NoticeLog(await migrated({ getClient: async () => db }));
    return new Notices({
      ...ofOneRun(
        () => run,
        () => now,
      ),
      names: async () => name => name === 'bob' ? 'Bob Brown' : name,
      recipients: async to =>
        'person' in to
          ? [to.person]
          : approvers
              .filter(one => to.deciders.concerns(one))
              .map(({ username }) => `user:default/${username}`),
      log,
      notifications: {
        async send(options) {
          if (refusals > 0) {
            refusals -= 1;
            throw new Error('away');
          }
          sent.push(options);
        },
      },
    });
  }

  /** All of them look, at so many milliseconds after the gate opened. */
  async function look(replicas: readonly Notices[], after: number) {
    now = OPENED + after;
    replicas.forEach(one => one.lookAgain());
    await Promise.all(replicas.map(one => one.stop()));
  }

  const titles = () => sent.map(({ payload }) => payload.title);

  it('says of a run that was opened again when its pages were seen, at its gate and when its report is there', async () => {
    run = gateOf();
    run.status = { ...run.status!, evidenceFrom: SEEN_ON_MONDAY };
    await look([await replica()], 0);
    expect(sent[0].payload.description).toContain('in run monday.');
    const over = {
      ...run,
      status: { ...run.status, phase: 'Completed' as const },
    };
    const item = {
      ...toListItem('local', over, identity),
      finishedAt: new Date(OPENED + HOUR_MS).toISOString(),
    };
    const mapped = new IdentityMapper({
      users: [{ ref: 'user:default/bob', name: 'bob' }],
      groups: [],
    });
    const [end] = noticesOf(over, item, {
      identity: mapped,
      words,
      clock: clockOf('UTC', words),
      now: OPENED,
    }).filter(({ key }) => key.endsWith('/end'));
    expect(end.write(name => name).description).toContain('in run monday.');
  });

  it('says what kinds of reasons the policy has, most severe first, and names nothing of them', async () => {
    const record: PolicyRecord = {
      decision: 'hold',
      reasons: ['a person decides', '4 changes', 'host a.example', 'no facts'],
      said: [
        { code: 'modeHuman', values: {} },
        { code: 'changes', values: { number: '4' } },
        { code: 'personHost', values: { host: 'a.example' } },
        { code: 'fewFacts', values: { number: '0' } },
      ],
    };
    run.status = { ...run.status!, policy: { gate: record } };
    await look([await replica()], 0);
    expect(sent[0].payload.description).toMatch(
      /^Why the policy holds it: what was gathered is in doubt; something changed\. /,
    );
    expect(sent[0].payload.description).not.toContain('a.example');
  });

  it('says nothing of reasons where the policy gave sentences alone', async () => {
    const record = { decision: 'hold' as const, reasons: ['not on Fridays'] };
    run.status = { ...run.status!, policy: { gate: record } };
    await look([await replica()], 0);
    expect(sent[0].payload.description).not.toContain('policy');
  });

  it('reminds at half time and before the end, each once, in the place of what was said before', async () => {
    const replicas = [await replica(), await replica()];
    for (const hours of [0, 1, 35, 36, 37, 60, 68, 70, 71.9]) {
      await look(replicas, hours * HOUR_MS);
    }
    expect(titles()).toEqual([
      'A gate waits: Plans and prices of Tidepool',
      '36 hours left to decide: Plans and prices of Tidepool',
      '4 hours left to decide: Plans and prices of Tidepool',
    ]);
    expect(new Set(sent.map(({ payload }) => payload.scope)).size).toBe(1);
    expect(sent.map(({ payload }) => payload.topic)).toEqual([
      'agent-workloads-gate',
      'agent-workloads-gate-reminder',
      'agent-workloads-gate-reminder',
    ]);
    expect(sent[0].payload.description).toContain('Asked for by Bob Brown.');
  });

  it('reminds those alone whose approval is missing, and says of how many and of whom', async () => {
    const portal = await replica();
    run = gateOf({ approvals: 2, groups: ['legal'] });
    await look([portal], 0);
    run = gateOf({ approvals: 2, groups: ['legal'], votes: [vote('alice')] });
    await look([portal], 36 * HOUR_MS);
    run = gateOf({
      approvals: 2,
      groups: ['legal'],
      votes: [vote('alice'), vote('carol')],
    });
    await look([portal], 68 * HOUR_MS);
    expect(
      sent.map(({ recipients, payload }) => [
        (recipients as { entityRef: string[] }).entityRef.join(' '),
        payload.description,
      ]),
    ).toEqual([
      [
        'user:default/alice user:default/carol user:default/dana',
        expect.stringContaining(
          'It asks for 2 approvals, group legal among them.',
        ),
      ],
      [
        'user:default/carol user:default/dana',
        expect.stringContaining(
          'It has 1 of 2 approvals; group legal is missing.',
        ),
      ],
      [
        'user:default/dana',
        expect.stringContaining(
          'It has 2 of 2 approvals; group legal is missing.',
        ),
      ],
    ]);
  });

  it('reminds nobody of a gate that no approval opens any more', async () => {
    const portal = await replica();
    await look([portal], 0);
    run = gateOf({ approvals: 2, votes: [vote('alice')] });
    run.status = {
      ...run.status!,
      conditions: [
        {
          type: 'Approved',
          status: 'Unknown',
          reason: 'ApprovalGone',
          message: 'The approval of alice is not there.',
          lastTransitionTime: new Date(OPENED).toISOString(),
        },
      ],
    };
    await look([portal], 36 * HOUR_MS);
    await look([portal], 71 * HOUR_MS);
    expect(titles()).toEqual(['A gate waits: Plans and prices of Tidepool']);
  });

  it('names all whose approvals counted, to approvers and to who asked', async () => {
    const portal = await replica();
    const parts = { approvals: 2, votes: [vote('alice'), vote('carol')] };
    run = gateOf(parts);
    await look([portal], 0);
    run = gateOf({
      ...parts,
      decision: 'approve',
      via: 'person',
      decidedBy: 'carol',
      decidedAt: new Date(OPENED + 2_000).toISOString(),
    });
    await look([portal], 3_000);
    expect(titles().at(-1)).toBe(
      'Decided by alice and carol: Plans and prices of Tidepool',
    );
  });

  it('tells of a gate as soon as somebody is known who may decide it', async () => {
    const known = approvers;
    approvers = [];
    const one = await replica();
    await look([one], 0);
    expect(titles()).toEqual([]);
    approvers = known;
    await look([one], 60_000);
    expect(titles()).toEqual([]);
    await look([one], 6 * 60_000);
    expect(titles()).toHaveLength(1);
  });

  it('forgets once an hour what nobody will be told again', async () => {
    const portal = await replica();
    const old = async () => (await db('notices').where({ key: 'old' })).length;
    const tellLongAgo = () => db('notices').insert({ key: 'old', told_at: 0 });
    await tellLongAgo();
    await look([portal], 0);
    expect(await old()).toBe(0);
    await tellLongAgo();
    await look([portal], HOUR_MS - 1);
    expect(await old()).toBe(1);
    await look([portal], HOUR_MS);
    expect(await old()).toBe(0);
  });

  it('tells nothing again after a restart, and goes on where it was', async () => {
    await look([await replica()], 0);
    await look([await replica()], HOUR_MS);
    await look([await replica()], 36 * HOUR_MS);
    await look([await replica()], 37 * HOUR_MS);
    expect(titles()).toHaveLength(2);
  });

  it('a portal that was away at half time says only what is left', async () => {
    await look([await replica()], 0);
    await look([await replica()], 71 * HOUR_MS);
    expect(titles()).toEqual([
      'A gate waits: Plans and prices of Tidepool',
      '60 minutes left to decide: Plans and prices of Tidepool',
    ]);
  });

  it('reminds of the new end when somebody left more time', async () => {
    const portal = await replica();
    await look([portal], 0);
    await look([portal], 70 * HOUR_MS);
    run = gateOf({ deadline: new Date(OPENED + 5 * DAYS_MS).toISOString() });
    await look([portal], 71 * HOUR_MS);
    await look([portal], 118 * HOUR_MS);
    expect(titles().slice(1)).toEqual([
      '2 hours left to decide: Plans and prices of Tidepool',
      '2 days left to decide: Plans and prices of Tidepool',
      '2 hours left to decide: Plans and prices of Tidepool',
    ]);
  });

  it('reminds nobody of a gate that is open for a short time', async () => {
    const portal = await replica();
    run = gateOf({ deadline: new Date(OPENED + 15 * 60_000).toISOString() });
    await look([portal], 0);
    await look([portal], 14 * 60_000);
    expect(titles()).toHaveLength(1);
  });

  it('says that a gate is decided to those alone who heard that it waits', async () => {
    const decided = gateOf({
      decision: 'approve',
      via: 'policy',
      decidedAt: new Date(OPENED + 1_000).toISOString(),
    });
    run = decided;
    await look([await replica()], 2_000);
    expect(titles()).toEqual([]);
  });

  it('tries again what could not be sent', async () => {
    const portal = await replica();
    refusals = 1;
    await look([portal], 0);
    expect(titles()).toEqual([]);
    await look([portal], 60_000);
    expect(titles()).toHaveLength(1);
  });

  it('gives up what is refused again and again, as where no notifications are installed', async () => {
    const portal = await replica();
    refusals = 5;
    for (const minutes of [0, 1, 2, 3, 4, 5, 6]) {
      await look([portal], minutes * 60_000);
    }
    expect([titles(), refusals]).toEqual([[], 0]);
  });

  it('tells after an hour what was refused five times, while it is news', async () => {
    const portal = await replica();
    refusals = 6;
    for (const minutes of [0, 1, 2, 3, 4, 5, 30]) {
      await look([portal], minutes * 60_000);
    }
    expect([titles(), refusals]).toEqual([[], 1]);
    await look([portal], 65 * 60_000);
    await look([portal], 70 * 60_000);
    expect([titles(), refusals]).toEqual([[], 0]);
    await look([portal], 126 * 60_000);
    expect(titles()).toHaveLength(1);
  });

  it('leaves to its own timer what changed just now, for the policy may pass it', async () => {
    const portal = await replica();
    portal.changed(toListItem('local', run, identity));
    portal.lookAgain();
    run = gateOf({
      decision: 'approve',
      via: 'policy',
      decidedAt: new Date(OPENED + 1_000).toISOString(),
    });
    await portal.stop();
    expect(titles()).toEqual([]);
  });
});

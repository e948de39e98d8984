import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { Knex } from 'knex';
import {
  emptyDb,
  gateOf,
  HOUR_MS,
  ofOneRun,
  OPENED,
} from '../__testUtils__/notices';
import { migrated } from '../migrated';
import { NoticeLog } from './NoticeLog';
import { Notices } from './Notices';

const MINUTE_MS = 60_000;
const HALF = 36 * HOUR_MS;
const WAITS = 'A gate waits: Plans and prices of Tidepool';
const HALF_TIME = '36 hours left to decide: Plans and prices of Tidepool';

/** What a portal does to the world, one after the other. */
type Deed = 'claim' | 'send' | 'sent' | 'release';
const NEVER = new Promise<never>(() => undefined);

/** Where a process ends: before it does something for the first time, or right after. */
interface Death {
  at: Deed;
  when: 'before' | 'after';
}

describe('a reminder, whenever a portal ends', () => {
  let db: Knex;
  let log: NoticeLog;
  let now: number;
  let sent: NotificationSendOptions['payload'][];
  const run = gateOf();

  beforeEach(async () => {
    db = emptyDb();
    log = new NoticeLog(await migrated({ getClient: async () => db }));
    now = OPENED;
    sent = [];
  });
  afterEach(() => db.destroy());

  /** @returns the portal, and what is done once it has ended */
  function portal(death?: Death) {
    let dead = false;
    let ended = () => {};
    const end = new Promise<void>(resolve => {
      ended = resolve;
    });
    const die = () => {
      dead = true;
      ended();
      return NEVER;
    };
    const doing = async <T>(
      deed: Deed,
      of: string,
      act: () => Promise<T>,
    ): Promise<T> => {
      if (dead) return NEVER;
      // That the gate waits is looked at, too; it was told before.
      const isIt = death?.at === deed && /half|left to/.test(of);
      if (isIt && death.when === 'before') return die();
      const result = await act();
      return isIt ? die() : result;
    };
    const notices = new Notices({
      ...ofOneRun(
        () => run,
        () => now,
      ),
      names: async () => name => name,
      recipients: async () => ['user:default/alice'],
      log: Object.assign(Object.create(log), {
        claim: (key: string, at: number) =>
          doing('claim', key, () => log.claim(key, at)),
        sent: (key: string) => doing('sent', key, () => log.sent(key)),
        release: (key: string) => doing('release', key, () => log.release(key)),
      }) as NoticeLog,
      notifications: {
        send: options =>
          doing('send', options.payload.title, async () => {
            sent.push(options.payload);
          }),
      },
    });
    return { notices, end };
  }

  async function look({ notices }: ReturnType<typeof portal>, after: number) {
    now = OPENED + after;
    notices.lookAgain();
    await notices.stop();
  }

  const titles = () => sent.map(({ title }) => title);
  /** A notice takes the place of the one before it of the same scope. */
  const inbox = () => [
    ...new Map(sent.map(({ scope, title }) => [scope, title])).values(),
  ];

  const DEATHS: [Death, number][] = [
    [{ at: 'claim', when: 'before' }, 1],
    [{ at: 'claim', when: 'after' }, 1],
    [{ at: 'send', when: 'before' }, 1],
    // It went out and is not on record: the next one can't know, and the notice takes its own place.
    [{ at: 'send', when: 'after' }, 2],
    [{ at: 'sent', when: 'before' }, 2],
    [{ at: 'sent', when: 'after' }, 1],
  ];

  it.each(DEATHS)(
    'which ends as %j, is in the inbox once, and was sent %i times',
    async (death, times) => {
      await look(portal(), 0);
      const first = portal(death);
      now = OPENED + HALF;
      first.notices.lookAgain();
      await first.end;
      const second = portal();
      for (const minutes of [0, 1, 3, 6, 12, 18, 60, 120]) {
        await look(second, HALF + minutes * MINUTE_MS);
      }
      const reminders = titles().filter(title => / left to decide/.test(title));
      expect(reminders).toHaveLength(times);
      expect(inbox()).toEqual([reminders.at(-1)]);
    },
  );

  it('is told by another replica that was up all the while', async () => {
    const other = portal();
    await look(other, 0);
    const first = portal({ at: 'claim', when: 'after' });
    now = OPENED + HALF;
    first.notices.lookAgain();
    await first.end;
    for (const minutes of [0, 1, 3, 6, 12]) {
      await look(other, HALF + minutes * MINUTE_MS);
    }
    expect(titles()).toEqual([
      WAITS,
      '35 hours left to decide: Plans and prices of Tidepool',
    ]);
  });

  it('is told once the portal is there again, where it was away when that was due', async () => {
    await look(portal(), 0);
    await look(portal(), HALF);
    expect(titles()).toEqual([WAITS, HALF_TIME]);
    const back = portal();
    await look(back, 70 * HOUR_MS);
    await look(back, 71 * HOUR_MS);
    await look(portal(), 71 * HOUR_MS);
    expect(titles().slice(2)).toEqual([
      '2 hours left to decide: Plans and prices of Tidepool',
    ]);
  });

  it('of half time is left out where the portal was away until little time is left', async () => {
    await look(portal(), 0);
    await look(portal(), 71 * HOUR_MS);
    expect(titles()).toEqual([
      WAITS,
      '60 minutes left to decide: Plans and prices of Tidepool',
    ]);
  });
});

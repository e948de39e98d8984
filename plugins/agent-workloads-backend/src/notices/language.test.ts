import { mockServices } from '@backstage/backend-test-utils';
import { NOTICE_LANGUAGES, type NoticeWords } from './language';
import { noticeSettings } from './settings';
import { spanWords } from './words';

const DAY_MS = 24 * 60 * 60_000;
const { en, de } = NOTICE_LANGUAGES;

/** Everything that one language can say, of one and of several. */
function allOf(words: NoticeWords): string[] {
  const tally = { needed: 2, votes: [], people: ['alice'], met: false };
  const vias = ['policy', 'timeout', 'deadline', 'cancel', 'operator'] as const;
  return [
    ...[1, 2].flatMap(count =>
      (
        ['site', 'page', 'fact', 'change', 'day', 'hour', 'minute'] as const
      ).map(what => words.counted(count, what)),
    ),
    words.notSeen(2),
    words.quoted('?'),
    words.seenBefore('Monday', 'week-46'),
    words.askedBy('bob'),
    words.askedBy(undefined),
    words.gateWaits,
    words.leftToDecide('2'),
    words.nothingToDecide,
    ...Object.values(words.ends),
    words.endsWithoutReport('Monday'),
    ...(
      [
        'forbidden',
        'unknown',
        'doubtful',
        'unseen',
        'changed',
        'limit',
      ] as const
    ).map(kind => words.against([kind])),
    words.asksFor({ approvals: 2, groups: [] }),
    words.asksFor({ approvals: 1, groups: ['legal', 'sales'] }),
    words.has({ ...tally, missingGroups: [] }),
    words.has({ ...tally, missingGroups: ['legal'] }),
    ...Object.values(words.outcomes),
    ...[...vias, undefined].map(via => words.closedBy(via, ['alice'])),
    words.closedBy('cancel', []),
    words.approvedBy(['alice', 'carol']),
    words.policyDidNotStart,
    words.runSaysWhy,
  ];
}

describe('the languages of notices', () => {
  it('say everything, each in its own words', () => {
    const [english, german] = [allOf(en), allOf(de)];
    expect(german).toHaveLength(english.length);
    for (const [index, text] of german.entries()) {
      expect(text).toMatch(/\S/);
      expect(text).not.toBe(english[index]);
    }
  });

  it('count by their own rules', () => {
    expect(spanWords(3 * DAY_MS, de)).toBe('3 Tage');
    expect(de.counted(1204, 'fact')).toBe('1.204 Fakten');
    expect(de.counted(1, 'change')).toBe('1 Änderung');
    expect(en.counted(1204, 'fact')).toBe('1,204 facts');
  });

  it('tell in German who must still approve', () => {
    const tally = { needed: 2, votes: [], people: ['alice'], met: false };
    expect(de.has({ ...tally, missingGroups: ['legal'] })).toBe(
      'Zugestimmt haben 1 von 2; es fehlt noch jemand aus: legal.',
    );
    expect(de.asksFor({ approvals: 1, groups: ['legal', 'sales'] })).toBe(
      'Der Lauf braucht die Zustimmung von einer Person, darunter jemand aus: legal und sales.',
    );
  });
});

describe('agentWorkloads.notices', () => {
  const AT = '2026-11-30T13:00:00Z';
  const read = (notices: object | undefined) => {
    const logger = mockServices.logger.mock();
    const config = mockServices.rootConfig({
      data: { agentWorkloads: { ...(notices && { notices }) } },
    });
    const { words, clock } = noticeSettings(config, logger);
    return { words, at: clock(AT), told: logger.error.mock.calls.flat() };
  };

  it('writes English where nothing is said', () => {
    expect(read(undefined)).toMatchObject({ words: en, told: [] });
  });

  it('writes German, with German dates, where that is said', () => {
    const { words, at, told } = read({
      language: 'de',
      timeZone: 'Europe/Berlin',
    });
    expect(words).toBe(de);
    expect(at).toMatch(/^Mo\., 30\. November.*14:00/);
    expect(told).toEqual([]);
  });

  it('says what there is in place of a language or a zone that is not there', () => {
    const { words, told } = read({ language: 'toString', timeZone: 'Mars' });
    expect(words).toBe(en);
    expect(told).toEqual([
      'agentWorkloads.notices.language: notices are not written in "toString"; write one of en, de',
      expect.stringContaining('there is no time zone "Mars"'),
    ]);
  });
});

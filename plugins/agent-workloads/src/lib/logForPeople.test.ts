import { readdirSync, readFileSync } from 'node:fs';
import { english } from '../__testUtils__/words';
import { isOfOurSteps, lineForPeople, shortPage } from './logForPeople';

const PAGE = 'https://www.tidepool.example/pricing';
const HASH = '0928036d817b';

const line = (msg: string, fields: object = {}, level = 'info') =>
  JSON.stringify({
    level,
    time: '2026-01-01T12:04:31.000Z',
    name: 'scrape',
    ...fields,
    msg,
  });

const say = (msg: string, fields?: object, level?: string) =>
  lineForPeople(
    line(msg, fields, level),
    hash => (hash === HASH ? PAGE : undefined),
    english,
  )?.text;

const page = { urlSha256: HASH, host: 'www.tidepool.example' };

/** All that a step can log, as it stands in its source. */
const SOURCE = readdirSync(`${__dirname}/../../../../agents/src`, {
  recursive: true,
  encoding: 'utf8',
})
  .filter(file => /(?<!\.test)\.ts$/.test(file))
  .map(file =>
    readFileSync(`${__dirname}/../../../../agents/src/${file}`, 'utf8'),
  )
  .join('');

const LINES: [string, object, string][] = [
  ['step started', { startMs: 812 }, 'The step begins.'],
  ['step done', { ms: 65_000 }, 'The step is done after 1 min 5 s.'],
  ['resuming', {}, 'It goes on where an earlier try ended.'],
  [
    'page observed',
    { ...page, chars: 4120 },
    'tidepool.example/pricing: seen.',
  ],
  [
    'page not observed',
    { ...page, reason: 'DNS_FAILED' },
    "tidepool.example/pricing: not seen. The host's name could not be resolved. Check the spelling of the address.",
  ],
  [
    'page not observed',
    { urlSha256: 'other', host: 'metricly.example', reason: 'TIMEOUT' },
    'metricly.example: not seen. The page did not load in time.',
  ],
  [
    'page was saved before, not visited again',
    page,
    'tidepool.example/pricing: saved before, not visited again.',
  ],
  ['manifest written', { pages: 6, observed: 5 }, '5 of 6 pages were seen.'],
  [
    'page read',
    { url: `${PAGE}?plan=a`, facts: 12 },
    'tidepool.example/pricing?plan=a: 12 facts found.',
  ],
  ['facts written', { facts: 1 }, '1 fact is kept, with its proof.'],
  ['shots written', { pages: 5 }, 'Pictures of 5 pages are made.'],
  ['report written', { facts: 80 }, 'The report is written from 80 facts.'],
  [
    'pages say other prices or plans than the earlier run saw; they are visited once more',
    { differ: 3, again: 2 },
    'Pages that say other prices or plans than the earlier run saw: 3. Visited once more: 2.',
  ],
];

describe('the log of a step for people', () => {
  it.each(LINES)('%s %j', (message, fields, sentence) => {
    expect(say(message, fields)).toBe(sentence);
    expect(SOURCE).toContain(message);
  });

  it('leaves out what only tells of the machinery', () => {
    const machinery =
      'running as root, so the browser runs without its sandbox';
    expect(say(machinery, {}, 'warn')).toBeUndefined();
    expect(SOURCE).toContain(machinery);
    const ofArgo = 'time="2026-11-30T12:00:00Z" level=info msg="sub-process"';
    expect(lineForPeople(ofArgo, () => undefined, english)).toBeUndefined();
  });

  it.each([
    'FATAL ERROR: Reached heap limit Allocation failed',
    'Killed',
    'time="2026-11-30T12:00:00Z" level=error msg="wait failed"',
  ])('leaves out no word of others that may say what went wrong: %s', text => {
    const told = lineForPeople(text, () => undefined, english);
    expect(told?.text).toBe(text);
  });

  it.each(['warn', 'error'])('leaves out no %s that has no sentence', level => {
    expect(say('checkpoint connection lost', {}, level)).toContain(
      'checkpoint connection lost',
    );
  });

  it('has the sentence that a step ends with', () => {
    const sentence = 'The checkpoint database can’t be used.';
    expect(say(sentence, { exitCode: 10 }, 'error')).toBe(sentence);
  });

  it('is known by the lines of our steps', () => {
    expect(SOURCE).toContain('name: argv[0]');
    expect(isOfOurSteps(['hello', '{"msg":"of somebody else"}'])).toBe(false);
    expect(isOfOurSteps(['hello', line('step started')])).toBe(true);
  });

  it('names a page by what tells it from others', () => {
    expect(shortPage('https://www.a.example/')).toBe('a.example');
    expect(shortPage('https://a.example/x?id=2')).toBe('a.example/x?id=2');
    expect(shortPage(`https://a.example/${'x'.repeat(200)}`)).toHaveLength(100);
  });
});

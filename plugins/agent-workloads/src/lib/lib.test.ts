import { FACTS, EVIDENCE } from '../__testUtils__/evidence';
import { PAGES } from '../__testUtils__/pages';
import { steps } from '../__testUtils__/runs';
import { compare } from './comparison';
import { commentProblem, decidedByWords, decisionRequest } from './decision';
import { formatMoney, monthText, priceTerms } from './factText';
import { parseLogLine, splitLog } from './logLines';
import { problemOf, refusalOf } from './problem';
import { boxInPercent, decodeSaved, excerptOf, sourceKey } from './proof';
import { paramsFromView, viewFromParams } from './runsQuery';
import { columnsOf, layoutOf } from './stepGraph';
import { durationOf, formatAgo, formatElapsed } from './time';
import { english } from '../__testUtils__/words';

describe('compare', () => {
  const companies = compare(FACTS);

  it('arranges facts by company in order of appearance', () => {
    expect(companies.map(company => company.host)).toEqual([
      'brightloop.example',
      'northpeak.example',
      'quayside.example',
    ]);
  });

  it('puts plans from cheap to dear, those without a number last', () => {
    expect(companies[0].plans.map(plan => plan.name)).toEqual([
      'Starter',
      'Team',
      'Enterprise',
    ]);
  });

  it('takes no price without a period for one of a month', () => {
    const price = (value: number, period?: 'month' | 'year') => ({
      ...FACTS.find(fact => fact.kind === 'price')!,
      id: `price-${value}`,
      subject: `Plan ${value}`,
      value,
      unit: { currency: 'USD', period },
    });
    const [company] = compare([
      price(5),
      price(40, 'month'),
      price(120, 'year'),
    ]);
    expect(company.plans.map(plan => plan.name)).toEqual([
      'Plan 120',
      'Plan 40',
      'Plan 5',
    ]);
    expect(
      company.plans.map(plan => monthText(plan.prices[0], english)),
    ).toEqual(['≈ $10', '$40', '']);
  });

  it('has what is free in front, and a range as one price', () => {
    const price = (subject: string, value: number, more: object = {}) => ({
      ...FACTS.find(fact => fact.kind === 'price')!,
      id: `${subject}-${value}`,
      subject,
      value,
      unit: { currency: 'USD', ...more },
    });
    const [{ plans }] = compare([
      price('Pro', 12, { period: 'month', upTo: 24 }),
      price('Pro', 24, { period: 'month' }),
      price('Hobby', 0),
    ]);
    expect(
      plans.map(({ name, prices }) => [name, prices.map(({ value }) => value)]),
    ).toEqual([
      ['Hobby', [0]],
      ['Pro', [12]],
    ]);
  });

  it('calls a company as its pages do, and by its host where they do not', () => {
    const headline = FACTS.find(fact => fact.kind === 'headline')!;
    const named = compare([{ ...headline, subject: 'Brightloop' }]);
    expect(named[0].name).toBe('Brightloop');
    expect(companies[0].name).toBe('brightloop.example');
  });

  it('takes a host with and without "www." for one company', () => {
    const on = (url: string, index: number) => ({ ...FACTS[index], url });
    const hosts = compare([
      on('https://acme.example/', 0),
      on('https://www.acme.example/pricing', 1),
    ]).map(({ host }) => host);
    expect(hosts).toEqual(['acme.example']);
  });

  it('tells companies that call themselves alike apart by their hosts', () => {
    const headline = FACTS.find(fact => fact.kind === 'headline')!;
    const names = compare(
      ['https://one.example/', 'https://two.example/'].map(url => ({
        ...headline,
        url,
        subject: 'Acme',
      })),
    ).map(({ name }) => name);
    expect(names).toEqual(['Acme (one.example)', 'Acme (two.example)']);
  });

  it('keeps a price whose plan was not found as a plan of its own', () => {
    expect(companies[2].plans).toMatchObject([{ name: 'Everything' }]);
  });

  it('shows once what a company says on many pages, and says on how many', () => {
    const price = FACTS.find(fact => fact.kind === 'price')!;
    const on = (page: number, more: object = {}) => ({
      ...price,
      id: `price-${page}`,
      url: `https://brightloop.example/${page}`,
      ...more,
    });
    const pages = Array.from({ length: 60 }, (_, page) => on(page));
    const yearly = on(60, { unit: { ...price.unit, period: 'year' } });
    const [company] = compare([...pages, yearly]);
    expect(company.plans.map(plan => plan.prices.length)).toEqual([2]);
    expect([...company.pagesOf]).toEqual([['price-0', 60]]);
  });

  it('loses no fact', () => {
    const plans = FACTS.filter(fact => fact.kind === 'plan').length;
    const kept = companies.flatMap(company => [
      ...company.headlines,
      ...company.unnamed,
      ...company.other,
      ...company.plans.flatMap(plan => [
        ...plan.prices,
        ...plan.features,
        ...plan.terms,
      ]),
    ]);
    expect(kept).toHaveLength(FACTS.length - plans);
  });
});

describe('the words of a price', () => {
  it('name currency, period and what is bought', () => {
    expect(formatMoney(49, 'USD', english)).toBe('$49');
    expect(formatMoney(9.5, 'EUR', english)).toBe('€9.50');
    expect(formatMoney(9.5, '???', english)).toBe('9.5 ???');
    expect(
      priceTerms(
        {
          unit: { period: 'year', per: 'user', billed: 'billed annually' },
        },
        english,
      ),
    ).toBe('per user a year, billed annually');
    expect(priceTerms({}, english)).toBe('');
  });
});

describe('excerptOf', () => {
  it('cuts the words around the quote out of the saved text', () => {
    const [page] = PAGES;
    const price = FACTS.find(fact => fact.quote === '$49')!;
    const excerpt = excerptOf(page.text, price);
    expect(excerpt.matches).toBe(true);
    expect(excerpt.before.endsWith('Team\n')).toBe(true);
  });

  it('says when the words are not there', () => {
    expect(excerptOf('something else', FACTS[0]).matches).toBe(false);
  });

  it('counts a byte order mark as the offsets do', () => {
    const bytes = new Uint8Array([0xef, 0xbb, 0xbf, 0x61]);
    expect(decodeSaved(bytes.buffer)).toBe('\ufeffa');
  });

  it('finds the saved file by the hash that the fact names', () => {
    const pages = EVIDENCE.manifest!.pages;
    expect(sourceKey(FACTS[0], pages).key).toBe(pages[0].textKey);
    expect(sourceKey({ ...FACTS[0], url: 'https://x.example' }, pages)).toEqual(
      { page: undefined, key: undefined },
    );
  });
});

describe('boxInPercent', () => {
  const shot = { width: 1000, height: 500 };
  it('tells the place on the screenshot', () => {
    expect(
      boxInPercent({ x: 100, y: 50, width: 200, height: 25 }, shot),
    ).toEqual({
      left: '10.000%',
      top: '10.000%',
      width: '20.000%',
      height: '5.000%',
    });
  });
  it('knows of no place below the end of a shot that was cut', () => {
    expect(
      boxInPercent({ x: 0, y: 600, width: 10, height: 10 }, shot),
    ).toBeUndefined();
  });
});

describe('the step graph', () => {
  it('places steps by what they wait for', () => {
    expect(
      columnsOf(steps(2)).map(column => column.steps.map(step => step.name)),
    ).toEqual([['scrape'], ['screenshot', 'dom'], ['gate'], ['synthesis']]);
    expect(layoutOf(steps(2)).edges).toHaveLength(5);
  });
  it('does not hang on a circle', () => {
    const [one, two] = steps(0);
    expect(
      columnsOf([
        { ...one, dependsOn: [two.name] },
        { ...two, dependsOn: [one.name] },
      ]).flatMap(column => column.steps),
    ).toHaveLength(2);
  });
  it('is empty before the workflow begins', () => {
    expect(layoutOf([]).nodes).toEqual([]);
  });
});

describe('times', () => {
  it('are told in two units', () => {
    expect(formatElapsed(4_000, english)).toBe('4 s');
    expect(formatElapsed(80_000, english)).toBe('1 min 20 s');
    expect(formatElapsed(7_200_000, english)).toBe('2 h');
    expect(formatElapsed(-5, english)).toBe('0 s');
    expect(formatElapsed(100 * 3_600_000, english)).toBe('4 d 4 h');
  });
  it('are told from now', () => {
    const now = Date.parse('2026-11-22T10:00:00Z');
    expect(formatAgo('2026-11-22T09:59:58Z', now, english)).toBe('just now');
    expect(formatAgo('2026-11-22T09:55:00Z', now, english)).toBe('5 min ago');
    expect(formatAgo('nonsense', now, english)).toBe('unknown');
  });
  it('count a run until it ends', () => {
    const startedAt = '2026-11-22T10:00:00Z';
    const now = Date.parse('2026-11-22T10:01:00Z');
    expect(durationOf({ startedAt }, now)).toBe(60_000);
    expect(durationOf({}, now)).toBeUndefined();
  });
});

describe('the URL of the Runs table', () => {
  it('holds nothing but what differs from the default', () => {
    expect(paramsFromView(viewFromParams(new URLSearchParams())).size).toBe(0);
  });
  it('survives a round trip', () => {
    const text =
      'search=a+b&phase=Failed&phase=Denied&outcome=failed&host=a.example&url=https%3A%2F%2Fa.example%2Fp&hasReport=true&mine=true&from=2026-01-02&to=2026-01-03&sort=name&order=asc&offset=50&limit=50';
    const view = viewFromParams(new URLSearchParams(text));
    expect(paramsFromView(view).toString()).toBe(text);
  });
  it('forgets what it does not know', () => {
    const view = viewFromParams(
      new URLSearchParams(
        'phase=Odd&sort=odd&offset=-3&limit=7&from=soon&url=odd&outcome=odd',
      ),
    );
    expect(view).toMatchObject({
      phase: [],
      sort: 'startedAt',
      offset: 0,
      limit: 25,
    });
  });
});

describe('log lines', () => {
  it('are told from JSON', () => {
    expect(
      parseLogLine('{"level":40,"msg":"slow","ms":12,"pid":1}'),
    ).toMatchObject({ level: 'warn', text: 'slow  ms=12' });
  });
  it('stay as they are when they are not JSON', () => {
    expect(parseLogLine('{broken')).toEqual({ text: '{broken' });
  });
  it('are cut at the front when there are too many', () => {
    const { lines, dropped } = splitLog('a\n'.repeat(2_500));
    expect(lines).toHaveLength(2_000);
    expect(dropped).toBe(500);
  });
});

describe('a decision', () => {
  it('needs words only to deny', () => {
    expect(commentProblem('approve', '', english)).toBeUndefined();
    expect(commentProblem('deny', '  ', english)).toMatch(/Say why/);
    expect(commentProblem('deny', 'x'.repeat(2_001), english)).toMatch(
      /At most/,
    );
  });
  it('can not be made where no gate stands', () => {
    expect(
      decisionRequest({ uid: 'u' } as never, 'approve', ''),
    ).toBeUndefined();
  });
  it('is told with who or what made it', () => {
    expect(
      decidedByWords({ fourEyes: false, via: 'timeout' }, undefined, english),
    ).toMatch(/time limit/);
    expect(
      decidedByWords(
        { fourEyes: false, via: 'person', decidedBy: 'alice' },
        'bob',
        english,
      ),
    ).toBe('alice');
  });
});

describe('problemOf', () => {
  it.each([
    [401, 'Your session has ended'],
    [403, 'You may not see the runs'],
    [404, 'Not found: the runs'],
    [503, 'Not available now: the runs'],
    [500, 'Could not load the runs'],
  ])('has words for status %d', (statusCode, title) => {
    expect(
      problemOf({ statusCode, message: 'x' }, 'the runs', english).title,
    ).toBe(title);
  });

  it('ends the sentence of the backend before its own', () => {
    expect(
      problemOf(
        { statusCode: 404, message: 'There is no run x' },
        'run x',
        english,
      ).description,
    ).toMatch(/^There is no run x\. It may have been deleted/);
  });

  it('tells of a connection that is gone, not of a failed fetch', () => {
    expect(
      problemOf(new TypeError('Failed to fetch'), 'the runs', english)
        .description,
    ).toMatch(/does not answer. Check your connection/);
  });
});

describe('refusalOf', () => {
  it.each([
    [401, 'Your session has ended'],
    [403, 'You may not decide this gate'],
    [409, 'Not done: something else came first'],
    [503, 'Could not decide this gate'],
  ])('has words for status %d', (statusCode, title) => {
    expect(
      refusalOf({ statusCode, message: 'x' }, 'decide this gate', english)
        .title,
    ).toBe(title);
  });
});

import { describe, expect, it } from '@jest/globals';
import { parseHTML } from 'linkedom';
import {
  reportSchema,
  type Change,
  type Consent,
  type Manifest,
  type PageContent,
  type Report,
} from '@agentworkloads/api';
import { bundleOf, twoCards, type Line } from '@agentworkloads/facts/testing';
import { extractFacts } from '@agentworkloads/facts';
import { buildReport, type ChosenProse } from './build-report';
import { renderHtml } from './html';
import { renderMarkdown } from './markdown';
import { escapeMarkdown } from './markdown-parts';
import { renderPricesCsv } from './prices-csv';

function reportOf(
  lines: readonly (Line | string)[],
  more: {
    objective?: string;
    prose?: ChosenProse;
    changes?: Change[];
    url?: string;
    consent?: Consent;
  } = {},
): Report {
  const bundle = bundleOf(lines, more.url ? { url: more.url } : {});
  const missing = {
    ...bundleOf([], { url: 'https://acme.example/login' }).page,
    reason: 'LOGIN_WALL' as const,
    detail: 'A password field.',
  };
  const manifest: Manifest = {
    schemaVersion: 1,
    workflowUid: 'u-1',
    jobId: 'ns/job',
    objective: more.objective ?? 'What do they charge?',
    bucket: 'artifacts',
    userAgent: 'test',
    createdAt: '2026-01-02T03:04:05.000Z',
    pages: [
      { ...bundle.page, ...(more.consent && { consent: more.consent }) },
      missing,
    ],
  };
  return buildReport(
    {
      manifest,
      facts: extractFacts(bundle),
      changes: more.changes ?? [],
      degraded: ['No pictures were made.'],
      generatedAt: new Date('2026-01-02T03:04:05Z'),
    },
    more.prose,
  );
}

describe('a page that was seen after its consent layer was answered', () => {
  const both = (consent: Consent) => {
    const report = reportOf(twoCards(), { consent });
    const { document } = parseHTML(renderHtml(report));
    return [
      document.querySelector('p.pages')?.textContent,
      renderMarkdown(report),
    ];
  };

  it('says so beside its address, with the kind of the layer', () => {
    for (const text of both({ layer: 'Onetrust', answer: 'reject' }))
      expect(text?.replaceAll('\\', '')).toContain(
        '(after its consent layer (Onetrust) was answered with “reject”)',
      );
  });

  it('or says nothing of an answer that was not given', () => {
    for (const text of both({ layer: 'Onetrust', answer: 'none', why: 'x' }))
      expect(text).not.toContain('answered with');
  });
});

const contentOf = (...parts: PageContent['parts']): PageContent => ({
  schemaVersion: 1,
  type: 'other',
  textSha256: '0'.repeat(64),
  parts,
});

describe('the main content of a page', () => {
  const URL = 'https://acme.example/pricing';
  const both = (content: PageContent) => {
    const report = reportOf(twoCards(), { url: URL });
    const contents = new Map([[URL, content]]);
    const { document } = parseHTML(renderHtml(report, { contents }));
    return {
      html: document.querySelector('.words blockquote')?.textContent ?? '',
      markdown: renderMarkdown(report, { contents }),
    };
  };

  it('stands in both formats, in the words of the page', () => {
    const { html, markdown } = both(
      contentOf(
        { text: 'Plans for every team', start: 0, end: 20 },
        { text: 'A closed answer' },
        { text: 'Start today', start: 21, end: 32 },
      ),
    );
    expect(html).toBe('Plans for every team Start today');
    expect(markdown).toContain('Plans for every team Start today');
  });

  it('is cut between words, and says so', () => {
    const { html } = both(
      contentOf({ text: 'word '.repeat(1000), start: 0, end: 5000 }),
    );
    expect(html.length).toBeLessThanOrEqual(1200);
    expect(html).toMatch(/word …$/);
  });

  it('does nothing in a report, whatever a page put into it', () => {
    const hostile = HOSTILE.map((text, start) => ({ text, start, end: start }));
    const { html, markdown } = both(contentOf(...hostile));
    expect(html).toContain('<script>alert(1)</script>');
    expect(markdown).not.toMatch(/<script|<img|<svg|!\[x\]\(/);
  });

  it('is left out where it is not known', () => {
    const report = reportOf(twoCards(), { url: URL });
    expect(renderHtml(report)).not.toContain('class="words"');
    expect(renderMarkdown(report)).not.toContain('Main content');
  });
});

const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  '![x](http://evil.example/?q=1)',
  '[click](javascript:alert(1))',
  '=cmd|calc!A1',
  '+SUM(1)',
  'Pro \u202eevil\u202c name',
  'Red \u001b[31m text',
  'Cell | break | out',
  '`code` **bold** ~~gone~~ <!-- x -->',
  'https://evil.example/steal www.evil.example a@evil.example',
];

function hostilePage(): Line[] {
  return HOSTILE.flatMap((text, index) => {
    const card = `html > body > div:nth-of-type(1) > div:nth-of-type(${
      index + 1
    })`;
    return [
      { text, selector: `${card} > h3`, fontSize: 22, bold: true },
      {
        text: `$${index + 1} per month`,
        selector: `${card} > p`,
        fontSize: 30,
      },
    ];
  });
}

describe('the report', () => {
  it('says what is offered, what could not be seen, and what was done without', () => {
    const report = reportOf(twoCards());
    const html = renderHtml(report);
    const markdown = renderMarkdown(report);
    for (const text of [html, markdown]) {
      expect(text).toContain('Deluxe');
      expect(text).toMatch(/\$20/);
      expect(text).toContain('per month');
      expect(text).toContain('only shown after signing in');
      expect(text).toContain('No pictures were made');
      expect(text).toContain('Made from facts alone, without a model.');
    }
  });

  it('is the same bytes for the same input', () => {
    const [one, two] = [reportOf(twoCards()), reportOf(twoCards())];
    expect(JSON.stringify(one)).toBe(JSON.stringify(two));
    expect(renderHtml(one)).toBe(renderHtml(two));
    expect(renderMarkdown(one)).toBe(renderMarkdown(two));
  });

  it('leads from each price to its evidence', () => {
    const report = reportOf(twoCards());
    const { document } = parseHTML(renderHtml(report));
    for (const link of document.querySelectorAll('sup a')) {
      const id = link.getAttribute('href')?.slice(1) ?? '';
      expect(document.querySelector(`[id="${id}"]`)).not.toBeNull();
    }
    expect(document.querySelectorAll('#evidence tbody tr').length).toBe(
      report.facts.length,
    );
  });

  it('tells a changed price with its currency', () => {
    const price = reportOf(twoCards()).facts.find(
      fact => fact.kind === 'price',
    )!;
    const change: Change = {
      kind: 'changed',
      factKind: 'price',
      subject: 'Basic',
      url: price.url,
      before: 8,
      after: 10,
      factId: price.id,
    };
    expect(renderHtml(reportOf(twoCards(), { changes: [change] }))).toContain(
      'changed from $8 to $10',
    );
  });

  it('says what was not compared, and nothing of it where no run was compared with', () => {
    const report = {
      ...reportOf(twoCards()),
      notCompared: [
        {
          url: 'https://acme.example/pricing',
          reason: 'REDIRECTED' as const,
          detail: 'The runs were led to different pages.',
          scope: 'page' as const,
        },
      ],
    };
    const text = /Not compared[\s\S]*led to different pages/;
    expect(renderHtml(report)).toMatch(text);
    expect(renderMarkdown(report)).toMatch(text);
    expect(renderHtml(reportOf(twoCards()))).not.toContain('Not compared');
  });

  it('keeps its own sentences beside those that a model chose, and marks these', () => {
    const prose: ChosenProse = {
      sentences: [
        { text: 'Acme: Basic, $10.', factIds: [], chosenBy: 'model' },
      ],
      model: 'm-1',
      removedSentences: 2,
    };
    const own = reportOf(twoCards());
    const report = reportOf(twoCards(), { prose });
    expect(report.prose).toEqual({
      source: 'chosen',
      model: 'm-1',
      removedSentences: 2,
    });
    expect(report.summary).toEqual([
      own.summary[0],
      prose.sentences[0],
      ...own.summary.slice(1),
    ]);
    for (const text of [renderHtml(report), renderMarkdown(report)]) {
      expect(text).toContain('2 of its choices were not carried out');
      expect(text).toMatch(/Basic, \\?\$10\.(<[^>]+>| )*\(?chosen/);
    }
  });

  it('shows the proof of each sentence in all formats', () => {
    const report = reportOf(twoCards());
    const [sentence] = report.summary.filter(({ factIds }) => factIds.length);
    expect(sentence.factIds.length).toBeGreaterThan(1);
    const { document } = parseHTML(renderHtml(report));
    const marks = [...document.querySelectorAll('.summary li')]
      .find(item => item.textContent?.includes(sentence.text))
      ?.querySelectorAll('sup a');
    expect([...(marks ?? [])].map(mark => mark.getAttribute('href'))).toEqual(
      sentence.factIds.map(id => `#fact-${id}`),
    );
    const markdown = renderMarkdown(report);
    const line = markdown
      .split('\n')
      .find(each => each.startsWith('- ') && each.includes('Deluxe'));
    const notes = line?.match(/\[\^E\d+\]/g) ?? [];
    expect(notes).toHaveLength(sentence.factIds.length);
    for (const note of notes) expect(markdown).toContain(`\n${note}: `);
  });

  it('has no count of changes where nothing was compared', () => {
    const report = reportOf(twoCards());
    expect(renderHtml(report)).not.toMatch(/changes?</);
    expect(renderMarkdown(report)).not.toMatch(/change/i);
  });

  it('says so when no page could be observed', () => {
    const report = buildReport({
      manifest: {
        schemaVersion: 1,
        workflowUid: 'u-1',
        jobId: 'ns/job',
        objective: 'What do they charge?',
        bucket: 'artifacts',
        userAgent: 'test',
        createdAt: '2026-01-02T03:04:05.000Z',
        pages: [
          {
            ...bundleOf([]).page,
            reason: 'ROBOTS_DISALLOWED',
            detail: 'Disallow: /',
          },
        ],
      },
      facts: [],
      changes: [],
      degraded: [],
      generatedAt: new Date('2026-01-02T03:04:05Z'),
    });
    for (const text of [renderHtml(report), renderMarkdown(report)]) {
      expect(text).toContain('The page could not be observed');
      expect(text).toContain('robots.txt asks robots to stay away');
    }
  });

  it('reads a report of before, whose sentences are bare strings', () => {
    const old = {
      ...reportOf(twoCards()),
      prose: { source: 'llm', model: 'm-0' },
      summary: ['Basic costs $10.'],
    };
    const report = reportSchema.parse(old);
    expect(report.summary).toEqual([
      { text: 'Basic costs $10.', factIds: [], chosenBy: 'facts' },
    ]);
    expect(renderHtml(report)).toContain('have no proof of their own');
  });
});

describe('report.html with a hostile page', () => {
  const report = reportOf(hostilePage(), { objective: HOSTILE.join(' ') });
  const html = renderHtml(report);
  const { document } = parseHTML(html);

  it('holds no element that the page made', () => {
    expect(
      document.querySelectorAll('script, img, svg, iframe, object, form')
        .length,
    ).toBe(0);
    for (const element of document.querySelectorAll('*'))
      for (const name of element.getAttributeNames())
        expect(name).not.toMatch(/^on/i);
  });

  it('links to pages of the run and to itself only', () => {
    for (const link of document.querySelectorAll('a'))
      expect(link.getAttribute('href')).toMatch(
        /^(?:#|https:\/\/acme\.example\/)/,
      );
  });

  it('forbids scripts and everything remote', () => {
    const policy = document
      .querySelector('meta[http-equiv="Content-Security-Policy"]')
      ?.getAttribute('content');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('script-src');
    expect(html).not.toMatch(/@import|url\(/);
  });

  it('holds no controls and no marks that turn the text around', () => {
    // eslint-disable-next-line no-control-regex
    expect(html).not.toMatch(
      /[\u0000-\u0008\u000b-\u001f\u202a-\u202e\u2066-\u2069]/,
    );
  });

  it('has no cell that a spreadsheet takes for a formula', () => {
    for (const cell of document.querySelectorAll('td, th'))
      expect(cell.textContent).not.toMatch(/^[=+@-]/);
  });

  it('takes pictures only as data', () => {
    const url = report.pages[0].url;
    const bad = new Map([[url, 'https://evil.example/x.png']]);
    const worse = new Map([
      [url, 'data:image/png;base64,AA"onerror="alert(1)'],
    ]);
    const good = new Map([[url, 'data:image/webp;base64,AAAA']]);
    expect(renderHtml(report, { thumbnails: bad })).not.toContain('<img');
    expect(renderHtml(report, { thumbnails: worse })).not.toContain('<img');
    expect(renderHtml(report, { thumbnails: good })).toContain(
      '<img src="data:image/webp;base64,AAAA"',
    );
  });
});

describe('report.md with a hostile page', () => {
  const markdown = renderMarkdown(
    reportOf(hostilePage(), { objective: HOSTILE.join(' ') }),
  );

  it('holds no raw HTML, no image and no link of the page', () => {
    expect(markdown).not.toMatch(/<(?!https:\/\/acme\.example)/);
    expect(markdown).not.toMatch(
      /(?<!\\)!?\[[^\]\\]*\]\((?!<https:\/\/acme\.example)/,
    );
    expect(markdown).not.toMatch(/https?:\/\/evil|www\.evil/);
  });

  it('keeps each row of a table in its columns', () => {
    const lines = markdown.split('\n');
    const rows = lines.filter(line => line.startsWith('| acme'));
    expect(rows.length).toBeGreaterThan(5);
    for (const row of rows) expect(row.split(/(?<!\\)\|/).length).toBe(7);
  });

  it.each([
    ['- item', '\\- item'],
    ['1. item', '1\\. item'],
    ['# head', '\\# head'],
    ['a*b_c', 'a\\*b\\_c'],
    ['line\nbreak', 'line break'],
    ['x <b>', 'x &#60;b&#62;'],
  ])('escapes %j', (text, expected) => {
    expect(escapeMarkdown(text)).toBe(expected);
  });
});

it('a javascript: page address is no link', () => {
  const report = reportOf(twoCards(), { url: 'javascript:alert(1)' });
  expect(renderHtml(report)).not.toContain('href="javascript');
  expect(renderMarkdown(report)).not.toContain('(<javascript');
});

describe('prices.csv', () => {
  const parse = (csv: string) =>
    csv
      .replace(/^\ufeff/, '')
      .trimEnd()
      .split('\r\n');

  it('has a line for each price, with its terms and its proof', () => {
    const report = reportOf(twoCards());
    const [head, ...lines] = parse(renderPricesCsv(report));
    expect(head.split(',').slice(0, 6)).toEqual([
      'company',
      'plan',
      'amount',
      'amount_up_to',
      'from',
      'currency',
    ]);
    expect(lines).toHaveLength(2);
    const [basic] = report.facts.filter(fact => fact.kind === 'price');
    expect(lines[0]).toContain('Basic,10,,,USD,month,,,10,,');
    expect(lines[0]).toContain(basic.id);
    expect(lines[0]).toContain(basic.sourceSha256);
  });

  it('begins with a byte order mark, and no cell is a formula', () => {
    const csv = renderPricesCsv(reportOf(hostilePage()));
    expect(csv.startsWith('\ufeff')).toBe(true);
    const cells = parse(csv).flatMap(line => line.split(','));
    expect(cells.filter(cell => /^"?[=+@-]/.test(cell))).toEqual([]);
    expect(cells.length).toBeGreaterThan(50);
  });
});

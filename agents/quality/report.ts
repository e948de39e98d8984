import type { ProseScore } from '../test/prose-set';
import type { MoneyResult } from './money-strings';
import { pairsPart } from './pairs/report';
import type { PairSummary } from './pairs/summary';
import {
  addTally,
  emptyTally,
  precision,
  recall,
  wrongRate,
  type PageScore,
  type Tally,
} from './score';
import { table } from './table';

/** Mean word scores of the pages of one type. */
export interface ContentScore {
  type: string;
  pages: number;
  f1: number;
  precision: number;
  recall: number;
}

/** A number that was measured once and stays: how it was before. */
export interface Milestone {
  date: string;
  what: string;
  pages: string;
}

export interface Measured {
  /** Undefined: not measured, and why. */
  money: readonly MoneyResult[] | string;
  pages: readonly PageScore[];
  content: readonly ContentScore[] | string;
  prose: readonly (ProseScore & { set: string })[];
  /** Or why they were not measured. */
  pairs: PairSummary | string;
  history: readonly Milestone[];
}

const share = (value: number | undefined, digits = 3) =>
  value === undefined ? '–' : value.toFixed(digits);
const percent = (value: number | undefined) =>
  value === undefined ? '–' : `${(value * 100).toFixed(1)} %`;

const tallyCells = (t: Tally) => [
  t.truth,
  share(precision(t)),
  share(recall(t)),
  percent(wrongRate(t)),
];
const TALLY_HEAD = ['prices', 'P', 'R', 'wrong price'];

/** The least R of each language and each currency on the labelled pages. */
const AIM_OF_EACH = 0.85;
/** Mean F1 of the main content. */
const AIM_OF_CONTENT = 0.86;

/** Which lines of a table are below their aim, in words. */
function belowAim(what: string, lines: readonly [string, Tally][]): string {
  const below = lines
    .filter(([, tally]) => (recall(tally) ?? 1) < AIM_OF_EACH)
    .map(([key, tally]) => `**${key}** (${share(recall(tally))})`);
  const aim = `The aim is an R of ${share(AIM_OF_EACH, 2)} for each ${what}; `;
  return (
    aim +
    (below.length > 0 ? `below it: ${below.join(', ')}.` : 'none is below it.')
  );
}

/** One line about some pages, as the history has it. */
export function sumsOf(pages: readonly PageScore[]): string {
  const sum = emptyTally();
  for (const page of pages) addTally(sum, page);
  const wrong = `${percent(wrongRate(sum))} (${sum.wrong} of ${sum.printed})`;
  return `${pages.length} pages, ${sum.truth} prices: P ${share(
    precision(sum),
  )}, R ${share(recall(sum))}, wrong price ${wrong}`;
}

function tallies(
  pages: readonly PageScore[],
  keysOf: (page: PageScore) => Record<string, Tally>,
): [string, Tally][] {
  const sums = new Map<string, Tally>();
  for (const page of pages)
    for (const [key, tally] of Object.entries(keysOf(page))) {
      const sum = sums.get(key) ?? emptyTally();
      addTally(sum, tally);
      sums.set(key, sum);
    }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
}

export function total(pages: readonly PageScore[]): Tally {
  const sum = emptyTally();
  for (const page of pages) addTally(sum, page);
  return sum;
}

function moneyPart(money: Measured['money']): string {
  const head = `## (a) Amounts in strings

price-parser's public table of strings from shops, fetched from its source package at the time of measuring. Counted are the strings that
hold their currency; right is the amount with a currency that is written with that mark. The table itself names a mark and no currency, so
**the answer key was widened by us**: a mark may mean each currency that price-parser's own table of currencies, a locale of \`Intl\`, or the
short list of \`agents/quality/money-strings.ts\` writes so. Amounts are the table's own. A mark of several currencies, such as \`Br\`, is
read without one. Its \`XFAIL\` lists, which price-parser
itself does not read, stand apart.`;
  if (typeof money === 'string') return `${head}\n\nNot measured: ${money}`;
  const line = (name: string, list: readonly MoneyResult[]) => {
    const of = (outcome: MoneyResult['outcome']) =>
      list.filter(each => each.outcome === outcome).length;
    return [
      name,
      list.length,
      percent(of('right') / list.length),
      of('wrong amount'),
      of('wrong currency'),
      of('no currency'),
      of('not read'),
    ];
  };
  const expected = (each: MoneyResult) => !/XFAIL/.test(each.list);
  return `${head}\n\n${table(
    [
      'strings',
      'count',
      'right',
      'wrong amount',
      'wrong currency',
      'no currency',
      'not read',
    ],
    [
      line('table', money.filter(expected)),
      line(
        '`XFAIL`',
        money.filter(each => !expected(each)),
      ),
    ],
  )}`;
}

function pagesPart(pages: readonly PageScore[]): string {
  const byHand = pages.filter(page => page.kind === 'hand');
  const generated = pages.filter(page => page.kind !== 'hand');
  return `## (b) Labelled pages

${
  pages.length
} pages in [agents/quality](https://github.com/agentworkloads/agent-workloads/blob/main/agents/quality/README.md), truth beside each, committed before the rules that read them. **The rules have
since been fitted to these pages**, so that the table says what still reads as it did, and not what unseen pages give: for those the first
runs under [History](#history) count. Right is a price with the right amount, currency, period and plan; missing and unnamed ones count against R, each end of a range counts for itself. A
wrong price is one whose amount or currency is not in the truth for its plan, over all that were printed. The aim for pages that nobody has
seen before is at most 0.5 % of wrong prices; **it is not met**: the first runs of the later batches under [History](#history) gave more.

${table(
  ['set', 'pages', ...TALLY_HEAD],
  [
    ['all', pages.length, ...tallyCells(total(pages))],
    ['generated', generated.length, ...tallyCells(total(generated))],
    ['by hand', byHand.length, ...tallyCells(total(byHand))],
  ],
)}

### By language

${belowAim(
  'language',
  tallies(pages, page => ({ [page.language.split('-')[0]]: page })),
)}

${table(
  ['language', ...TALLY_HEAD],
  tallies(pages, page => ({ [page.language.split('-')[0]]: page })).map(
    ([key, tally]) => [key, ...tallyCells(tally)],
  ),
)}

### By currency

${belowAim(
  'currency',
  tallies(pages, page => page.currencies),
)}

${table(
  ['currency', ...TALLY_HEAD],
  tallies(pages, page => page.currencies).map(([key, tally]) => [
    key,
    ...tallyCells(tally),
  ]),
)}

### By layout

${table(
  ['layout', ...TALLY_HEAD],
  tallies(pages, page => ({ [page.kind]: page })).map(([key, tally]) => [
    key,
    ...tallyCells(tally),
  ]),
)}`;
}

function contentPart(content: Measured['content']): string {
  const head = `## (c) Main content

The development pages of WCXB, the Web Content eXtraction Benchmark (CC-BY-4.0), in a folder that is not part of this repository: F1 of the
words of \`mainContent\`, mean over pages. Rendered without network, so most have no style sheet. **The model that chooses has learned from these
pages**, so the table says what still reads as it did; how it reads pages of sites that it has not seen is in [main-content.md](main-content.md).
The benchmark's test part was never looked at.`;
  if (typeof content === 'string') return `${head}\n\nNot measured: ${content}`;
  const all = content.find(each => each.type === 'all')?.f1 ?? 0;
  const said = `The aim is a mean F1 of ${share(AIM_OF_CONTENT, 2)}; ${
    all < AIM_OF_CONTENT
      ? `**it is not met**: ${share(all)}`
      : `it is met: ${share(all)}`
  }.`;
  return `${head}\n\n${said}\n\n${table(
    ['type', 'pages', 'F1', 'precision', 'recall'],
    content.map(each => [
      each.type,
      each.pages,
      share(each.f1),
      share(each.precision),
      share(each.recall),
    ]),
  )}`;
}

function prosePart(prose: Measured['prose']): string {
  return `## (d) Prose

False sentences, each in every form in which the answer of a model could carry it; passed are those that would stand in a report. The
sentences: [false-sentences.ts](https://github.com/agentworkloads/agent-workloads/blob/main/agents/test/false-sentences.ts); what a model may do: [report.md](report.md).

The third set has no false sentence: its facts are on their pages, in words that would say more once they are printed (a plan that is called
“Basic is free for ever. Team”, a quotation mark that closes ours, a rival's name without its legal form, a page that was not seen). Counted
are the sentences that are made of them, with a model and without; passed are those that say it as words of the report's own:
[prose-traps.ts](https://github.com/agentworkloads/agent-workloads/blob/main/agents/test/prose-traps.ts).

${table(
  ['set', 'sentences', 'answers', 'passed'],
  prose.map(each => [
    each.set,
    each.sentences,
    each.answers,
    each.passed.length,
  ]),
)}`;
}

/** docs/quality.md, before formatting. */
export function toMarkdown(measured: Measured): string {
  return `# Quality

Written by \`npm run quality\`; not by hand. Numbers change only when the extraction or the pages do: no time is measured here (see
\`bench/\`).

${table(
  ['to measure', 'run'],
  [
    ['all of it', '`npm run quality -- --wcxb FOLDER` (or `WCXB_DEV=FOLDER`)'],
    ['changes of mutated pages alone', '`npm run quality -- --pairs`'],
    ['without a network', '`npm run quality -- --no-fetch`'],
    ['what was missed, page by page', '`npm run quality -- --list`'],
    [
      'what reads differently than recorded',
      '`npm run quality -- --compare`, changes no file',
    ],
  ],
)}

A part that is not measured in a run keeps its words "not measured". What every labelled page gave is in
[agents/quality/golden.json](https://github.com/agentworkloads/agent-workloads/blob/main/agents/quality/golden.json), for comparison after a change that should change nothing.

${moneyPart(measured.money)}

${pagesPart(measured.pages)}

${contentPart(measured.content)}

${prosePart(measured.prose)}

${pairsPart(measured.pairs)}

## History

${table(
  ['date', 'what', 'labelled pages'],
  measured.history.map(each => [each.date, each.what, each.pages]),
)}
`;
}

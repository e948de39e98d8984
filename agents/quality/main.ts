import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Fact } from '@agentworkloads/api';
import { FALSE_SENTENCES, generated } from '../test/false-sentences';
import { tryFalseSentences } from '../test/prose-set';
import { traps, tryTraps } from '../test/prose-traps';
import { wordScore } from './content-score';
import { readMoneyStrings, type MoneyTable } from './money-strings';
import { toMarkdown, type ContentScore, type Milestone } from './report';
import type { PairSummary } from './pairs/summary';
import { scorePage, type PageScore } from './score';
import { labelledPages } from './truth';

export { measureAllPairs } from './pairs/main';
export { sumsOf } from './report';

/** What `extract` prints of a file. */
export interface Line {
  file: string;
  mainContent: string;
  facts: Fact[];
  reason?: string;
}
/** Runs the product's `extract` over files, in their order. */
export type Extract = (files: readonly string[]) => Promise<Line[]>;

export interface Options {
  root: string;
  extract: Extract;
  /** price-parser's strings and marks, or why they are not there. */
  strings: MoneyTable | string;
  /** Folder of WCXB's development part: `html/NNNN.html.gz` and `ground-truth/NNNN.json`. */
  wcxb?: string;
  /** What mutated pages gave, or why they were not measured. */
  pairs: PairSummary | string;
  /** Only labelled pages whose names begin so. */
  only?: string;
}

interface Golden {
  /** Page -> its plans and prices, sorted. */
  pages: Record<string, string[]>;
}

const FOLDER = 'agents/quality';

function goldenLine(fact: Fact): string {
  const { currency, period, per, billed, from, upTo } = fact.unit ?? {};
  const unit = [
    from && 'from',
    currency,
    upTo !== undefined && `up to ${upTo}`,
    period,
    per && `per ${per}`,
    billed,
  ];
  return [fact.kind, fact.subject, fact.value, ...unit]
    .filter(part => part !== undefined && part !== false)
    .join(' | ');
}

const goldenOf = (facts: readonly Fact[]) =>
  facts
    .filter(fact => fact.kind === 'price' || fact.kind === 'plan')
    .map(goldenLine)
    .sort();

const meanOf = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

async function measureContent(
  folder: string,
  extract: Extract,
): Promise<ContentScore[]> {
  const temporary = mkdtempSync(path.join(tmpdir(), 'quality-'));
  try {
    const ids = readdirSync(path.join(folder, 'ground-truth'))
      .map(file => path.basename(file, '.json'))
      .sort();
    const truths = ids.map(id => {
      const at = path.join(folder, 'ground-truth', `${id}.json`);
      return JSON.parse(readFileSync(at, 'utf8'));
    });
    const files = ids.map(id => {
      const file = path.join(temporary, `${id}.html`);
      const body = readFileSync(path.join(folder, 'html', `${id}.html.gz`));
      writeFileSync(file, gunzipSync(body));
      return file;
    });
    const lines = await extract(files);
    const scored = lines.map((line, index) => ({
      type: truths[index]._internal?.page_type?.primary ?? 'unknown',
      ...wordScore(
        line.mainContent,
        truths[index].ground_truth?.main_content ?? '',
      ),
    }));
    const types = [...new Set(scored.map(each => each.type))].sort();
    const of = (type: string, list: typeof scored) => ({
      type,
      pages: list.length,
      f1: meanOf(list.map(each => each.f1)),
      precision: meanOf(list.map(each => each.precision)),
      recall: meanOf(list.map(each => each.recall)),
    });
    return [
      of('all', scored),
      ...types.map(type =>
        of(
          type,
          scored.filter(each => each.type === type),
        ),
      ),
    ];
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

const readJson = <T>(file: string, otherwise: T): T => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    return otherwise;
  }
};

export interface Outcome {
  /** docs/quality.md, before formatting. */
  markdown: string;
  golden: Golden;
  /** Pages whose plans or prices are not those of golden.json, with the lines that went (-) and came (+). */
  differences: string[];
  pages: PageScore[];
  /** Strings with a currency that were not read right. */
  badStrings: string[];
}

/** Measures everything that there is something for. Writes nothing. */
export async function measure(options: Options): Promise<Outcome> {
  const at = (name: string) => path.join(options.root, FOLDER, name);
  const labelled = labelledPages(at('pages')).filter(page =>
    page.name.startsWith(options.only ?? ''),
  );
  const lines = await options.extract(labelled.map(page => page.file));
  const pages = labelled.map((page, index) =>
    scorePage(page.name, page.truth, lines[index].facts),
  );
  const golden: Golden = {
    pages: Object.fromEntries(
      labelled.map((page, index) => [page.name, goldenOf(lines[index].facts)]),
    ),
  };
  const before = readJson<Golden>(at('golden.json'), { pages: {} });
  const differences = labelled.flatMap(({ name }) => {
    const [old, now] = [before.pages[name] ?? [], golden.pages[name]];
    const gone = old.filter(line => !now.includes(line));
    const came = now.filter(line => !old.includes(line));
    return gone.length + came.length === 0
      ? []
      : [
          [
            name,
            ...gone.map(line => `  - ${line}`),
            ...came.map(line => `  + ${line}`),
          ].join('\n'),
        ];
  });
  const money =
    typeof options.strings === 'string'
      ? options.strings
      : readMoneyStrings(options.strings);
  const content = options.wcxb
    ? await measureContent(options.wcxb, options.extract)
    : 'no folder was given.';
  const prose = [
    { set: 'by hand', ...tryFalseSentences(FALSE_SENTENCES) },
    { set: 'generated', ...tryFalseSentences(generated(200)) },
    { set: 'true facts in words that say more', ...tryTraps(traps()) },
  ];
  const history = readJson<Milestone[]>(at('history.json'), []);
  return {
    markdown: toMarkdown({
      money,
      pages,
      content,
      prose,
      pairs: options.pairs,
      history,
    }),
    golden,
    differences,
    pages,
    badStrings:
      typeof money === 'string'
        ? []
        : money
            .filter(each => each.outcome !== 'right')
            .map(
              each =>
                `${each.outcome}: ${JSON.stringify(each.text)} is ${
                  each.amount
                } ${each.currency}, read ${JSON.stringify(each.read ?? null)}`,
            ),
  };
}

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { labelledPages, type LabelledPage } from '../truth';
import { openWords, type PairPage, type Words } from './document';
import { orderOf } from './mutation';
import { LAYOUTS, truthOf, type Layout, type Offer } from './own-layouts';

/** The pages that are mutated: those of the labelled set by a rule, and our own. */

/** So many of the labelled set, in the order of the hash of their names. */
const LABELLED = 44;
/** Of one layout; of the pages that are written by hand, each has its own. */
const OF_A_LAYOUT = 2;
const BY_HAND = 12;

const byHash = (pages: readonly LabelledPage[]) =>
  [...pages].sort((a, b) => orderOf(a.name) - orderOf(b.name));

/** `agents/quality`, where the labelled pages and the words are. */
type Root = string;

const wordsIn = (root: Root) => openWords(path.join(root, 'set/words'));
/** Pages that were written after pairs were first measured are left out: a new page must not put others in and out. */
const LATER = /^sixth-/;
const labelledIn = (root: Root) =>
  byHash(
    labelledPages(path.join(root, 'pages')).filter(
      ({ name }) => !LATER.test(name),
    ),
  );

function reader(root: Root): (page: LabelledPage) => PairPage {
  const wordsOf = wordsIn(root);
  return ({ name, file, truth }) => ({
    name,
    html: readFileSync(file, 'utf8'),
    ...truth,
    words: wordsOf(truth.language),
  });
}

/**
 * The rule was written before anything was measured: pages with two plans or more that have each one price, in the order of the SHA-256 of
 * their names, at most two of a layout and twelve by hand.
 */
export function chosenPages(root: Root): PairPage[] {
  const pageOf = reader(root);
  const counts = new Map<string, number>();
  const chosen: PairPage[] = [];
  for (const page of labelledIn(root)) {
    const { kind, prices } = page.truth;
    const plans = new Set(prices.map(({ plan }) => plan));
    const known = counts.get(kind) ?? 0;
    const room = known < (kind === 'hand' ? BY_HAND : OF_A_LAYOUT);
    if (plans.size < 2 || plans.size !== prices.length || !room) continue;
    if (chosen.length === LABELLED) break;
    counts.set(kind, known + 1);
    chosen.push(pageOf(page));
  }
  return chosen;
}

/** Labelled pages that are only visited twice, in the same order. */
export function unchangedPages(root: Root, count: number): PairPage[] {
  return labelledIn(root).slice(0, count).map(reader(root));
}

/** In this order; see {@link ownPages}. */
const LOCALES = [
  'en-US',
  'de-DE',
  'fr-FR',
  'es-ES',
  'it-IT',
  'pt-BR',
  'nl-NL',
  'pl-PL',
  'sv-SE',
  'cs-CZ',
  'ja-JP',
  'tr-TR',
];

const STEPS = [
  { month: 18, year: 180, upTo: 36, projects: 5, space: 10 },
  { month: 46, year: 460, upTo: 92, projects: 25, space: 50 },
  { month: 128, year: 1280, upTo: 256, projects: 120, space: 500 },
];
const NEUTRAL = ['REST API', 'Slack', 'SAML SSO'];

/** Two digits that say something, as prices do. */
function scaled(words: Words, base: number): number {
  const raw = base * words.scale;
  const step = raw >= 1000 ? 10 ** (Math.floor(Math.log10(raw)) - 1) : 1;
  return Math.max(1, Math.round(raw / step) * step);
}

function ownPage(layout: Layout, words: Words): PairPage {
  const money = new Intl.NumberFormat(words.tag, {
    style: 'currency',
    currency: words.currency,
    maximumFractionDigits: 0,
  });
  const plans = words.names.slice(0, 3).map((plan, index) => {
    const step = STEPS[index];
    const month = scaled(words, step.month);
    const amounts = {
      month,
      year: month * 10,
      upTo: scaled(words, step.upTo),
    };
    const [projects, space, help] = words.lines;
    const offer: Offer = {
      name: plan,
      monthly: money.format(amounts.month),
      yearly: money.format(amounts.year),
      range: money.formatRange(amounts.month, amounts.upTo),
      features: [
        projects.replace('{n}', String(step.projects)),
        space.replace('{n}', String(step.space)),
        ...(index > 0 ? [help] : []),
        ...NEUTRAL.slice(0, index + 1),
      ],
    };
    const { currency } = words;
    return { offer, ...truthOf(layout.shows, { plan, currency }, amounts) };
  });
  const offers = plans.map(({ offer }) => offer);
  return {
    name: `own-${layout.name}-${words.tag.toLowerCase()}`,
    kind: layout.name,
    language: words.tag,
    words,
    prices: plans.map(({ price }) => price),
    also: plans.flatMap(({ also }) => also),
    forbid: [],
    html: `<!doctype html><html lang="${
      words.tag
    }"><head><meta charset="utf-8"><title>${
      words.title
    } | Siskin</title><meta property="og:site_name" content="Siskin"><style>body{font:16px/1.5 sans-serif;margin:24px}${
      layout.css
    }</style></head><body><nav><b>Siskin</b> <a href="/">${
      words.title
    }</a></nav><main><h1>${words.title}</h1>${layout.body({
      words,
      offers,
    })}</main><footer>© 2026 Siskin</footer></body></html>`,
  };
}

/** Our own: each layout in the next locales of the list, round and round, so that all of them come up. */
export function ownPages(root: Root): PairPage[] {
  const wordsOf = wordsIn(root);
  let next = 0;
  return LAYOUTS.flatMap(layout =>
    Array.from({ length: layout.locales }, () => {
      const tag = LOCALES[next % LOCALES.length];
      next += 1;
      const words = wordsOf(tag);
      if (!words) throw new Error(`There are no words of ${tag}.`);
      return ownPage(layout, words);
    }),
  );
}

import { STEP_TABLE } from '@agentworkloads/api';
import type { Words } from '../translation/words';
import { parseLogLine, type LogLine } from './logLines';
import { notObservedSentence } from './notObserved';
import { hostOf } from './safeUrl';
import { formatElapsed } from './time';

/** One line that a step of ours has logged. */
type Entry = Record<string, unknown>;

/** What a line means, with the page that it is about already in words. */
type Say = (entry: Entry, page: string, words: Words) => string;

const number = (value: unknown): number => Number(value) || 0;

/** By what a line says; `agents/src` has them. What is not among them is for who looks after the machinery. */
const SENTENCES: Record<string, Say> = {
  'step started': (_, __, { t }) => t('logSays.started'),
  'step done': ({ ms }, _, words) =>
    words.t('logSays.done', { time: formatElapsed(number(ms), words) }),
  resuming: (_, __, { t }) => t('logSays.resumes'),
  'the graph had finished before, writing its outputs again': (_, __, { t }) =>
    t('logSays.finishedBefore'),
  'asked to stop, coming to an end': (_, __, { t }) => t('logSays.stops'),
  'robots.txt is ignored, because ROBOTS=ignore was set': (_, __, { t }) =>
    t('logSays.robotsIgnored'),
  'every place of the browser service is taken, waiting for one': (
    _,
    __,
    { t },
  ) => t('logSays.waitsForBrowser'),
  'page observed': (_, page, { t }) => t('logSays.seen', { page }),
  'page not observed': ({ reason }, page, words) =>
    words.t('logSays.notSeen', {
      page,
      why: notObservedSentence(String(reason), words),
    }),
  'page was saved before, not visited again': (_, page, { t }) =>
    t('logSays.savedBefore', { page }),
  'an attempt of this step died while it visited the page': (_, page, { t }) =>
    t('logSays.died', { page }),
  'browser failed during a visit, trying again': (_, page, { t }) =>
    t('logSays.browserFailed', { page }),
  'the page was read, but not all that it could show': (_, page, { t }) =>
    t('logSays.inPart', { page }),
  'a pricing page is followed': (_, page, { t }) =>
    t('logSays.followed', { page }),
  'pages say other prices or plans than the earlier run saw; they are visited once more':
    ({ differ, again }, _, { t }) =>
      t('logSays.again', { differ: number(differ), again: number(again) }),
  'the saved pages of an earlier run are used, none is visited': (
    _,
    __,
    { t },
  ) => t('logSays.reused'),
  'manifest written': ({ pages, observed }, _, { t }) =>
    t('logSays.pagesSeen', {
      observed: number(observed),
      pages: number(pages),
    }),
  'page read': ({ facts }, page, { t }) =>
    t('logSays.factsOf', { page, count: number(facts) }),
  'the facts of a page could not be read': (_, page, { t }) =>
    t('logSays.factsFailed', { page }),
  'facts written': ({ facts }, _, { t }) =>
    t('logSays.facts', { count: number(facts) }),
  'shots written': ({ pages }, _, { t }) =>
    t('logSays.pictures', { count: number(pages) }),
  'report written': ({ facts }, _, { t }) =>
    t('logSays.report', { count: number(facts) }),
};

/** Of an error that ends a step: the sentence is for people already. */
const isEnd = ({ exitCode, msg }: Entry): boolean =>
  exitCode !== undefined && typeof msg === 'string';

/** Warnings of the machinery that say nothing of this run, and stand in every log of such a machine. */
const OF_THE_MACHINE: ReadonlySet<string> = new Set([
  'running as root, so the browser runs without its sandbox',
]);
/** Of the program that Argo starts our steps with (logfmt), where nothing is wrong. */
const OF_ARGO = /^time="?[\dTZ:.+-]+"? level="?(?:info|debug)\b/;

const SHOWN_CHARACTERS = 100;

/** `tidepool.example/pricing`: what tells a page from the others of a run. */
export function shortPage(url: string): string {
  const parsed = URL.parse(url);
  if (!parsed) return url;
  const path = `${parsed.pathname}${parsed.search}`;
  const text = `${hostOf(url)}${path === '/' ? '' : path}`;
  return text.length > SHOWN_CHARACTERS
    ? `${text.slice(0, SHOWN_CHARACTERS - 1)}…`
    : text;
}

/** Finds the address of a page by the beginning of its hash, where it is known. */
export type PageOf = (urlSha256: string) => string | undefined;

function pageIn({ url, urlSha256, host }: Entry, pageOf: PageOf): string {
  const found = typeof url === 'string' ? url : pageOf(String(urlSha256 ?? ''));
  return found ? shortPage(found) : String(host ?? '');
}

/** A step of ours logs under its name; before that is known, under that of all. */
const isOurs = (name: unknown): boolean =>
  name === 'agents' || Object.hasOwn(STEP_TABLE, String(name));

/** Undefined for what no step of ours has written. */
function entryOf(line: string): Entry | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const entry = JSON.parse(line) as Entry;
    return isOurs(entry.name) ? entry : undefined;
  } catch {
    return undefined;
  }
}

/** Whether these are lines of our steps, which can be told in words. */
export const isOfOurSteps = (lines: readonly string[]): boolean =>
  lines.some(line => entryOf(line) !== undefined);

/**
 * A line of a step in words for people.
 * What went wrong is never left out: a warning or an error that has no sentence, and what others wrote, stand as they were written.
 *
 * @returns undefined for a line that only tells of the machinery
 */
export function lineForPeople(
  line: string,
  pageOf: PageOf,
  words: Words,
): LogLine | undefined {
  const entry = entryOf(line);
  const read = parseLogLine(line);
  if (!entry) {
    return OF_ARGO.test(line) || line.trim() === '' ? undefined : read;
  }
  const { time, level } = read;
  const message = String(entry.msg);
  const say = Object.hasOwn(SENTENCES, message)
    ? SENTENCES[message]
    : undefined;
  if (say) {
    return { time, level, text: say(entry, pageIn(entry, pageOf), words) };
  }
  if (isEnd(entry)) return { time, level, text: message };
  const isWrong = level === 'warn' || level === 'error';
  return isWrong && !OF_THE_MACHINE.has(message) ? read : undefined;
}

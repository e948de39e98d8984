import {
  addressMistake,
  doubtfulTail,
  isPrivateHost,
  LIMITS,
  namesOfPage,
  readTargets,
  targetListBytes,
  type AddressMistake,
} from '@agentworkloads/api';
import { BRACES } from './objective';
import type { Words } from '../translation/words';

export interface LineProblem {
  /** Counted from 1. */
  line: number;
  text: string;
  severity: 'error' | 'warning';
  message: string;
}

export interface UrlListCheck {
  urls: string[];
  problems: LineProblem[];
  /** What is wrong with the list as a whole. */
  listProblems: string[];
}

export interface UrlListOptions {
  /** Lines are taken as what will be made of them; else each must be an address as it stands. */
  willBeMended?: boolean;
  /** Private addresses of which is known that they may be visited. */
  isAllowed?: (url: string) => boolean;
}

/** What is no blank line. */
export function urlsOf(text: string): string[] {
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean);
}

type Finding = Pick<LineProblem, 'severity' | 'message'>;

const error = (message: string): Finding => ({ severity: 'error', message });

/** Finds the lines that are one page; the second of two is told of. */
class Pages {
  private readonly lines = new Map<string, number>();

  add(url: string, line: number, { t }: Words): Finding | undefined {
    const { same, slash } = namesOfPage(url);
    const [alike, near] = [this.lines.get(same), this.lines.get(slash)];
    this.lines.set(same, alike ?? line);
    this.lines.set(slash, near ?? line);
    if (alike !== undefined && alike !== line) {
      return error(t('mistake.sameLine', { line: String(alike) }));
    }
    return near === undefined || near === line
      ? undefined
      : {
          severity: 'warning',
          message: t('mistake.nearlySameLine', { line: String(near) }),
        };
  }
}

/** What the backend would take apart, or refuse since something beside the address would be lost. */
const isMoreThanOne = (url: string): boolean =>
  readTargets(url, []).mends.some(
    ({ kind }) => kind === 'apart' || kind === 'leftOut',
  );

/** What is wrong with one address, by the rules that the API server will apply to it, or will not be seen. */
function findingsOf(
  url: string,
  words: Words,
  { isAllowed }: UrlListOptions,
): Finding[] {
  const mistake = addressMistake(url);
  if (mistake) return [error(mistakeText(mistake, words))];
  if (isMoreThanOne(url)) return [error(words.t('mistake.moreThanOne'))];
  const doubts: Finding[] = [];
  const tail = doubtfulTail(url);
  if (tail) {
    const message = words.t('mistake.tail', { tail: tail.slice(0, 80) });
    doubts.push({ severity: 'warning', message });
  }
  if (isPrivateHost(new URL(url).hostname) && !isAllowed?.(url)) {
    const message = words.t('mistake.looksPrivate');
    doubts.push({ severity: 'warning', message });
  }
  return doubts;
}

/** Checks a list of URLs, one a line. */
export function checkUrlList(
  text: string,
  words: Words,
  options: UrlListOptions = {},
): UrlListCheck {
  const problems: LineProblem[] = [];
  const pages = new Pages();
  text.split('\n').forEach((raw, index) => {
    const line = index + 1;
    const read = options.willBeMended ? readTargets(raw).lines : urlsOf(raw);
    for (const url of read) {
      const findings = findingsOf(url, words, options);
      const isAddress = findings.every(({ severity }) => severity !== 'error');
      if (isAddress && !options.willBeMended) {
        const twice = pages.add(url, line, words);
        if (twice) findings.push(twice);
      }
      problems.push(...findings.map(one => ({ line, text: url, ...one })));
    }
  });
  const urls = options.willBeMended ? readTargets(text).lines : urlsOf(text);
  return { urls, problems, listProblems: listProblems(urls, words) };
}

function mistakeText(mistake: AddressMistake, { t }: Words): string {
  if (mistake === 'tooLong') {
    return t('mistake.tooLong', { most: String(LIMITS.targetUrl) });
  }
  return mistake === 'braces'
    ? t('mistake.braces', { braces: BRACES })
    : t(`mistake.${mistake}`);
}

function listProblems(urls: readonly string[], { t }: Words): string[] {
  const problems: string[] = [];
  if (urls.length > LIMITS.targetUrls) {
    problems.push(
      t('mistake.tooMany', {
        urls: String(urls.length),
        most: String(LIMITS.targetUrls),
      }),
    );
  }
  const bytes = targetListBytes(urls);
  if (bytes > LIMITS.targetUrlsTotal) {
    problems.push(
      t('mistake.tooLarge', {
        bytes: String(bytes),
        most: String(LIMITS.targetUrlsTotal),
      }),
    );
  }
  return problems;
}

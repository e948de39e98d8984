import {
  characters,
  LIMITS,
  TARGET_URL_PATTERN,
  targetListBytes,
} from '@agentworkloads/api';

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

const PATTERN = new RegExp(TARGET_URL_PATTERN);

/** What is no blank line. */
export function urlsOf(text: string): string[] {
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean);
}

/** Checks a list of URLs, one a line, by the rules that the API server will apply to it, and warns of what will not be seen. */
export function checkUrlList(text: string, words: Words): UrlListCheck {
  const { t } = words;
  const problems: LineProblem[] = [];
  const seen = new Map<string, number>();
  const urls = urlsOf(text);
  text.split('\n').forEach((raw, index) => {
    const url = raw.trim();
    const line = index + 1;
    if (!url) {
      return;
    }
    const add = (severity: LineProblem['severity'], message: string) =>
      problems.push({ line, text: url, severity, message });
    const mistake = addressMistake(url);
    if (mistake) {
      add('error', mistakeText(mistake, words));
      return;
    }
    const normal = new URL(url).href;
    const first = seen.get(normal);
    if (first !== undefined) {
      add('error', t('mistake.sameLine', { line: String(first) }));
      return;
    }
    seen.set(normal, line);
    if (isPrivateHost(new URL(url).hostname)) {
      add('warning', t('mistake.looksPrivate'));
    }
  });
  return { urls, problems, listProblems: listProblems(urls, words) };
}

type AddressMistake =
  | 'tooLong'
  | 'beginWithHttp'
  | 'onlyHttp'
  | 'spaces'
  | 'noUrl'
  | 'credentials'
  | 'noPageAddress';

function mistakeText(mistake: AddressMistake, { t }: Words): string {
  return mistake === 'tooLong'
    ? t('mistake.tooLong', { most: String(LIMITS.targetUrl) })
    : t(`mistake.${mistake}`);
}

/** Why an address is none that a run can visit; undefined when it is one. */
export function addressMistake(url: string): AddressMistake | undefined {
  if (characters(url) > LIMITS.targetUrl) {
    return 'tooLong';
  }
  if (!/^[a-z][a-z0-9+.-]*:/i.test(url)) {
    return 'beginWithHttp';
  }
  if (!/^https?:\/\//.test(url)) {
    return 'onlyHttp';
  }
  if (/\s/.test(url)) {
    return 'spaces';
  }
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return 'noUrl';
  }
  if (
    parsed.username ||
    parsed.password ||
    url.slice(8).split(/[/?#]/)[0].includes('@')
  ) {
    return 'credentials';
  }
  return PATTERN.test(url) ? undefined : 'noPageAddress';
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

/** A guess from the name alone, for a warning; the egress proxy decides by the resolved address. */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (host.includes(':')) {
    return /^(::1?$|f[cd]|fe[89ab]|::ffff:)/.test(host);
  }
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) {
    const [a, b] = host.split('.').map(Number);
    return (
      a === 0 ||
      a === 10 ||
      a === 127 ||
      (a === 100 && b >= 64 && b <= 127) ||
      (a === 169 && b === 254) ||
      (a === 172 && b >= 16 && b <= 31) ||
      (a === 192 && b === 168)
    );
  }
  return (
    !host.includes('.') ||
    /\.(localhost|local|internal|intranet|lan|home|corp)$/.test(host)
  );
}

/** One address that a run is to visit: what is wrong with it, and what can be told from its name. */
import { TARGET_URL_PATTERN } from './agent-workload';
import { LIMITS } from './limits';
import { characters } from './text';

const ADDRESS_MISTAKES = [
  'tooLong',
  'beginWithHttp',
  'onlyHttp',
  'spaces',
  'unseen',
  'noUrl',
  'twoSchemes',
  'credentials',
  'cutShort',
  'braces',
  'noPageAddress',
] as const;
export type AddressMistake = (typeof ADDRESS_MISTAKES)[number];

/** Controls, and marks that turn the direction: who approves would see another address than is visited. */
const UNSEEN =
  /[\p{Cc}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/u;

const PATTERN = new RegExp(TARGET_URL_PATTERN);

/** Why an address is none that a run can visit, by the rules that the API server applies as well; undefined when it is one. */
export function addressMistake(url: string): AddressMistake | undefined {
  if (characters(url) > LIMITS.targetUrl) return 'tooLong';
  if (!/^[a-z][a-z0-9+.-]*:/i.test(url)) return 'beginWithHttp';
  if (!/^https?:\/\//.test(url)) return 'onlyHttp';
  if (/\s/.test(url)) return 'spaces';
  if (UNSEEN.test(url)) return 'unseen';
  if (/^https?:\/\/https?:?\/\//i.test(url)) return 'twoSchemes';
  if (!URL.canParse(url)) return 'noUrl';
  const { username, password } = new URL(url);
  if (username || password || authorityOf(url).includes('@')) {
    return 'credentials';
  }
  // The workflow engine takes it for a place to fill in; policy refuses it.
  if (url.includes('{{')) return 'braces';
  // As programs show what has no room; the page of that address is another one, or none.
  if (/(?:\.\.\.|…)$/.test(url)) return 'cutShort';
  return PATTERN.test(url) ? undefined : 'noPageAddress';
}

/** Host and port as they are written, with a name before them where there is one. */
function authorityOf(url: string): string {
  return url.replace(/^https?:\/\//i, '').split(/[/?#]/, 1)[0];
}

const isPrivateV4 = ([a, b]: number[]): boolean =>
  a === 0 ||
  a === 10 ||
  a === 127 ||
  (a === 100 && b >= 64 && b <= 127) ||
  (a === 169 && b === 254) ||
  (a === 172 && b >= 16 && b <= 31) ||
  (a === 192 && b === 168);

/** A guess from the name alone, for a warning; the egress proxy decides by the resolved address. */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (host.includes(':')) {
    return /^(::1?$|f[cd]|fe[89ab]|::ffff:)/.test(host);
  }
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) {
    return isPrivateV4(host.split('.').map(Number));
  }
  return (
    !host.includes('.') ||
    /\.(localhost|local|internal|intranet|lan|home|corp)$/.test(host)
  );
}

/** What ends a name of a file, where it has no more than that. Some are domains too; those are written with https://. */
const FILE_ENDING =
  /^(?:pdf|docx?|xlsx?|pptx?|csv|txt|md|png|jpe?g|gif|svg|html?|php|aspx?|jsp|cgi|js|json|ya?ml|xml|zip)$/i;

const isLabel = (label: string): boolean =>
  /^[\p{L}\p{N}-]+$/u.test(label) &&
  !label.startsWith('-') &&
  !label.endsWith('-');

/** A domain ends in letters; "prices.Then" is the end of one sentence and the beginning of another. */
function isDomain(labels: string[], isWhole: boolean): boolean {
  const last = labels[labels.length - 1];
  const host = labels.join('.');
  if (!/^(?:\p{L}{2,}|xn--[a-z0-9-]+)$/iu.test(last)) return false;
  if (last !== last.toLowerCase() && host !== host.toUpperCase()) return false;
  return !(isWhole && labels[0] !== 'www' && FILE_ENDING.test(last));
}

/**
 * Whether a text is an address but for its scheme, such as `www.tidepool.example/pricing` or `localhost:4180`.
 *
 * @param text without blanks
 */
export function isBareAddress(text: string): boolean {
  const [, host, port, rest] =
    /^([^/?#:@\\]{1,253})(:\d{1,5})?([/?#].*)?$/su.exec(text) ?? [];
  if (host === undefined) return false;
  const labels = host.replace(/\.$/, '').split('.');
  if (!labels.every(isLabel)) return false;
  if (labels.length === 1) {
    return /^localhost$/i.test(host) && Boolean(port ?? rest);
  }
  if (labels.length === 4 && labels.every(label => /^\d{1,3}$/.test(label))) {
    return labels.every(label => Number(label) <= 255);
  }
  return isDomain(labels, !port && !rest);
}

/** With the scheme that it most likely has: names of this machine and of a company's own network seldom have a certificate. */
export function withScheme(bare: string): string {
  const address = bare.replace(/^\/\//, '');
  const host = address.split(/[/?#:]/, 1)[0];
  return `${isPrivateHost(host) ? 'http' : 'https'}://${address}`;
}

/** Scheme and host in lower case, without the port that the scheme has anyway; everything after them as it is written. */
export function tidyAddress(url: string): string {
  const [head] = /^https?:\/\/[^/?#]*/i.exec(url) ?? [''];
  // What a name and a password look like is nobody's to change.
  if (head.includes('@')) return url;
  const tidy = head
    .toLowerCase()
    .replace(/^(http:\/\/.*):80$/, '$1')
    .replace(/^(https:\/\/.*):443$/, '$1');
  return tidy + url.slice(head.length);
}

/** In which ways two addresses may be written differently and still be one page. */
export type Sameness = 'same' | 'fragment' | 'slash';

/** A route within a page, such as `#/plans`, is a page of its own; a place within a page is not. */
function withoutPlace(url: URL): string {
  const copy = new URL(url);
  if (!/^#[/!]/.test(copy.hash)) copy.hash = '';
  return copy.href;
}

/** Of an address without mistakes: its names from the strictest to the loosest; who shares one is the same page. */
export function namesOfPage(address: string): Record<Sameness, string> {
  const url = new URL(address);
  const fragment = withoutPlace(url);
  return {
    same: url.href,
    fragment,
    slash: fragment.replace(/\/+(?=$|[?#])/, ''),
  };
}

/**
 * What ends an address and may not belong to it: another address that is glued to it, or cells of a table such as `;Acme;12`.
 *
 * @param url an address without mistakes
 * @returns the end in doubt; one that begins with http is glued
 */
export function doubtfulTail(url: string): string | undefined {
  const [head] = url.split(/[?#]/, 1);
  // After %2F or the like it is the other address's own place.
  const glued = /(?<!%[\da-f])[\p{L}\p{N}]https?:\/\//iu.exec(head);
  if (glued) return url.slice(glued.index + 1);
  const path = /^https?:\/\/[^/]+(\/.*)$/is.exec(head)?.[1] ?? '';
  const cells = /[;|][^=/]*$/u.exec(path) ?? /,(?=\p{Lu})[^=/]*$/u.exec(path);
  if (cells && /[\p{L}\p{N}]/u.test(cells[0])) return cells[0];
  const [, ...others] = path.split(',');
  const at = others.findIndex(isBareAddress);
  return at < 0 ? undefined : `,${others.slice(at).join(',')}`;
}

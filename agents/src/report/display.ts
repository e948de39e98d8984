import {
  clean,
  readSide,
  viewOf,
  type Fact,
  type NotObservedReason,
  type PageRecord,
  type SwitchStand,
} from '@agentworkloads/api';

/** How values are written for people. What comes from a page is cleaned by these; escaping is the renderers' own. */
export { clean, inert } from '@agentworkloads/api';

/** Every mark that opens or closes a quotation somewhere, an inch among them. */
const QUOTATION_MARKS = /[“”„‟«»‹›"＂″〝〞〟「」『』❝❞⹂]/gu;

/** Words of a page between quotation marks that nothing in them can close: theirs become single straight ones. */
export function quoted(text: string | number, max = 160): string {
  return `“${clean(String(text), max).replace(QUOTATION_MARKS, "'")}”`;
}

/** Plain words, too few and too small to tell anything: "billed annually". */
const PLAIN =
  /^[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}]+(?:[ '’/-][\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}]+){0,4}$/u;
/** What is charged for: "user", "Nutzer", "1,000 events", "API call". */
const UNIT =
  /^(?:\d[\d.,]* )?(?:[\p{L}\p{M}\p{N}-]+|(?:\p{Lu}{2,4}|[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}]+) [\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}]+)$/u;

/** What a page says of its terms: as it is where it is plain, else between quotation marks. */
function plainOrQuoted(text: string, plain: RegExp): string {
  const words = clean(text, 60);
  return plain.test(words) ? words : quoted(words, 60);
}

/** All decimals of the number as it is written shortest: an amount for a token or a second is small, `1.5e-9`. */
function decimalsOf(value: number): number {
  if (Number.isInteger(value)) return 0;
  const [digits, power = '0'] = String(value).split('e');
  const own = (digits.split('.')[1] ?? '').length - Number(power);
  return Math.min(MAX_DECIMALS, Math.max(2, own));
}
/** More are not printed by `Intl`. */
const MAX_DECIMALS = 100;

/** The amount as it is, never rounded: `$0.0004`, `$1.125`, `€1,290`. */
export function money(value: number, currency: string | undefined): string {
  const digits = decimalsOf(value);
  const options = {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  };
  if (!currency || !/^[A-Z]{3}$/.test(currency))
    return value.toLocaleString('en-US', options);
  return value.toLocaleString('en-US', {
    ...options,
    style: 'currency',
    currency,
  });
}

/** "per seat / month, billed annually"; empty where the page says nothing. */
export function terms(unit: Fact['unit']): string {
  const per = unit?.per ? `per ${plainOrQuoted(unit.per, UNIT)}` : '';
  // "per night" says for how long.
  const night = unit?.per === 'night' && unit.period === 'day';
  const period = night ? '' : unit?.period ?? '';
  const rate = [per, period].filter(Boolean).join(' / ');
  const lead = !per && period && period !== 'once' ? `per ${period}` : rate;
  return [lead, unit?.billed ? plainOrQuoted(unit.billed, PLAIN) : '']
    .filter(Boolean)
    .join(', ');
}

const STANDS: Record<SwitchStand, string> = {
  chosen: 'chosen',
  notChosen: 'not chosen',
  asLoaded: 'as the page comes',
  pressed: 'pressed',
};

/** What a visitor has chosen: "with “Yearly” chosen", "with “Yearly” not chosen", "with “Billing” as the page comes". */
export function choiceOf(state: string): string {
  const { label, stand } = readSide(clean(state, 70));
  return `with ${quoted(label, 60)} ${STANDS[stand]}`;
}

/** {@link terms}, and what a visitor has to choose to be shown this amount: "per month, with “Yearly” chosen". */
export function conditions(fact: Pick<Fact, 'unit' | 'state'>): string {
  const chosen = fact.state ? choiceOf(fact.state) : '';
  return [terms(fact.unit), chosen].filter(Boolean).join(', ');
}

/** "$29", "from $29", "$300–$600", "Free". */
export function amount(fact: Pick<Fact, 'value' | 'unit'>): string {
  if (typeof fact.value !== 'number') return clean(fact.value);
  const { currency, from, upTo } = fact.unit ?? {};
  if (upTo !== undefined)
    return `${money(fact.value, currency)}–${money(upTo, currency)}`;
  if (fact.value === 0) return 'Free';
  return `${from ? 'from ' : ''}${money(fact.value, currency)}`;
}

/** The host of a URL, and the path where it is more than the root. */
export function shortUrl(url: string): string {
  try {
    const { host, pathname, search } = new URL(url);
    return clean(`${host}${pathname === '/' ? '' : pathname}${search}`, 80);
  } catch {
    return clean(url, 80);
  }
}

/** Where a quote stands: "text 12–15", and of another view which one. */
export function placeOf(fact: Fact, pages: readonly PageRecord[]): string {
  const place = `${fact.source} ${fact.start}–${fact.end}`;
  const page = pages.find(each => each.url === fact.url);
  const view = page && viewOf(page, fact);
  if (view?.frame) return `${place} of a frame of ${shortUrl(view.frame.url)}`;
  if (view?.scrolled) return `${place} after scrolling down a list`;
  return view?.state && view !== page?.views?.[0]
    ? `${place} ${choiceOf(view.state)}`
    : place;
}

/** The address as a link's target, or undefined where it is not http(s). */
export function safeHref(url: string): string | undefined {
  try {
    const parsed = new URL(url);
    return /^https?:$/.test(parsed.protocol) && !parsed.username
      ? parsed.href
      : undefined;
  } catch {
    return undefined;
  }
}

export const REASONS: Readonly<Record<NotObservedReason, string>> = {
  EGRESS_BLOCKED:
    'The address is private or not allowed, so it was not visited.',
  POLICY_DENIED:
    'The page led to a host that the policy does not allow, so it was not visited.',
  ROBOTS_DISALLOWED: 'robots.txt asks robots to stay away from this page.',
  DNS_FAILED: 'The host name does not resolve.',
  TIMEOUT: 'The page did not answer in time.',
  CONNECTION_FAILED: 'No connection to the server.',
  TLS_FAILED: 'The certificate of the server was not accepted.',
  HTTP_ERROR: 'The server answered with an error.',
  TOO_LARGE: 'The page is larger than the limit.',
  NOT_HTML: 'The address does not lead to a web page.',
  TOO_MANY_REDIRECTS: 'The page redirects without end.',
  BOT_WALL: 'The site asks visitors to prove that they are people.',
  LOGIN_WALL: 'The page is only shown after signing in.',
  BLANK_PAGE: 'The page shows no text.',
  BROWSER_FAILED: 'The browser could not open the page.',
  RATE_LIMITED: 'The site asked for fewer visits.',
};

export function reasonSentence(reason: NotObservedReason): string {
  return REASONS[reason];
}

/** How a page was seen, where that was not just as it was loaded; else nothing. */
export function howSeen({
  consent,
  followedFrom,
  secondLook,
}: Pick<PageRecord, 'consent' | 'followedFrom' | 'secondLook'>): string {
  const followed = followedFrom
    ? ` (followed from ${clean(followedFrom, 120)})`
    : '';
  const again = secondLook && !secondLook.reason ? ' (looked at twice)' : '';
  if (consent?.answer !== 'reject') return followed + again;
  const kind =
    consent.layer === 'unknown' ? '' : ` (${clean(consent.layer, 60)})`;
  return `${followed}${again} (after its consent layer${kind} was answered with “reject”)`;
}

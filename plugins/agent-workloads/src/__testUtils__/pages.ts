import type { Fact, FactKind, PageRecord } from '@agentworkloads/api';
import { sha256 as sha256OfBytes } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';

/** Invented competitors: what their saved pages say, and the facts that stand in them. */
export interface FixturePage {
  url: string;
  title: string;
  text: string;
}

/** One that answers at once in a browser too, where `yarn start` runs these pages. */
export function sha256(text: string): string {
  return bytesToHex(sha256OfBytes(utf8ToBytes(text)));
}

export const WORKFLOW_UID = '4d1c0c54-0b8e-4b7e-9f55-2a4d4f4f9a10';

export const PAGES: readonly FixturePage[] = [
  {
    url: 'https://www.brightloop.example/pricing',
    title: 'Pricing – Brightloop',
    text: [
      'Brightloop',
      'Analytics that your whole team reads',
      'Starter',
      '$19 per user a month',
      'Up to 5 dashboards',
      'E-mail support',
      'Team',
      '$49 per user a month',
      'Billed annually: $470 per user a year',
      'Unlimited dashboards',
      'Alerts on any number',
      'Single sign-on',
      'Audit log',
      '14 days free, no card needed',
      'Enterprise',
      'Contact us',
      'Your own region',
    ].join('\n'),
  },
  {
    url: 'https://northpeak.example/plans',
    title: 'Plans | Northpeak',
    text: [
      'Northpeak Insights',
      'From raw events to a decision in an afternoon',
      'Free',
      '€0 a month',
      'One project',
      'Pro',
      '€39 a month',
      'Ten projects',
      'Warehouse sync',
      'Scale',
      '€129 a month',
      'Unlimited projects',
      'Talk to sales: sales@northpeak.example',
    ].join('\n'),
  },
  {
    url: 'https://quayside.example/',
    title: 'Quayside – data for product people',
    text: [
      'Quayside',
      'Data for product people',
      'Everything in one plan: $99 a month per workspace',
      'Start your trial',
    ].join('\n'),
  },
];

export const NOT_SEEN: readonly Pick<
  PageRecord,
  'url' | 'reason' | 'detail' | 'status'
>[] = [
  {
    url: 'https://walled.example/prices',
    reason: 'ROBOTS_DISALLOWED',
    detail: 'robots.txt: Disallow: /prices',
  },
  {
    url: 'https://gone.example/pricing',
    reason: 'HTTP_ERROR',
    detail: 'The host answered 404.',
    status: 404,
  },
];

function shot(
  key: string,
  kind: 'desktop' | 'mobile' | 'thumbnail-desktop' | 'thumbnail-mobile',
  width: number,
  height: number,
) {
  return {
    kind,
    key: `${key}${kind}.png`,
    sha256: sha256(key + kind),
    width,
    height,
    bytes: 40_000,
    truncated: kind === 'desktop',
  };
}

export function pageRecord(page: FixturePage): PageRecord {
  const urlSha256 = sha256(page.url);
  const prefix = `runs/${WORKFLOW_UID}/pages/${urlSha256}/`;
  return {
    url: page.url,
    urlSha256,
    finalUrl: page.url,
    status: 200,
    title: page.title,
    lang: 'en',
    fetchedAt: '2026-11-22T09:00:20.000Z',
    redirects: [],
    blocked: [],
    textKey: `${prefix}page.txt`,
    textSha256: sha256(page.text),
    htmlKey: `${prefix}page.html`,
    htmlSha256: sha256(`<html>${page.text}</html>`),
    shots: [
      shot(prefix, 'desktop', 1280, 1600),
      shot(prefix, 'mobile', 390, 844),
      shot(prefix, 'thumbnail-desktop', 320, 400),
      shot(prefix, 'thumbnail-mobile', 120, 260),
    ],
  };
}

export function missingRecord(page: (typeof NOT_SEEN)[number]): PageRecord {
  return {
    ...page,
    urlSha256: sha256(page.url),
    redirects: [],
    blocked: [],
    shots: [],
  };
}

/** A fact whose quote stands in the page's text, with true offsets and hash. */
export function factIn(
  page: FixturePage,
  kind: FactKind,
  subject: string,
  quote: string,
  more: Partial<Fact> = {},
): Fact {
  const start = page.text.indexOf(quote);
  if (start < 0) {
    throw new Error(`"${quote}" does not stand in ${page.url}`);
  }
  const line = page.text.slice(0, start).split('\n').length;
  return {
    id: sha256(`${kind} ${page.url} ${subject} ${start}`).slice(0, 16),
    kind,
    subject,
    value: quote,
    url: page.url,
    source: 'text',
    sourceSha256: sha256(page.text),
    start,
    end: start + quote.length,
    quote,
    selector: `body > main > p:nth-of-type(${line})`,
    box: { x: 120, y: 80 + line * 70, width: 420, height: 40 },
    confidence: 0.96,
    ...more,
  };
}

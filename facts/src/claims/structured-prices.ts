import type { PageBundle } from '../page/page-bundle';
import { periodOf } from '../money/terms';
import type { Claim } from './claim';
import { parseLenient } from '../page/lenient-json';

/** Prices that only the page's JSON-LD says. Used where no price is in sight. */

const MAX_DEPTH = 12;
const MAX_CLAIMS = 50;
const TYPES =
  /^(?:Product|ProductGroup|SoftwareApplication|WebApplication|MobileApplication|Service|Course|Event|Offer|AggregateOffer)$/;

type Json = Record<string, unknown>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface StructuredPrice {
  name: string;
  value: number;
  written: string;
  key: string;
  currency?: string;
  unitText?: string;
}

function typesOf(node: Json): string[] {
  const type = node['@type'];
  const all = Array.isArray(type) ? type : [type];
  return all.filter((each): each is string => typeof each === 'string');
}

function readPrice(node: Json, name: string): StructuredPrice | undefined {
  for (const key of ['price', 'lowPrice']) {
    const written = node[key];
    if (typeof written !== 'string' && typeof written !== 'number') continue;
    const value = Number(String(written).replace(/[^\d.]/g, ''));
    if (!Number.isFinite(value) || String(written).trim() === '') continue;
    const currency = node.priceCurrency;
    const unit = node.unitText;
    return {
      name,
      value,
      written: String(written),
      key,
      currency: typeof currency === 'string' ? currency : undefined,
      unitText: typeof unit === 'string' ? unit : undefined,
    };
  }
  return undefined;
}

function walk(
  node: unknown,
  name: string,
  found: StructuredPrice[],
  depth: number,
): void {
  if (depth > MAX_DEPTH || found.length >= MAX_CLAIMS) return;
  if (Array.isArray(node)) {
    for (const item of node) walk(item, name, found, depth + 1);
    return;
  }
  if (!isObject(node)) return;
  const own =
    typeof node.name === 'string' &&
    typesOf(node).some(type => TYPES.test(type))
      ? node.name
      : name;
  const isOffer = typesOf(node).some(type =>
    /Offer$|PriceSpecification$/.test(type),
  );
  const price = isOffer && own ? readPrice(node, own) : undefined;
  if (price) {
    found.push(price);
    return;
  }
  for (const key of [
    '@graph',
    'mainEntity',
    'offers',
    'priceSpecification',
    'hasVariant',
    'itemOffered',
    'itemListElement',
    'item',
    'hasOfferCatalog',
  ])
    walk(node[key], own, found, depth + 1);
}

function place(
  html: string,
  blockStart: number,
  block: string,
  price: StructuredPrice,
): [number, number] | undefined {
  const written = price.written.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(`"${price.key}"\\s{0,4}:\\s{0,4}"?${written}"?`);
  const after = Math.max(0, block.indexOf(JSON.stringify(price.name)));
  const match = pattern.exec(block.slice(after));
  if (!match) return undefined;
  const start = blockStart + after + match.index;
  const end = start + match[0].length;
  return html.slice(start, end) === match[0] ? [start, end] : undefined;
}

export function claimStructuredPrices(bundle: PageBundle): Claim[] {
  const claims: Claim[] = [];
  const seen = new Set<string>();
  let from = 0;
  for (const block of bundle.layout.jsonLd) {
    const at = bundle.html.indexOf(block, from);
    if (at < 0) continue;
    from = at;
    const found: StructuredPrice[] = [];
    walk(parseLenient(block), '', found, 0);
    for (const price of found) {
      const span = place(bundle.html, at, block, price);
      const key = `${price.name}|${price.value}|${price.currency}`;
      if (!span || seen.has(key) || claims.length >= MAX_CLAIMS) continue;
      seen.add(key);
      claims.push({
        kind: 'price',
        subject: price.name,
        value: price.value,
        unit: {
          currency: /^[A-Z]{3}$/.test(price.currency ?? '')
            ? price.currency
            : undefined,
          period: price.unitText ? periodOf(price.unitText) : undefined,
        },
        source: 'html',
        start: span[0],
        end: span[1],
        selector: 'script[type="application/ld+json"]',
        confidence: 0.6,
      });
    }
  }
  return claims;
}

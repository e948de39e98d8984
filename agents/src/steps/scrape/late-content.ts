import type { CDPSession } from 'playwright-core';
import type { Clock } from '../../runtime/clock';
import type { Collected } from '../../page-script/collect';
import type { ReadingDeps } from './read-page';
import type { ScrollDeps } from './scroll';
import { evaluateIsolated } from './settle';

/** Pages that put their content in after a pause, with no request under way that would say so. */

/** The longest pause. */
export const LATE_MS = 4000;
const POLL_MS = 200;
/** What came has to be at rest for as long, milliseconds. */
const REST_MS = 400;
/** Characters of text that are worth reading again. */
const WORTH = 15;
/** A page of less text that has scripts shows but its frame. */
const THIN = 200;

const ABOUT_PRICES =
  /\b(?:pric(?:e|es|ing)|plans?|tarif\w*|preis\w*|precios?|prezz\w*|pre[cç]os?|prijz\w*|cennik|ceny|ceník|priser|hinnat|hinnasto)\b|цен[аы]|тариф|料金|価格|价格|價格|定价|가격|요금/iu;
const AMOUNT =
  /\p{Sc}\s?\p{Nd}|\p{Nd}\s?\p{Sc}|\b[A-Z]{3}\s?\p{Nd}|\p{Nd}\s?[A-Z]{3}\b/u;
const LOADING =
  /\b(?:loading|please wait|wird geladen|chargement|cargando|caricamento|carregando)\b/i;

/** Whether a page looks as if it were not all there yet: it speaks of prices and shows none, or says that it is loading. */
export function looksUnfinished(
  url: string,
  { text, title, html }: Pick<Collected, 'text' | 'title' | 'html'>,
): boolean {
  if (AMOUNT.test(text) || !/<script/i.test(html)) return false;
  const path = URL.canParse(url) ? new URL(url).pathname : '';
  const said = `${path.replace(/[-_/]/g, ' ')} ${title} ${text.slice(0, 300)}`;
  return (
    text.length < THIN ||
    ABOUT_PRICES.test(said) ||
    (text.length < 2000 && LOADING.test(text))
  );
}

/** Whether a text shows an amount of money. */
export const showsAmount = (text: string): boolean => AMOUNT.test(text);

const BUSY =
  /\baria-busy=["']?true|\brole=["']?progressbar|\bclass=["']?[^"'>]{0,200}\b(?:skeleton|spinner|loader|loading)\b/i;

/** Whether something of a page says that it is still on its way. */
export const saysBusy = ({
  text,
  html,
}: Pick<Collected, 'text' | 'html'>): boolean =>
  BUSY.test(html) || (text.length < 2000 && LOADING.test(text));

const STATE = `(() => {
  const body = Reflect.get(Document.prototype, 'body', document);
  const text = body ? Reflect.get(HTMLElement.prototype, 'innerText', body) : '';
  return text.length;
})()`;

/** Characters of text that a page, or a frame of it, shows at this moment; undefined where it does not answer. */
export const textLength = (
  cdp: CDPSession,
  frame?: string,
): Promise<number | undefined> =>
  evaluateIsolated<number>(cdp, STATE, 1000, frame).catch(() => undefined);

/** Waits for what a page that looks unfinished may still put in; true when something came. */
export async function comesLate(
  { cdp, monitor, clock }: ScrollDeps,
  { url, collected }: { url: string; collected: Collected },
  deps: Pick<ReadingDeps, 'signal' | 'settings'>,
): Promise<boolean> {
  if (!looksUnfinished(url, collected)) return false;
  const first = await textLength(cdp);
  if (first === undefined) return false;
  const capMs = Math.min(LATE_MS, deps.settings.PAGE_SETTLE_MS);
  return somethingComes(() => textLength(cdp), first, capMs, {
    clock,
    stop: () => monitor.verdict() !== undefined,
    signal: deps.signal,
  });
}

/**
 * Waits until a text has become longer and then rests.
 * @param first its length when it was read
 * @param capMs waited at most, milliseconds
 */
export async function somethingComes(
  length: () => Promise<number | undefined>,
  first: number,
  capMs: number,
  {
    clock,
    stop,
    signal,
  }: { clock: Clock; stop?: () => boolean; signal?: AbortSignal },
): Promise<boolean> {
  const until = clock.elapsed() + capMs;
  let last = first;
  let since = clock.elapsed();
  while (clock.elapsed() < until && !stop?.()) {
    await clock.sleep(POLL_MS, signal);
    const now = (await length()) ?? last;
    if (now !== last) since = clock.elapsed();
    last = now;
    const rested = clock.elapsed() - since >= REST_MS;
    if (rested && now > first + WORTH) return true;
  }
  return last > first + WORTH;
}

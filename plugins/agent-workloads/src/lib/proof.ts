import {
  PAGE_VIEW,
  viewOf,
  type Fact,
  type PageRecord,
  type PageView,
  type Shot,
} from '@agentworkloads/api';
import type { Words } from '../translation/words';
import { choiceText } from './factText';
import { hostOf } from './safeUrl';

const CONTEXT = 160;

export interface Excerpt {
  before: string;
  quote: string;
  after: string;
  /** False when the saved file does not have the quote at the place the fact names. */
  matches: boolean;
}

/** The words around [start, end) of the saved file, in UTF-16 units. */
export function excerptOf(text: string, fact: Fact): Excerpt {
  const from = Math.max(0, fact.start - CONTEXT);
  const quote = text.slice(fact.start, fact.end);
  return {
    before: (from > 0 ? '…' : '') + text.slice(from, fact.start),
    quote,
    after:
      text.slice(fact.end, fact.end + CONTEXT) +
      (fact.end + CONTEXT < text.length ? '…' : ''),
    matches: quote === fact.quote,
  };
}

/** A byte order mark counts as one unit of the offsets, so it must not be dropped. */
export function decodeSaved(bytes: ArrayBuffer): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** @returns lower-case hex, or undefined where the browser offers no digest (plain http on a foreign host) */
export async function sha256Hex(
  bytes: ArrayBuffer,
): Promise<string | undefined> {
  const subtle = globalThis.crypto?.subtle;
  if (!subtle) {
    return undefined;
  }
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return [...digest].map(byte => byte.toString(16).padStart(2, '0')).join('');
}

/** Where the file lies that the fact quotes: of the view of the page that the fact names. */
export function sourceKey(
  fact: Fact,
  pages: readonly PageRecord[],
): { page?: PageRecord; view?: PageView; key?: string } {
  const ofUrl = pages.filter(one => one.url === fact.url);
  const proves = (page: PageRecord) => {
    const view = viewOf(page, fact);
    return [view?.textSha256, view?.htmlSha256].includes(fact.sourceSha256);
  };
  const page = ofUrl.find(proves) ?? ofUrl[0];
  if (!page) return {};
  const view = viewOf(page, fact);
  // Records without a layout have no views, but their text can be proven all the same.
  const files = view ?? (fact.view ? undefined : page);
  return {
    page,
    ...(view && { view }),
    key: fact.source === 'html' ? files?.htmlKey : files?.textKey,
  };
}

/** What a visitor has to do to see a view; empty for the page as it is loaded. */
export function viewText(view: PageView | undefined, words: Words): string {
  const { t } = words;
  if (view?.frame) {
    return t('proof.inFrame', { host: hostOf(view.frame.url) });
  }
  if (view?.scrolled) return t('proof.scrolled');
  return view?.state && view.id !== PAGE_VIEW
    ? choiceText(view.state, words)
    : '';
}

export function shotOf(
  shots: readonly Shot[] | undefined,
  kind: Shot['kind'],
): Shot | undefined {
  return shots?.find(shot => shot.kind === kind);
}

/** The box in percent of the screenshot; undefined when it lies outside of what was taken. */
export function boxInPercent(
  box: Fact['box'],
  shot: Pick<Shot, 'width' | 'height'>,
): { left: string; top: string; width: string; height: string } | undefined {
  if (!box || box.y >= shot.height || box.x >= shot.width) {
    return undefined;
  }
  const percent = (part: number, whole: number) =>
    `${((100 * part) / whole).toFixed(3)}%`;
  return {
    left: percent(box.x, shot.width),
    top: percent(box.y, shot.height),
    width: percent(Math.min(box.width, shot.width - box.x), shot.width),
    height: percent(Math.min(box.height, shot.height - box.y), shot.height),
  };
}

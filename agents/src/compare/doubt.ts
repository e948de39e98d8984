import type { NotCompared, NotComparedReason } from '@agentworkloads/api';
import type { ObservedPage, Pair } from './observed';
import { endAlike } from './same-page';
import { isMainHeadline } from './texts';

/** Why a page is not held against its earlier reading, though its address is the same. */

const LITTLE_TEXT = 0.3;
/** More of the facts of before than this gone is another page, or none. */
export const MOST_FACTS = 0.6;

const NOT_FOUND =
  /\b404\b|\bnot found\b|\b(?:can(?:.?t|not)|could ?n.t|could not) (?:be found|find)\b|\b(?:does ?n.t|does not|no longer) exists?\b|nicht gefunden|existiert nicht|introuvable|n.existe (?:pas|plus)|no encontrad|no existe|non trovat|não encontrad|niet gevonden|hittades inte|ikke fun(?:d|n)et|ei löy(?:dy|tyn)|nie znaleziono|nenalezen|nem található|nu a fost găsit|не найден|не знайден|bulunamadı|見つかりません|未找到|找不到|찾을 수 없/iu;

/** A page that is there, and says that it is not. */
export function saysNotFound({
  record,
  facts,
}: Pick<ObservedPage, 'record' | 'facts'>): boolean {
  const headlines = facts.filter(isMainHeadline);
  const said = [record.title ?? '', ...headlines.map(({ value }) => value)];
  return said.some(text => NOT_FOUND.test(String(text)));
}

function hasLittleText(page: ObservedPage, other: ObservedPage): boolean {
  return (
    page.textLength !== undefined &&
    other.textLength !== undefined &&
    page.textLength < other.textLength * LITTLE_TEXT
  );
}

export function notCompared(
  url: string,
  reason: NotComparedReason,
  detail: string,
  scope: NotCompared['scope'] = 'page',
): NotCompared {
  return { url, reason, detail: detail.slice(0, 500), scope };
}

function unseen({ url, before, after }: Pair): NotCompared | undefined {
  const [then, now] = [before.page.record, after.page.record];
  if (now.reason)
    return notCompared(
      url,
      'NOT_OBSERVED_NOW',
      `The later run did not see the page (${now.reason}).`,
    );
  if (then.reason)
    return notCompared(
      url,
      'NOT_OBSERVED_BEFORE',
      `The earlier run did not see the page (${then.reason}).`,
    );
  const unusable = after.page.unusable ?? before.page.unusable;
  return unusable && notCompared(url, unusable.reason, unusable.detail);
}

function doubted(
  url: string,
  page: ObservedPage,
  other: ObservedPage,
  run: 'earlier' | 'later',
): NotCompared | undefined {
  const reason = run === 'later' ? 'DOUBTFUL_NOW' : 'DOUBTFUL_BEFORE';
  if (saysNotFound(page))
    return notCompared(
      url,
      reason,
      `In the ${run} run the page says that it was not found.`,
    );
  if (hasLittleText(page, other))
    return notCompared(
      url,
      reason,
      `In the ${run} run the page has less than a third of the text that the other run saw.`,
    );
  return undefined;
}

/** @returns why the whole page is not compared; undefined where it may be */
export function whyNotCompared(pair: Pair): NotCompared | undefined {
  const { url, before, after } = pair;
  const hidden = unseen(pair);
  if (hidden) return hidden;
  if (!endAlike(before.page, after.page))
    return notCompared(
      url,
      'REDIRECTED',
      `The runs were led to different pages: ${
        before.page.record.finalUrl ?? before.page.record.url
      } and ${after.page.record.finalUrl ?? after.page.record.url}.`,
    );
  return (
    doubted(url, after.page, before.page, 'later') ??
    doubted(url, before.page, after.page, 'earlier')
  );
}

export function mostFactsGone(url: string): NotCompared {
  return notCompared(
    url,
    'DOUBTFUL_NOW',
    'Most of what the earlier run read on the page is no longer there: it may be another page, or not be read whole.',
  );
}

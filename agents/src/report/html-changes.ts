import type { Change, Cut, Report } from '@agentworkloads/api';
import { clean, inert, shortUrl } from './display';
import { changeSentence } from './change-words';
import { comparedSentence } from './compared-words';
import { escapeHtml, link, proofById, said } from './html-parts';

/** The section "Changes" of report.html: a sentence each, and for prices and plans what both runs saw of it. */

/** A picture of one side as a data URI, or why there is none. */
export type Pictured = (Cut & { uri: string }) | { missing: string };
/** A side is absent where the change has none. */
export interface PicturePair {
  before?: Pictured;
  after?: Pictured;
}
/** By the change's place in the report. */
export type ChangePictures = ReadonlyMap<number, PicturePair>;

const WEBP = /^data:image\/webp;base64,[A-Za-z0-9+/=]+$/;

const percent = (part: number, whole: number) =>
  `${((100 * part) / whole).toFixed(2)}%`;

function outline({ mark, area }: Cut): string {
  const { width, height } = area;
  return `<i style="left:${percent(mark.left, width)};top:${percent(
    mark.top,
    height,
  )};width:${percent(mark.width, width)};height:${percent(
    mark.height,
    height,
  )}"></i>`;
}

function picture(pictured: Pictured, alt: string): string {
  if ('missing' in pictured)
    return `<p class="muted">No picture. ${said(pictured.missing)}</p>`;
  if (!WEBP.test(pictured.uri)) return '';
  const { width, height } = pictured.area;
  return `<div class="cut" style="width:${width}px"><img src="${
    pictured.uri
  }" width="${width}" height="${height}" alt="${escapeHtml(alt)}">${outline(
    pictured,
  )}</div>`;
}

interface SideOf {
  title: 'Before' | 'Now';
  said: Change['was'];
  pictured: Pictured | undefined;
  /** Where the change has no such side. */
  none: string;
}

function figure({ title, said: side, pictured, none }: SideOf): string {
  if (!side)
    return `<figure><figcaption>${title}</figcaption><p class="muted">${none}</p></figure>`;
  if (!pictured) return '';
  const day = side.at ? `, ${side.at.slice(0, 10)}` : '';
  const part =
    'whole' in pictured && !pictured.whole
      ? ' (only part of the text fits in)'
      : '';
  const alt = `${title}: “${inert(clean(side.quote, 120))}” on ${shortUrl(
    side.url,
  )}`;
  return `<figure><figcaption>${title}${day}${part}</figcaption>${picture(
    pictured,
    alt,
  )}</figure>`;
}

function pair(change: Change, pictures: PicturePair | undefined): string {
  if (!pictures) return '';
  const { was, is } = change;
  return `<div class="pair">${figure({
    title: 'Before',
    said: was,
    pictured: pictures.before,
    none: 'It was not there.',
  })}${figure({
    title: 'Now',
    said: is,
    pictured: pictures.after,
    none: 'It is not there any more.',
  })}</div>`;
}

/** @param pictures of the changes that have some */
export function changesSection(
  report: Report,
  pictures: ChangePictures,
): string {
  const compared = comparedSentence(report);
  if (report.changes.length === 0 && !compared) return '';
  const items = report.changes.map(
    (change, index) =>
      `<li class="${change.kind}">${said(
        changeSentence(change, report.facts),
        600,
      )} <span class="muted">${link(change.url)}</span>${
        change.factId ? proofById(change.factId) : ''
      }${pair(change, pictures.get(index))}</li>`,
  );
  const lead = compared ? `<p>${said(compared, 1000)}</p>` : '';
  const list =
    items.length > 0 ? `<ul class="changes">${items.join('')}</ul>` : '';
  return `<section id="changes"><h2>Changes</h2>${lead}${list}</section>`;
}

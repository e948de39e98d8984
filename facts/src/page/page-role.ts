import { closest, type Outline } from './outline';
import type { PageBundle } from './page-bundle';

/**
 * What a page is there for. `jobs`: amounts are what people are paid. `story`: an article, a reference, a list of changes: amounts are
 * spoken of, and only a set of offers with periods is believed.
 */
export type PageRole = 'offer' | 'story' | 'jobs';

const H1 = new Set(['h1']);
const OFFERED = /\b(?:pric(?:e|es|ing)|plans?|post-? ?a|buy|rates|fees)\b/i;
const JOBS =
  /^(?:(?:our|open|current|we[’']re|we are) )?(?:careers?|jobs?|vacanc(?:y|ies)|hiring|job openings|open (?:roles|positions)|salar(?:y|ies)|work (?:with|for) us|join (?:us|our team)|karriere|stellen\p{L}*|emplois?)(?!\p{L})/iu;
const STORY =
  /^(?:how\s|why\s|what\s|when\s|(?:\d+|two|three|four|five|six|seven|eight|nine|ten) (?:ways|tips|things|reasons|lessons|steps)\b|lessons |changelog|release notes|what[’']s new|api (?:reference|docs)|documentation|developer docs|about(?:\s|$)|our story|terms(?:\s|$)|privacy|press(?:\s|$)|newsroom|news(?:\s|$)|blog(?:\s|$)|(?:case|customer) (?:study|studies|stor(?:y|ies))|customers$|investors?(?:\s|$)|annual report|legal(?:\s|$)|imprint|impressum|über uns|à propos)/i;
/** Receipts and expenses are somebody's: their amounts are what a person spent, not what is asked here. */
const OF_OTHERS =
  /\b(?:receipts|receipt (?:capture|scann\w+|tracking|management)|invoices|invoicing|expenses?(?: (?:reports?|management|tracking))?|reimbursements?|rechnungen|belege|spesen|factures|notes de frais|facturas|gastos|faktury|領収書|経費|請求書)(?![\p{L}])/iu;
/** Things for receipts that are sold like other things. */
const GOODS = /\b(?:printers?|books?|paper|rolls?|templates?|software|app)\b/i;
const OF_OTHERS_PATH =
  /\/(?:receipts|invoic(?:es|ing)|expenses?|reimbursements?)(?:[/._?#-]|$)/i;
const BYLINE =
  /\b\d{1,3} min(?:ute)?s? read\b|^by \p{Lu}[^\n]{0,60}\b20\d\d\b/iu;
const PRICE_TITLE =
  /\b(?:pricing|plans|prices|fees|rates|how much|what (?:it|we) costs?)\b/i;
const STORY_PATH =
  /\/(?:blogs?|news|press|posts?|articles?|stories|changelog|releases?|docs?|documentation|case-stud(?:y|ies)|customers|about(?:-us)?|legal|terms|privacy|investors?)(?:[/._?#-]|$)/i;
const JOBS_PATH = /\/(?:careers?|jobs|vacancies|hiring)(?:[/._?#-]|$)/i;

export function pageRole(bundle: PageBundle, outline: Outline): PageRole {
  const heading = outline.runs.find(run => closest(run.node, H1))?.text;
  const title = (heading ?? bundle.page.title ?? '').trim();
  const path = (bundle.page.finalUrl ?? bundle.page.url).replace(
    /^https?:\/\/[^/]*/i,
    '',
  );
  const offered = OFFERED.test(title);
  if (!offered && (JOBS.test(title) || JOBS_PATH.test(path))) return 'jobs';
  if (STORY_PATH.test(path) && !OFFERED.test(path)) return 'story';
  const told =
    STORY.test(title) ||
    (OF_OTHERS.test(title) && !GOODS.test(title)) ||
    OF_OTHERS_PATH.test(path) ||
    outline.runs.slice(0, 60).some(run => BYLINE.test(run.text));
  return told && !PRICE_TITLE.test(title) ? 'story' : 'offer';
}

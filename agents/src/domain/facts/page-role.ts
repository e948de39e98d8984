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
  /^(?:how\s|why\s|what\s|when\s|\d+ (?:ways|tips|things|reasons)|lessons |changelog|release notes|what[’']s new|api (?:reference|docs)|documentation|developer docs|about(?:\s|$)|our story|terms(?:\s|$)|privacy|press(?:\s|$)|newsroom|news(?:\s|$)|blog(?:\s|$)|(?:case|customer) (?:study|studies|stor(?:y|ies))|customers$|investors?(?:\s|$)|annual report|legal(?:\s|$)|imprint|impressum|über uns|à propos)/i;
const PRICE_TITLE = /\b(?:pricing|plans|prices|costs|fees|rates|how much)\b/i;
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
  return STORY.test(title) && !PRICE_TITLE.test(title) ? 'story' : 'offer';
}

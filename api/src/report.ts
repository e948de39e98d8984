import { z } from 'zod';
import {
  changeCountsSchema,
  comparedWithSchema,
  NO_COMPARISON_REASONS,
} from './baseline';
import { changeSchema, notComparedSchema } from './change';
import { reusedSchema } from './evidence-from';
import { boxSchema, FACT_KINDS, factSchema } from './fact';

const sha256 = () => z.string().regex(/^[0-9a-f]{64}$/);

/** Why a page was not observed. The portal and the report have a sentence for each. */
export const NOT_OBSERVED_REASONS = [
  'EGRESS_BLOCKED',
  'POLICY_DENIED',
  'ROBOTS_DISALLOWED',
  'DNS_FAILED',
  'TIMEOUT',
  'CONNECTION_FAILED',
  'TLS_FAILED',
  'HTTP_ERROR',
  'TOO_LARGE',
  'NOT_HTML',
  'TOO_MANY_REDIRECTS',
  'BOT_WALL',
  'LOGIN_WALL',
  'BLANK_PAGE',
  'BROWSER_FAILED',
  'RATE_LIMITED',
] as const;
export type NotObservedReason = (typeof NOT_OBSERVED_REASONS)[number];

export const shotSchema = z.object({
  kind: z.enum([
    'desktop',
    'mobile',
    'thumbnail-desktop',
    'thumbnail-mobile',
    'tile',
  ]),
  key: z.string(),
  sha256: sha256(),
  width: z.int().min(1),
  height: z.int().min(1),
  bytes: z.int().min(0),
  /** True when the page was higher than the cap and the shot ends there. */
  truncated: z.boolean().default(false),
});
export type Shot = z.infer<typeof shotSchema>;

/**
 * What read a page, for comparisons with pages that were read by another: an ability that one of two bundles lacks explains what only
 * the other one has. A bundle without it is older than this record.
 */
export const collectorSchema = z.object({
  version: z.int().min(1),
  abilities: z.array(z.string().min(1).max(60)).max(50),
});
export type Collector = z.infer<typeof collectorSchema>;

/** What a page calls itself in facts and keys as it was loaded; every page that was seen has this view. */
export const PAGE_VIEW = 'page';

/**
 * One way in which a page was seen: as it was loaded (always the first), with a switch on another side, scrolled to another part of a
 * list, or a frame of another origin that stands in it. Each has its own saved files, and facts name theirs.
 */
export const viewSchema = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  /** What was chosen to see it, in the page's own words: "Yearly". */
  state: z.string().max(120).optional(),
  /** The frame that it is the inside of. Its boxes are places on the page's own screenshot. */
  frame: z.object({ url: z.string() }).optional(),
  /** A list that holds only what is in sight of it was scrolled by so many CSS pixels. */
  scrolled: z.number().min(0).optional(),
  textKey: z.string(),
  textSha256: sha256(),
  htmlKey: z.string(),
  htmlSha256: sha256(),
  layoutKey: z.string(),
  layoutSha256: sha256(),
  shots: z.array(shotSchema).default([]),
  /** There was more than what was collected. */
  truncated: z.boolean().default(false),
});
export type PageView = z.infer<typeof viewSchema>;

/** What was answered to a layer that asked for leave to keep cookies, before the page was read. */
export const consentSchema = z.object({
  /** Its kind, as the library of such layers calls it; `unknown` where it has no name there. */
  layer: z.string().min(1).max(100),
  /** `none`: no refusal is known to have been given; the layer may still stand there. */
  answer: z.enum(['reject', 'none']),
  /** Why there is no answer, for people. */
  why: z.string().max(200).optional(),
});
export type Consent = z.infer<typeof consentSchema>;

/** One page of a run, seen or not. `reason` is there exactly when the page was not observed. */
const lookSchema = z.object({
  url: z.string(),
  urlSha256: sha256(),
  finalUrl: z.string().optional(),
  /** HTTP status of the final response. */
  status: z.int().optional(),
  reason: z.enum(NOT_OBSERVED_REASONS).optional(),
  /** One sentence for people, no secrets. */
  detail: z.string().max(500).optional(),
  redirects: z.array(z.string()).default([]),
  title: z.string().max(500).optional(),
  lang: z.string().max(35).optional(),
  fetchedAt: z.iso.datetime().optional(),
  /** Files of the page as it was loaded; where there are `views`, the same as those of the first. */
  textKey: z.string().optional(),
  textSha256: sha256().optional(),
  htmlKey: z.string().optional(),
  htmlSha256: sha256().optional(),
  layoutKey: z.string().optional(),
  layoutSha256: sha256().optional(),
  /** The page as loaded first, then what else was seen of it; absent in older bundles. Read it through `viewsOf`. */
  views: z.array(viewSchema).max(60).optional(),
  /** There was more on the page than what was collected. */
  truncated: z.boolean().optional(),
  /** The page was asked for and shows a form to sign in, and hardly anything else; absent in older bundles. */
  signIn: z.boolean().optional(),
  /** What of the page was not read, and what was done to read it: one sentence each, for people. */
  notes: z.array(z.string().max(300)).max(30).optional(),
  /** Absent where no layer was seen, and in older bundles. */
  consent: consentSchema.optional(),
  /** No target: the page that names it as that of its prices, by `spec.follow`. */
  followedFrom: z.string().max(2048).optional(),
  /** The page of the same site that this one names as that of its prices. */
  pricingLink: z.string().max(2000).optional(),
  /** Main content; absent in older bundles, and where none could be told apart. */
  contentKey: z.string().optional(),
  contentSha256: sha256().optional(),
  markdownKey: z.string().optional(),
  markdownSha256: sha256().optional(),
  collector: collectorSchema.optional(),
  /** Whether the browser that visited it had its sandbox; absent where nobody can tell. */
  sandboxed: z.boolean().optional(),
  /** Requests of the page that the egress proxy refused: host and port only. */
  blocked: z.array(z.string()).default([]),
  shots: z.array(shotSchema).default([]),
});
/** A page, as it was visited; `secondLook` where what it says was held against a second visit. */
export const pageRecordSchema = lookSchema.extend({
  /** The page as a second visit saw it, with files of its own. There only where prices or plans differ from the baseline's. */
  secondLook: lookSchema.optional(),
});
export type PageRecord = z.infer<typeof pageRecordSchema>;

/** Each visit to these pages, a second look after its first one. */
export const looksOf = (pages: readonly PageRecord[]): PageRecord[] =>
  pages.flatMap(page => [page, ...(page.secondLook ? [page.secondLook] : [])]);

/** All views of a page; one made of the page's own files where its bundle is older than views. Empty for a page that was not seen. */
export function viewsOf(page: PageRecord): PageView[] {
  if (page.views && page.views.length > 0) return page.views;
  const { textKey, textSha256, htmlKey, htmlSha256, layoutKey } = page;
  const { layoutSha256, shots } = page;
  if (!textKey || !textSha256 || !htmlKey || !htmlSha256) return [];
  if (!layoutKey || !layoutSha256) return [];
  return [
    {
      id: PAGE_VIEW,
      textKey,
      textSha256,
      htmlKey,
      htmlSha256,
      layoutKey,
      layoutSha256,
      shots,
      truncated: page.truncated ?? false,
    },
  ];
}

/** The view that a fact was read in; undefined where the page has none of that name. */
export function viewOf(
  page: PageRecord,
  fact: { view?: string },
): PageView | undefined {
  const id = fact.view ?? PAGE_VIEW;
  return viewsOf(page).find(view => view.id === id);
}

/** The pictures that show what a view shows; a frame stands on the page's own. */
export function shotsOf(page?: PageRecord, view?: PageView): readonly Shot[] {
  const first = page && viewsOf(page)[0];
  return view && !view.frame && view.id !== first?.id
    ? view.shots
    : page?.shots ?? [];
}

/** Artifact `manifest` of scrape: every target, in the order of the spec; then the pages that were followed. @public */
export const manifestSchema = z.object({
  schemaVersion: z.literal(1),
  workflowUid: z.string(),
  jobId: z.string(),
  objective: z.string(),
  bucket: z.string(),
  userAgent: z.string(),
  createdAt: z.iso.datetime(),
  /** There where the pages are those of another run, copied byte for byte: none was visited. */
  reused: reusedSchema.optional(),
  pages: z.array(pageRecordSchema),
});
/** @public */
export type Manifest = z.infer<typeof manifestSchema>;

/**
 * `layout.json` of a page: where the visible text stands on the desktop screenshot and in the DOM.
 * Runs are in text order, do not overlap, and `text.slice(start, end)` is the run's text.
 */
export const pageLayoutSchema = z.object({
  viewport: z.object({ width: z.int(), height: z.int() }),
  pageHeight: z.number(),
  runs: z.array(
    z.object({
      start: z.int().min(0),
      end: z.int().min(0),
      /** CSS path of the nearest element; shadow roots are written ` >>> `. */
      selector: z.string(),
      box: boxSchema,
      /** Computed font size in CSS pixels, weight, and struck-through text (a former price). */
      fontSize: z.number().optional(),
      bold: z.boolean().optional(),
      struck: z.boolean().optional(),
      /** Seen by a visitor, but not read out by assistive technology: decoration or a double. */
      ariaHidden: z.boolean().optional(),
      tag: z.string().optional(),
      href: z.string().optional(),
    }),
  ),
  /** Parsed or raw structured data as found: JSON-LD blocks, Open Graph and meta tags. */
  jsonLd: z.array(z.string()).default([]),
  meta: z.record(z.string(), z.string()).default({}),
  /** Text a visitor does not see; never a fact. */
  hiddenText: z.array(z.string()).default([]),
});
export type PageLayout = z.infer<typeof pageLayoutSchema>;

/** `content.json` of a page: its main content in the order of the document. */
export const pageContentSchema = z.object({
  schemaVersion: z.literal(1),
  /** What the page was taken for. */
  type: z.string().max(40),
  /** The saved text that the offsets point into. */
  textSha256: sha256(),
  parts: z.array(
    z.object({
      text: z.string(),
      /** [start, end) in UTF-16 units; absent for what a visitor does not see before he opens it. */
      start: z.int().min(0).optional(),
      end: z.int().min(0).optional(),
    }),
  ),
});
export type PageContent = z.infer<typeof pageContentSchema>;

/** Artifact `shots` of screenshot. @public */
export const shotsFileSchema = z.object({
  schemaVersion: z.literal(1),
  workflowUid: z.string(),
  pages: z.array(
    z.object({
      url: z.string(),
      shots: z.array(shotSchema),
      /** What a vision model saw; absent without one. Never a source of numbers. */
      description: z.string().max(4000).optional(),
    }),
  ),
  degraded: z.array(z.string().max(300)).default([]),
});
/** @public */
export type ShotsFile = z.infer<typeof shotsFileSchema>;

/** Output parameter `summary` of dom, seen by policy `gate` and by the approver: at most 4 KiB of JSON. @public */
export const runSummarySchema = z.object({
  pages: z.int().min(0),
  observed: z.int().min(0),
  notObserved: z
    .array(
      z.object({
        url: z.string().max(200),
        reason: z.enum(NOT_OBSERVED_REASONS),
      }),
    )
    .max(10)
    .default([]),
  notObservedTotal: z.int().min(0),
  facts: z.int().min(0),
  byKind: z.partialRecord(z.enum(FACT_KINDS), z.int().min(0)).default({}),
  /** Since an earlier run, all kinds together; says nothing without `compared`: steps of before sent 0 and had compared nothing. */
  changes: z.int().min(0).optional(),
  /** The same by kind; absent where nothing was compared, and then `notComparedReason` says why. */
  compared: changeCountsSchema.optional(),
  notComparedReason: z.enum(NO_COMPARISON_REASONS).optional(),
  /** How far the price that moved most did, in percent of what it was, whichever way; absent where none moved. */
  largestPriceChange: z.number().min(0).optional(),
  /** Changes that percent do not tell or that look odd: a price or its upper end that came or went, was or is nothing, another currency or unit, a threefold. */
  unusual: z.int().min(0).optional(),
  /** What the earlier run knew of values over time is gone or altered: steps are told, what they add up to is not. Absent where it is not so. */
  valuesLost: z.boolean().optional(),
  /** Hosts that were led to: of final addresses, redirects and frames. Those of no target come first. */
  hosts: z.array(z.string().max(300)).max(100),
  /** False where a host that is no target's had no room in `hosts`. */
  hostsComplete: z.boolean().default(false),
  degraded: z.boolean().default(false),
  /** Addresses of no target that `spec.follow` led to, observed or not, the first of them; absent where there was none. */
  followed: z.array(z.string().max(200)).max(10).optional(),
  followedTotal: z.int().min(0).optional(),
  /** `off`: a page was visited by a browser without its sandbox. `unknown`: behind a browser service, or of before. */
  browserSandbox: z.enum(['on', 'off', 'unknown']).default('unknown'),
});
/** @public */
export type RunSummary = z.infer<typeof runSummarySchema>;

/**
 * One sentence of the report's summary. Code writes it from the facts that it names; a model may only have chosen which.
 * Reports of before had bare strings here, without facts.
 */
export const summarySentenceSchema = z.preprocess(
  it => (typeof it === 'string' ? { text: it } : it),
  z.object({
    text: z.string(),
    /** Ids of the facts that it is made of; empty for what it says about the run itself. */
    factIds: z.array(z.string()).default([]),
    /** Whether a model picked it out, or it always stands. */
    chosenBy: z.enum(['facts', 'model']).default('facts'),
  }),
);
export type SummarySentence = z.infer<typeof summarySentenceSchema>;

/** Artifact `report-json` of synthesis. @public */
export const reportSchema = z.object({
  schemaVersion: z.literal(1),
  workflowUid: z.string(),
  jobId: z.string(),
  objective: z.string(),
  generatedAt: z.iso.datetime(),
  /** Where the pages were seen by another run than the one that wrote this. */
  reused: reusedSchema.optional(),
  /** What was approved at the gate: the sha256 of the artifacts that this report was made from. */
  evidence: sha256().optional(),
  /**
   * How the summary was made: `facts`, by code alone; `chosen`, by code from facts that a model chose and ordered; `llm`, in reports of
   * before, in the words of a model.
   */
  prose: z.object({
    source: z.enum(['facts', 'chosen', 'llm']),
    model: z.string().optional(),
    /** What the model asked for and did not get, because the facts do not bear it. */
    removedSentences: z.int().min(0).default(0),
  }),
  summary: z.array(summarySentenceSchema),
  facts: z.array(factSchema),
  pages: z.array(pageRecordSchema),
  changes: z.array(changeSchema).default([]),
  /** Pages that were not held against the run before, and why; absent where there was no run to compare with. */
  notCompared: z.array(notComparedSchema).optional(),
  /** Absent in reports of before, which compared with nothing. */
  comparedWith: comparedWithSchema.optional(),
  notObserved: z.array(
    z.object({
      url: z.string(),
      reason: z.enum(NOT_OBSERVED_REASONS),
      detail: z.string().optional(),
    }),
  ),
  /** Sentences on what is missing or was done without; empty when nothing is. */
  degraded: z.array(z.string()),
});
/** @public */
export type Report = z.infer<typeof reportSchema>;

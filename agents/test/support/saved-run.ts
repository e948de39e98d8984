import {
  changesFileSchema,
  PAGE_FILES,
  pageKey,
  reportSchema,
  runPrefix,
  runSummarySchema,
  shotKey,
  type Baseline,
  type ChangesFile,
  type Manifest,
  type PageFile,
  type PageRecord,
  type Report,
  type RunSummary,
  type UnfitBaseline,
} from '@agentworkloads/api';
import { sha256Hex } from '../../src/artifacts/minio-store';
import { domStep } from '../../src/steps/dom/step';
import { synthesisStep } from '../../src/steps/synthesis/step';
import {
  but,
  ENTERPRISE,
  FULL_COLLECTOR,
  PRICING,
  pricingHtml,
  STARTER,
  TEAM,
} from '../observed-runs';
import { savedPageOf } from '@agentworkloads/facts/testing';
import {
  anyStep,
  NAMESPACE,
  startGround,
  startRun,
  type Ground,
  type TestRun,
} from './harness';
import { paint, WIDTH } from './painted';

/** The HTML of each page by its URL; undefined for one that was not observed. */
export type SavedPages = Readonly<Record<string, string | undefined>>;

async function savePage(
  { s3 }: Ground,
  { place }: TestRun,
  url: string,
  body: string | undefined,
  at: string,
): Promise<PageRecord> {
  const bundle = savedPageOf(body ?? '', { url });
  const { urlSha256 } = bundle.page;
  const page: PageRecord = {
    ...bundle.page,
    lang: 'en',
    fetchedAt: at,
    collector: FULL_COLLECTOR,
  };
  if (body === undefined) return { ...page, reason: 'TIMEOUT' };
  const put = async (file: PageFile, text: string) => {
    const key = pageKey(place, urlSha256, file);
    await s3.client.putObject(s3.bucket, key, text);
    return { key, hash: sha256Hex(text) };
  };
  const text = await put(PAGE_FILES.text, bundle.text);
  const html = await put(PAGE_FILES.html, bundle.html);
  const layout = await put(PAGE_FILES.layout, JSON.stringify(bundle.layout));
  const picture = await paint(bundle.layout, bundle.text);
  const key = shotKey(place, urlSha256, 'desktop.webp');
  await s3.client.putObject(s3.bucket, key, picture);
  const shot = {
    kind: 'desktop' as const,
    key,
    sha256: sha256Hex(picture),
    width: WIDTH,
    height: bundle.layout.pageHeight,
    bytes: picture.length,
    truncated: false,
  };
  return {
    ...page,
    shots: [shot],
    textKey: text.key,
    textSha256: text.hash,
    htmlKey: html.key,
    htmlSha256: html.hash,
    layoutKey: layout.key,
    layoutSha256: layout.hash,
  };
}

/** A run whose pages stand in object storage as scrape saves them, without a browser; its manifest is given to the steps. */
export async function savedRun(
  ground: Ground,
  pages: SavedPages,
  baseline?: Baseline | UnfitBaseline,
  at = '2026-11-22T08:00:00.000Z',
): Promise<TestRun> {
  const run = await startRun(ground, {
    urls: Object.keys(pages),
    env: baseline ? { BASELINE: JSON.stringify(baseline) } : {},
  });
  const manifest: Manifest = {
    schemaVersion: 1,
    workflowUid: run.uid,
    jobId: 'ns/job',
    objective: 'What do they charge?',
    bucket: ground.s3.bucket,
    userAgent: 'test',
    createdAt: '2026-01-02T03:04:05.000Z',
    pages: [],
  };
  for (const [url, body] of Object.entries(pages)) {
    const page = await savePage(ground, run, url, body, at);
    // Scrape looks twice at what differs; here both looks see the same files.
    const again = baseline && !page.reason;
    manifest.pages.push(again ? { ...page, secondLook: page } : page);
  }
  await run.giveInput('manifest', JSON.stringify(manifest));
  return run;
}

/** dom, and its outputs given to synthesis. */
export async function readFacts(run: TestRun): Promise<void> {
  await run.run(anyStep(domStep));
  await run.giveInput('facts', await run.readOutput('facts.json'));
  await run.giveInput('changes', await run.readOutput('changes.json'));
  await run.giveInput(
    'shots',
    JSON.stringify({
      schemaVersion: 1,
      workflowUid: run.uid,
      pages: [],
      degraded: [],
    }),
  );
}

/** The run as the next one's baseline: its artifacts uploaded, as they are in a Workflow. */
export async function completed(
  { s3 }: Ground,
  run: TestRun,
): Promise<Baseline> {
  const upload = async (step: string, name: string, body: string) => {
    const key = `${runPrefix(run.place)}${step}/${name}.json`;
    await s3.client.putObject(s3.bucket, key, body);
    return { bucket: s3.bucket, key, sha256: sha256Hex(body) };
  };
  return {
    name: 'weekly-1',
    workflowUid: run.uid,
    completedAt: '2026-11-22T09:00:00.000Z',
    artifacts: {
      manifest: await upload(
        'scrape',
        'manifest',
        await run.readInput('manifest'),
      ),
      facts: await upload('dom', 'facts', await run.readOutput('facts.json')),
    },
  };
}

export interface Written {
  report: Report;
  markdown: string;
  html: string;
}

/** The runs of a test file on one ground, and what they wrote. */
export function createRuns() {
  let ground: Ground;
  const runs: TestRun[] = [];
  const started = async (
    pages: SavedPages,
    baseline?: Baseline | UnfitBaseline,
    at?: string,
  ) => {
    const run = await savedRun(ground, pages, baseline, at);
    runs.push(run);
    return run;
  };
  const compared = async (
    pages: SavedPages,
    baseline?: Baseline,
    at?: string,
  ) => {
    const run = await started(pages, baseline, at);
    await readFacts(run);
    return run;
  };
  return {
    ground: () => ground,
    async open() {
      ground = await startGround();
    },
    async close() {
      for (const run of runs) await run.close();
      await ground?.close();
    },
    started,
    compared,
    baselineOf: async (pages: SavedPages) =>
      completed(ground, await compared(pages)),
    async put(key: string, body: string): Promise<void> {
      await ground.s3.client.putObject(ground.s3.bucket, key, body);
    },
    async remove(key: string): Promise<void> {
      await ground.s3.client.removeObject(ground.s3.bucket, key);
    },
  };
}

export const changesOf = async (run: TestRun): Promise<ChangesFile> =>
  changesFileSchema.parse(JSON.parse(await run.readOutput('changes.json')));

export const summaryOf = async (run: TestRun): Promise<RunSummary> =>
  runSummarySchema.parse(JSON.parse(await run.readOutput('summary.json')));

/** Approves what dom wrote and makes the report. */
export async function reportOf(run: TestRun): Promise<Written> {
  await run.approve();
  await run.run(anyStep(synthesisStep));
  return {
    report: reportSchema.parse(JSON.parse(await run.readOutput('report.json'))),
    markdown: await run.readOutput('report.md'),
    html: await run.readOutput('report.html'),
  };
}

/** Where the earlier run saved the visible text of a page. */
export function textKeyOf(
  { workflowUid }: Pick<Baseline, 'workflowUid'>,
  url: string,
): string {
  const place = { namespace: NAMESPACE, workflowUid };
  return pageKey(place, sha256Hex(url), PAGE_FILES.text);
}

/** Where the earlier run saved the screenshot of a page. */
export function pictureKeyOf({ workflowUid }: Baseline, url: string): string {
  const place = { namespace: NAMESPACE, workflowUid };
  return shotKey(place, sha256Hex(url), 'desktop.webp');
}

export const OTHER = 'https://globex.example/pricing';
export const FIRST: SavedPages = {
  [PRICING]: pricingHtml(),
  [OTHER]: pricingHtml(),
};
/** {@link FIRST} with one price raised. */
export const SECOND: SavedPages = {
  ...FIRST,
  [PRICING]: pricingHtml([
    STARTER,
    but(TEAM, { price: '$39 per user per month' }),
    ENTERPRISE,
  ]),
};
export const CHANGE = 'changed amount price, Team: 29 -> 39';

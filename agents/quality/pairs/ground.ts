import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MemorySaver } from '@langchain/langgraph';
import {
  changesFileSchema,
  factsFileSchema,
  manifestSchema,
  runPrefix,
  type Baseline,
  type ChangesFile,
  type FactsFile,
  type Manifest,
  type PageRecord,
} from '@agentworkloads/api';
import { startEgress } from '../../test/support/egress';
import { sha256Hex } from '../../src/artifacts/minio-store';
import { createPlaywrightBrowser } from '../../src/clients/playwright-browser';
import { parseEnv, stepEnvSchema } from '../../src/config/env';
import { systemClock } from '../../src/runtime/clock';
import { createLogger } from '../../src/runtime/logger';
import { runStep } from '../../src/runtime/run-step';
import type { Step, StepDeps } from '../../src/runtime/step';
import { domStep } from '../../src/steps/dom/step';
import { scrapeStep } from '../../src/steps/scrape/step';
import { createStepDeps } from '../../src/wiring';
import { startS3 } from '../../test/support/s3';
import { startPairSite, type PairSite } from './site';

/** The steps scrape and dom in this process: S3, the proxy and one browser for all runs. */

export interface Saved {
  workflowUid: string;
  manifest: Manifest;
  facts: FactsFile;
  changes: ChangesFile;
}

export interface SavedPage {
  saved: Saved;
  record: PageRecord;
}

export interface PairGround {
  site: PairSite;
  /** Visits the addresses, in the second look right after the first, and compares them with the baseline. */
  run(
    paths: readonly string[],
    contact: string,
    baseline?: Baseline,
  ): Promise<Saved>;
  /** Pages that earlier runs saved, as if one of them had seen them all: the baseline of a run. */
  baselineOf(pages: readonly SavedPage[]): Promise<Baseline>;
  close(): Promise<void>;
}

const NAMESPACE = 'quality';

/** What the steps log says nothing that the results do not. */
const silent = createLogger({
  name: 'quality',
  level: 'fatal',
  sink: { write: () => undefined },
});

async function readJson<T>(
  folder: string,
  file: string,
  parse: (json: unknown) => T,
): Promise<T> {
  const text = await readFile(path.join(folder, 'out', file), 'utf8');
  return parse(JSON.parse(text));
}

async function stepThrough(
  steps: readonly Step[],
  deps: StepDeps,
  folder: string,
): Promise<void> {
  await mkdir(path.join(folder, 'in'), { recursive: true });
  for (const step of steps) {
    await runStep(step, deps, { saver: new MemorySaver() });
    if (step.name === 'scrape')
      await writeFile(
        path.join(folder, 'in/manifest.json'),
        await readFile(path.join(folder, 'out/manifest.json')),
      );
  }
}

/** @param chromiumPath absent: a browser is looked for */
export async function startPairGround(
  chromiumPath = process.env.CHROMIUM_PATH,
): Promise<PairGround> {
  const [s3, site] = await Promise.all([startS3(), startPairSite()]);
  const egress = await startEgress({ allow: [`127.0.0.1:${site.port}`] });
  const browser = createPlaywrightBrowser({
    chromiumPath,
    tries: 3,
    baseDelayMs: 100,
    timeoutMs: 30_000,
    placeWaitMs: 0,
    logger: silent,
    sleep: ms => systemClock.sleep(ms),
  });
  const put = async (workflowUid: string, name: string, content: unknown) => {
    const body = JSON.stringify(content);
    const place = { namespace: NAMESPACE, workflowUid };
    const key = `${runPrefix(place)}baseline-${randomUUID()}/${name}.json`;
    await s3.client.putObject(s3.bucket, key, body);
    return { bucket: s3.bucket, key, sha256: sha256Hex(body) };
  };
  return {
    site,
    async run(paths, contact, baseline) {
      const uid = randomUUID();
      const folder = await mkdtemp(path.join(tmpdir(), 'pairs-'));
      const env = parseEnv(stepEnvSchema, {
        WORKFLOW_UID: uid,
        WORKFLOW_NAMESPACE: NAMESPACE,
        JOB_ID: 'quality/pairs',
        TARGET_URLS: JSON.stringify(
          paths.map(each => encodeURI(`${site.origin}${each}`)),
        ),
        S3_ENDPOINT: s3.endpoint,
        S3_ACCESS_KEY: s3.accessKey,
        S3_SECRET_KEY: s3.secretKey,
        S3_BUCKET: s3.bucket,
        CHECKPOINT_DATABASE_URL: 'postgres://in-memory/none',
        AGENTIC_WORK_DIR: folder,
        EGRESS_RULES: '{"allow":["*"],"deny":[]}',
        EGRESS_PROXY_URL: egress.url,
        SCRAPE_CONTACT: contact,
        SECOND_LOOK_AFTER_MS: '1',
        ...(baseline && { BASELINE: JSON.stringify(baseline) }),
      });
      const { deps, close } = createStepDeps(
        env,
        silent,
        new AbortController().signal,
      );
      deps.browser = browser;
      try {
        const steps = [scrapeStep, domStep] as unknown as Step[];
        await stepThrough(steps, deps, folder);
        return {
          workflowUid: uid,
          manifest: await readJson(folder, 'manifest.json', json =>
            manifestSchema.parse(json),
          ),
          facts: await readJson(folder, 'facts.json', json =>
            factsFileSchema.parse(json),
          ),
          changes: await readJson(folder, 'changes.json', json =>
            changesFileSchema.parse(json),
          ),
        };
      } finally {
        await close();
        await rm(folder, { recursive: true, force: true });
      }
    },
    async baselineOf(pages) {
      const [{ saved }] = pages;
      const { workflowUid, manifest } = saved;
      const of = <T extends { url: string }>(
        entriesOf: (facts: FactsFile) => readonly T[] | undefined,
      ) =>
        pages.flatMap(({ saved: { facts }, record }) =>
          (entriesOf(facts) ?? []).filter(({ url }) => url === record.url),
        );
      return {
        name: 'first',
        workflowUid,
        completedAt: manifest.createdAt,
        artifacts: {
          manifest: await put(workflowUid, 'manifest', {
            ...manifest,
            pages: pages.map(({ record }) => record),
          }),
          facts: await put(workflowUid, 'facts', {
            schemaVersion: 1,
            workflowUid,
            facts: of(({ facts }) => facts),
            history: of(({ history }) => history),
          }),
        },
      };
    },
    async close() {
      await browser.close();
      await egress.close();
      await site.close();
      await s3.close();
    },
  };
}

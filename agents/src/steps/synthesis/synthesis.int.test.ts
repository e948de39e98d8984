import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  PAGE_FILES,
  pageKey,
  reportSchema,
  type Manifest,
  type Report,
} from '@agentworkloads/api';
import { bundleOf, twoCards } from '@agentworkloads/facts/testing';
import {
  anyStep,
  startGround,
  startRun,
  type Ground,
  type TestRun,
} from '../../../test/support/harness';
import { sha256Hex } from '../../artifacts/minio-store';
import type { LlmAnswer, LlmClient } from '../../clients/llm';
import type { StepDeps } from '../../runtime/step';
import { domStep } from '../dom/step';
import { synthesisStep } from './step';

let ground: Ground;
const runs: TestRun[] = [];

beforeAll(async () => {
  ground = await startGround();
});
afterAll(async () => {
  for (const run of runs) await run.close();
  await ground?.close();
});

/** A run whose one page is saved, with its manifest given to the steps. */
async function savedRun(): Promise<TestRun> {
  const url = 'https://acme.example/pricing';
  const run = await startRun(ground, { urls: [url] });
  runs.push(run);
  const bundle = bundleOf(twoCards(), { url }, {}, '<html></html>');
  const key = (file: 'page.txt' | 'page.html' | 'layout.json') =>
    pageKey(run.place, bundle.page.urlSha256, file);
  await run.run(
    anyStep({
      ...domStep,
      name: 'scrape',
      artifacts: {},
      async writeOutputs(_state, deps) {
        const layout = await deps.store.put(
          key(PAGE_FILES.layout),
          JSON.stringify(bundle.layout),
          { contentType: 'application/json' },
        );
        await deps.store.put(key(PAGE_FILES.text), bundle.text, {
          contentType: 'text/plain',
        });
        await deps.store.put(key(PAGE_FILES.html), bundle.html, {
          contentType: 'text/html',
        });
        const manifest: Manifest = {
          schemaVersion: 1,
          workflowUid: run.uid,
          jobId: 'ns/job',
          objective: 'What do they charge?',
          bucket: deps.job.bucket,
          userAgent: 'test',
          createdAt: '2026-01-02T03:04:05.000Z',
          pages: [
            {
              ...bundle.page,
              textKey: key(PAGE_FILES.text),
              htmlKey: key(PAGE_FILES.html),
              layoutKey: layout.key,
              layoutSha256: layout.sha256,
            },
          ],
        };
        await run.giveInput('manifest', JSON.stringify(manifest));
      },
    }),
    noPages,
  );
  await run.run(anyStep(domStep));
  await run.giveInput('facts', await run.readOutput('facts.json'));
  await run.giveInput(
    'shots',
    JSON.stringify({
      schemaVersion: 1,
      workflowUid: run.uid,
      pages: [],
      degraded: [],
    }),
  );
  await run.approve();
  return run;
}

/** The first call only stores objects: its graph sees an empty manifest. */
function noPages(deps: StepDeps): void {
  const { readInput } = deps.work;
  deps.work = {
    ...deps.work,
    readInput: ((name, schema) =>
      name === 'manifest'
        ? Promise.resolve({ pages: [] })
        : readInput(name, schema)) as typeof readInput,
  };
}

async function reportOf(run: TestRun): Promise<Report> {
  return reportSchema.parse(JSON.parse(await run.readOutput('report.json')));
}

function modelThatSays(answer: LlmAnswer | ((data: string) => object)) {
  const prompts: string[] = [];
  const client: LlmClient = {
    model: 'fake',
    async complete(request) {
      const [part] = request.user;
      const text = part.type === 'text' ? part.text : '';
      prompts.push(text);
      if (typeof answer !== 'function') return answer;
      return {
        ok: true,
        text: JSON.stringify(answer(text.split('\n')[1])),
        model: 'fake',
        truncated: false,
        tokens: { prompt: 1, completion: 1 },
      };
    },
  };
  return { client, prompts };
}

describe('synthesis', () => {
  it('makes the report from facts alone where there is no model', async () => {
    const run = await savedRun();
    await run.run(anyStep(synthesisStep));
    const report = await reportOf(run);
    expect(report.prose).toEqual({ source: 'facts', removedSentences: 0 });
    expect(report.summary.map(({ text }) => text).join(' ')).toContain(
      '“Deluxe”, $20 per month',
    );
    expect(report.degraded).toEqual([]);
  });

  it('prints what a model chose in sentences made from the facts, beside all the others', async () => {
    const run = await savedRun();
    const { client } = modelThatSays(data => {
      const { facts } = JSON.parse(data) as {
        facts: { id: string; kind: string }[];
      };
      const [price] = facts.filter(fact => fact.kind === 'price');
      return {
        choices: [
          { template: 'prices', factIds: [price.id], lead: 'none' },
          { text: 'Globex costs $7 per month.', factIds: [price.id] },
        ],
      };
    });
    await run.run(anyStep(synthesisStep), deps => {
      deps.llm = { text: client };
    });
    const report = await reportOf(run);
    expect(report.prose).toEqual({
      source: 'chosen',
      model: 'fake',
      removedSentences: 1,
    });
    const [, chosen, ...rest] = report.summary;
    expect(chosen).toMatchObject({ chosenBy: 'model' });
    expect(chosen.text).toContain('“Basic”, $10 per month');
    expect(chosen.factIds).toHaveLength(1);
    expect(rest.map(({ text }) => text).join(' ')).toContain(
      '“Deluxe”, $20 per month',
    );
    expect(JSON.stringify(report.summary)).not.toContain('Globex');
  });

  it.each<[string, LlmAnswer]>([
    ['is away', { ok: false, reason: 'HTTP 503' }],
    [
      'answers with prose',
      {
        ok: true,
        text: 'Sure! Here you go.',
        model: 'fake',
        truncated: false,
        tokens: { prompt: 1, completion: 1 },
      },
    ],
    [
      'is cut off',
      {
        ok: true,
        text: '{"choices":[',
        model: 'fake',
        truncated: true,
        tokens: { prompt: 1, completion: 1 },
      },
    ],
  ])('says so and goes on when the model %s', async (_case, answer) => {
    const run = await savedRun();
    await run.run(anyStep(synthesisStep), deps => {
      deps.llm = { text: modelThatSays(answer).client };
    });
    const report = await reportOf(run);
    expect(report.prose.source).toBe('facts');
    expect(report.degraded.join(' ')).toContain(
      'The language model was not used',
    );
  });

  it('leaves out a fact that the saved page does not prove', async () => {
    const run = await savedRun();
    const file = JSON.parse(await run.readOutput('facts.json')) as {
      facts: { quote: string; url: string }[];
    };
    const total = file.facts.length;
    file.facts[0].quote = 'Basil';
    file.facts[1].url = 'https://other.example/';
    await run.giveInput('facts', JSON.stringify(file));
    await run.approve();
    await run.run(anyStep(synthesisStep));
    const report = await reportOf(run);
    expect(report.facts).toHaveLength(total - 2);
    expect(report.degraded.join(' ')).toContain('2 facts were left out');
  });

  it('names the evidence that it was made from, in the report and as a parameter', async () => {
    const run = await savedRun();
    await run.run(anyStep(synthesisStep));
    const { evidence } = await reportOf(run);
    expect(evidence).toBe(run.env.EVIDENCE);
    expect(await run.readOutput('evidence.txt')).toBe(evidence);
    const digests = JSON.parse(await run.readOutput('digests.json')) as object;
    expect(Object.keys(digests).sort()).toEqual([
      'prices-csv',
      'report-html',
      'report-json',
      'report-md',
    ]);
    expect(digests).toMatchObject({
      'report-json': sha256Hex(await run.readOutput('report.json')),
    });
  });

  const failure = (run: TestRun) =>
    run.run(anyStep(synthesisStep)).then(
      () => 'passed',
      (error: Error) => `${error.name}: ${error.message}`,
    );

  it.each(['manifest', 'facts', 'shots'])(
    'writes no report when the %s was swapped after the approval',
    async name => {
      const run = await savedRun();
      const path = join(run.workDir, 'in', `${name}.json`);
      await run.giveInput(name, `${await readFile(path, 'utf8')} `);
      expect(await failure(run)).toMatch(
        /^PermanentError: .*not what was approved/,
      );
    },
  );

  it.each([
    [
      'nothing was approved',
      { EVIDENCE: undefined },
      'No evidence was approved',
    ],
    [
      'something else was approved',
      { EVIDENCE: 'a'.repeat(64) },
      'is not what was approved',
    ],
    [
      'a step named no digests',
      { DIGESTS: '[{}]' },
      'is not what was approved',
    ],
    ['the digests are none', { DIGESTS: '{{tasks.dom}}' }, 'DIGESTS must be'],
  ])('writes no report when %s', async (_what, env, words) => {
    const run = await savedRun();
    Object.assign(run.env, env);
    expect(await failure(run)).toMatch(
      new RegExp(`^PermanentError: .*${words}`),
    );
  });

  it('refuses a saved page that is not the one of the manifest', async () => {
    const run = await savedRun();
    const manifest = await run
      .run(anyStep(synthesisStep), async deps => {
        const { get } = deps.store;
        deps.store = {
          ...deps.store,
          get: async key =>
            key.endsWith('page.txt') ? Buffer.from('forged') : get(key),
        };
      })
      .then(
        () => 'passed',
        error => (error as Error).message,
      );
    expect(manifest).toContain('does not have the hash');
  });
});

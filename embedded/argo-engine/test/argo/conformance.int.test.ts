import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { applyPatch, type Operation } from 'rfc6902';
import { systemClock, type HttpKubeClient } from '@agentworkloads/kube';
import { silentLogger } from '@agentworkloads/kube/testing';
import { KINDS } from '../../src/cluster';
import { runController } from '../../src/controller';
import type { Workflow } from '../../src/core/model';
import { createRunner } from '../../src/runner/runner';
import { TestCluster } from '../test-cluster';
import {
  cases,
  comparable,
  decided,
  decisionPatch,
  type Shown,
} from './cases.mjs';

/**
 * Where we differ from Argo 3.7.18 on purpose, by the name of the case: what is taken out of both
 * before they are compared.
 */
const DIFFERENCES: Record<string, (shown: Shown) => void> = {
  // Our words, which name the way out.
  unquoted: shown => {
    shown.nodes.synthesis.message = '';
  },
};

const NAMESPACE = 'engine-conformance';
const IMAGES = { node: {} };
const silent = silentLogger();
const names = Object.keys(cases);

let folder: string;
let recorded: Record<string, Shown>;
const cluster = new TestCluster();
const ending = new AbortController();
let client: HttpKubeClient;
let engine: Promise<void>;

async function act(workflow: Workflow, acted: Set<string>): Promise<void> {
  const { name, namespace } = workflow.metadata;
  const { decide, patch, when = 'gate' } = cases[name];
  const node = Object.values(workflow.status?.nodes ?? {}).find(
    ({ displayName }) => displayName === when,
  );
  if (acted.has(name) || node?.phase !== 'Running') return;
  acted.add(name);
  if (decide) {
    cluster.edit(KINDS.workflows, { namespace, name }, object => {
      const operations = decisionPatch(node.id, decide) as Operation[];
      const failed = applyPatch(object, operations).filter(Boolean);
      if (failed.length) throw failed[0];
    });
  } else if (patch) {
    await client.patch(KINDS.workflows, namespace, name, {
      type: 'merge',
      body: patch,
    });
  }
}

const workflows = async () =>
  cluster.list(KINDS.workflows) as unknown as Workflow[];

async function play(): Promise<void> {
  const acted = new Set<string>();
  const end = Date.now() + 90_000;
  for (;;) {
    const items = await workflows();
    for (const workflow of items) await act(workflow, acted);
    const open = items.filter(
      ({ metadata, status }) =>
        !cases[metadata.name].hangs &&
        !['Succeeded', 'Failed', 'Error'].includes(status?.phase ?? ''),
    );
    if (open.length === 0) return;
    if (Date.now() > end) {
      throw new Error(
        `not ended: ${open.map(({ metadata }) => metadata.name).join(', ')}`,
      );
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'conformance-'));
  recorded = JSON.parse(
    await readFile(
      path.resolve('embedded/argo-engine/test/argo/recorded.json'),
      'utf8',
    ),
  );
  const now = () => new Date();
  client = await cluster.open();
  const runner = createRunner({
    cluster: client,
    logger: silent,
    images: IMAGES,
    dataDir: folder,
    podLogsDir: path.join(folder, 'pod-logs'),
    slots: 4,
    graceMs: 500,
    configRetryMs: 100,
    now,
  });
  engine = runController({
    cluster: client,
    runner,
    images: IMAGES,
    logger: silent,
    parallelism: 100,
    clock: systemClock,
    random: () => 0,
    signal: ending.signal,
  });
  for (const name of names) {
    cluster.create(KINDS.workflows, {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Workflow',
      metadata: { name, namespace: NAMESPACE },
      spec: structuredClone(cases[name].spec),
    });
  }
  await play();
});

afterAll(async () => {
  ending.abort();
  await engine;
  await cluster.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the engine does what Argo 3.7.18 did with', () => {
  it.each(names)('%s', async name => {
    const workflow = (await workflows()).find(
      ({ metadata }) => metadata.name === name,
    );
    const shown = decided(name, comparable(workflow));
    const expected = decided(name, recorded[name]);
    DIFFERENCES[name]?.(shown);
    DIFFERENCES[name]?.(expected);
    expect(shown).toEqual(expected);
  });
});

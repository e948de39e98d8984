import { existsSync } from 'node:fs';
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock, type Clock } from '@agentworkloads/kube';
import { silentLogger, type LogLine } from '@agentworkloads/kube/testing';
import { startTimeOf } from '@agentworkloads/processes';
import { TestCluster } from '../test/test-cluster';
import { dag, gate, step, workflow } from '../test/workflows';
import { KINDS, type Cluster } from './cluster';
import { runController } from './controller';
import type { NodeStatus, Pod, Workflow } from './core/model';
import {
  attemptFolder,
  readRecord,
  startAttempt,
} from './runner/attempt-process';
import { createRunner } from './runner/runner';

const lines: LogLine[] = [];
const silent = silentLogger(lines);

/** On which all waiting is a hundred times shorter. */
const hasty: Clock = {
  ...systemClock,
  monotonic: () => systemClock.monotonic() * 100,
  setTimeout: (callback, ms) => systemClock.setTimeout(callback, ms / 100),
};

/** What a step does here is told by its first argument. */
const STEP = `
import { writeFileSync, readFileSync, mkdirSync, existsSync } from 'node:fs';
import { spawn } from 'node:child_process';
const [what, detail] = process.argv.slice(2);
const work = process.env.AGENTIC_WORK_DIR;
console.log('step', what, process.env.GREETING ?? '', process.env.TMPDIR ? 'tmp' : '');
if (what === 'write') { mkdirSync(work + '/out', { recursive: true }); writeFileSync(work + '/out/n', 'seven\\n'); }
if (what === 'exit') process.exit(Number(detail));
if (what === 'explain') { writeFileSync(process.env.TERMINATION_LOG, detail); process.exit(20); }
if (what === 'leak') { spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' }).unref(); setInterval(() => {}, 1000); }
if (what === 'sleep') { process.on('SIGTERM', () => process.exit(10)); setInterval(() => {}, 1000); }
if (what === 'environment') writeFileSync(work + '/out.json', JSON.stringify(process.env));
`;

let folder: string;
let cluster: TestCluster;
let client: Cluster;
let engine: { stop(): Promise<void>; abort: AbortController } | undefined;

function startEngine(slots = 2, clock: Clock = systemClock) {
  const abort = new AbortController();
  const now = () => new Date();
  const images = { 'agentworkloads/agents': { '/app': folder } };
  const runner = createRunner({
    cluster: client,
    logger: silent,
    images,
    dataDir: folder,
    podLogsDir: path.join(folder, 'pod-logs'),
    slots,
    graceMs: 500,
    configRetryMs: 50,
    now,
  });
  const done = runController({
    cluster: client,
    runner,
    images,
    logger: silent,
    parallelism: slots,
    clock,
    random: () => 0,
    signal: abort.signal,
  });
  engine = {
    abort,
    stop: () => {
      abort.abort();
      return done;
    },
  };
}

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'engine-'));
  await writeFile(path.join(folder, 'main.mjs'), STEP);
  cluster = new TestCluster();
  client = await cluster.open();
});

afterEach(async () => {
  await engine?.stop();
  engine = undefined;
  await cluster.close();
  await rm(folder, { recursive: true, force: true });
});

const submit = (spec: unknown, name = 'run') =>
  cluster.create(KINDS.workflows, {
    ...workflow(spec, name),
    metadata: {
      ...workflow(spec, name).metadata,
      uid: `uid-of-${name}`,
    },
  });

const removeWorkflow = (name = 'run') =>
  cluster.remove(KINDS.workflows, { namespace: 'agentworkloads', name });

async function until<T>(
  ask: () => Promise<T | undefined | false>,
  what: string,
): Promise<T> {
  const end = Date.now() + 60_000;
  while (Date.now() < end) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  throw new Error(`${what} did not happen`);
}

async function read(name = 'run'): Promise<Workflow> {
  return cluster.get(KINDS.workflows, {
    namespace: 'agentworkloads',
    name,
  }) as unknown as Workflow;
}

const phaseIs = (phase: string, name = 'run') =>
  until(async () => {
    const current = await read(name);
    return current.status?.phase === phase && current;
  }, `${name} ${phase}`);

const nodeOf = (current: Workflow, displayName: string) =>
  Object.values(current.status?.nodes ?? {}).find(
    node => node.displayName === displayName,
  );

const nodePhaseIs = (displayName: string, phase: string) =>
  until(async () => {
    const node = nodeOf(await read(), displayName);
    return node?.phase === phase && node;
  }, `${displayName} ${phase}`);

const pods = async () => cluster.list(KINDS.pods) as unknown as Pod[];

const recordOf = (pod: Pod) =>
  readRecord(attemptFolder(folder, pod.metadata.uid as string));

const processEnds = (pid = 0) =>
  until(
    async () => (await startTimeOf(pid)) === undefined,
    'end of the process',
  );

const podsWithLog = () => readdir(path.join(folder, 'pod-logs/agentworkloads'));

const one = (args: string[], extra: object = {}) => {
  const template = step('a', extra);
  return dag(
    [{ name: 'a', template: 'a' }],
    [{ ...template, container: { ...template.container, args } }],
  );
};

describe('the engine', () => {
  it('runs a step as a process, with its log and its output parameter', async () => {
    startEngine();
    await submit(
      one(['write'], {
        outputs: {
          parameters: [{ name: 'n', valueFrom: { path: '/work/out/n' } }],
        },
      }),
    );
    const done = await phaseIs('Succeeded');
    expect(nodeOf(done, 'a')).toMatchObject({
      type: 'Pod',
      phase: 'Succeeded',
      outputs: {
        exitCode: '0',
        parameters: [
          { name: 'n', value: 'seven', valueFrom: { path: '/work/out/n' } },
        ],
      },
    });
    const [pod] = await pods();
    expect(pod.status).toMatchObject({ phase: 'Succeeded' });
    expect(pod.metadata.ownerReferences?.[0]).toMatchObject({
      kind: 'Workflow',
      uid: 'uid-of-run',
      controller: true,
    });
    const log = await readFile(
      path.join(
        folder,
        'pod-logs/agentworkloads',
        pod.metadata.name,
        'main.log',
      ),
      'utf8',
    );
    expect(log).toBe('step write  \n');
  });

  it('gives a step its own environment and nothing of the engine’s', async () => {
    process.env.ENGINE_SECRET_FOR_TEST = 'must not leak';
    cluster.create(KINDS.configMaps, {
      metadata: { name: 'agents-config', namespace: 'agentworkloads' },
      data: { GREETING: 'hello' },
    });
    const template = step('a', {
      outputs: {
        parameters: [{ name: 'env', valueFrom: { path: '/work/out.json' } }],
      },
    });
    startEngine();
    await submit(
      dag(
        [{ name: 'a', template: 'a' }],
        [
          {
            ...template,
            container: {
              ...template.container,
              args: ['environment'],
              env: [
                { name: 'AGENTIC_WORK_DIR', value: '/work' },
                { name: 'UID_OF_RUN', value: '{{workflow.uid}}' },
                {
                  name: 'GREETING',
                  valueFrom: {
                    configMapKeyRef: { name: 'agents-config', key: 'GREETING' },
                  },
                },
                {
                  name: 'ABSENT',
                  valueFrom: {
                    secretKeyRef: { name: 'none', key: 'x', optional: true },
                  },
                },
              ],
            },
          },
        ],
      ),
    );
    const done = await phaseIs('Succeeded');
    const value = nodeOf(done, 'a')?.outputs?.parameters?.[0].value ?? '';
    const environment = JSON.parse(value) as Record<string, string>;
    expect(environment).toMatchObject({
      GREETING: 'hello',
      UID_OF_RUN: 'uid-of-run',
    });
    expect(environment.AGENTIC_WORK_DIR).toContain(folder);
    expect(environment).not.toHaveProperty('ABSENT');
    expect(environment).not.toHaveProperty('ENGINE_SECRET_FOR_TEST');
  });

  it('waits for a Secret that is not there yet', async () => {
    const template = step('a');
    startEngine();
    await submit(
      dag(
        [{ name: 'a', template: 'a' }],
        [
          {
            ...template,
            container: {
              ...template.container,
              args: ['nothing'],
              env: [
                {
                  name: 'KEY',
                  valueFrom: { secretKeyRef: { name: 'agents', key: 'KEY' } },
                },
              ],
            },
          },
        ],
      ),
    );
    const node = await until(async () => {
      const found = nodeOf(await read(), 'a');
      return found?.message !== undefined && found;
    }, 'a message');
    expect(node).toMatchObject({
      phase: 'Pending',
      message: 'CreateContainerConfigError: secret "agents" not found',
    });
    cluster.create(KINDS.secrets, {
      metadata: { name: 'agents', namespace: 'agentworkloads' },
      data: { KEY: Buffer.from('s3cret').toString('base64') },
    });
    await phaseIs('Succeeded');
  });

  it('fails a step that left no output', async () => {
    startEngine();
    await submit(
      one(['nothing'], {
        outputs: {
          parameters: [{ name: 'n', valueFrom: { path: '/work/out/n' } }],
        },
      }),
    );
    const done = await phaseIs('Error');
    expect(nodeOf(done, 'a')?.message).toBe(
      "wait: Error (exit code 64): parameter n: /work/out/n can't be read: ENOENT",
    );
  });

  it('shows an exit code as a cluster would', async () => {
    startEngine();
    await submit(one(['exit', '20']));
    const done = await phaseIs('Failed');
    expect(nodeOf(done, 'a')).toMatchObject({
      phase: 'Failed',
      message: 'main: Error (exit code 20)',
      outputs: { exitCode: '20' },
    });
  });

  it('adds what a failed step left in its termination log', async () => {
    startEngine();
    await submit(one(['explain', 'no page could be observed']));
    const done = await phaseIs('Failed');
    expect(nodeOf(done, 'a')?.message).toBe(
      'main: Error (exit code 20): no page could be observed',
    );
  });

  it('ends the process of a deleted pod, and what that had started', async () => {
    startEngine();
    await submit(one(['leak']));
    await nodePhaseIs('a', 'Running');
    const [pod] = await pods();
    const record = await recordOf(pod);
    await new Promise(resolve => setTimeout(resolve, 300));
    cluster.remove(KINDS.pods, pod.metadata);
    expect(await nodePhaseIs('a', 'Error')).toMatchObject({
      message: 'pod deleted',
    });
    await processEnds(record?.pid);
    await phaseIs('Error');
    const { findMarked } = await import('@agentworkloads/processes');
    await until(
      async () =>
        (
          await findMarked('AGENTIC_ATTEMPT', pod.metadata.uid as string)
        ).length === 0,
      'end of its children',
    );
  });

  it('stops a running step on shutdown', async () => {
    startEngine();
    await submit(one(['sleep']));
    await nodePhaseIs('a', 'Running');
    cluster.edit(
      KINDS.workflows,
      { namespace: 'agentworkloads', name: 'run' },
      object => {
        object.spec = { ...object.spec, shutdown: 'Stop' };
      },
    );
    const done = await phaseIs('Failed');
    expect(done.status?.message).toBe("Stopped with strategy 'Stop'");
    await until(
      async () => (await pods())[0].status?.phase === 'Failed',
      'end of the pod',
    );
  });

  it('ends everything when the Workflow is deleted', async () => {
    startEngine();
    await submit(one(['sleep']));
    await nodePhaseIs('a', 'Running');
    const [pod] = await pods();
    const record = await recordOf(pod);
    await removeWorkflow();
    await processEnds(record?.pid);
    expect(await pods()).toEqual([]);
  });

  it('keeps a log as long as its pod', async () => {
    startEngine();
    await submit(one(['exit', '0']), 'ended');
    await phaseIs('Succeeded', 'ended');
    await submit(one(['sleep']), 'running');
    await until(
      async () => nodeOf(await read('running'), 'a')?.phase === 'Running',
      'running',
    );
    expect((await podsWithLog()).sort()).toEqual(
      (await pods()).map(pod => pod.metadata.name).sort(),
    );
    expect(await podsWithLog()).toHaveLength(2);
    for (const name of ['ended', 'running']) {
      await removeWorkflow(name);
    }
    await until(
      async () => (await podsWithLog()).length === 0,
      'end of the logs',
    );
  });

  it('leaves the log of a pod to a later one of the same name', async () => {
    startEngine();
    await submit(one(['sleep']));
    await nodePhaseIs('a', 'Running');
    const [pod] = await pods();
    await removeWorkflow();
    await submit(one(['exit', '0']));
    await phaseIs('Succeeded');
    const [namesake] = await pods();
    expect(namesake.metadata.name).toBe(pod.metadata.name);
    const attempt = attemptFolder(folder, pod.metadata.uid as string).root;
    await until(async () => !existsSync(attempt), 'end of the first process');
    expect(await podsWithLog()).toEqual([pod.metadata.name]);
  });

  it('removes the logs of pods that went while it was away', async () => {
    startEngine();
    await submit(one(['exit', '0']), 'kept');
    await submit(one(['exit', '0']), 'gone');
    await phaseIs('Succeeded', 'kept');
    await phaseIs('Succeeded', 'gone');
    await engine?.stop();
    await removeWorkflow('gone');
    startEngine();
    const [kept] = await pods();
    await until(async () => (await podsWithLog()).length < 2, 'end of the log');
    expect(await podsWithLog()).toEqual([kept.metadata.name]);
  });

  it('goes on after the gate was set by a patch', async () => {
    startEngine();
    await submit(
      dag(
        [
          { name: 'gate', template: 'gate' },
          {
            name: 'synthesis',
            template: 'synthesis',
            depends: 'gate.Succeeded',
            when: "'{{tasks.gate.outputs.parameters.decision}}' == 'approve'",
          },
        ],
        [gate, step('synthesis')],
      ),
    );
    const waiting = await nodePhaseIs('gate', 'Running');
    cluster.edit(
      KINDS.workflows,
      { namespace: 'agentworkloads', name: 'run' },
      object => {
        const nodes = (object as unknown as Workflow).status?.nodes ?? {};
        nodes[waiting.id] = {
          ...(nodes[waiting.id] as NodeStatus),
          phase: 'Succeeded',
          finishedAt: new Date().toISOString(),
          message: 'approved by alice',
          outputs: { parameters: [{ name: 'decision', value: 'approve' }] },
        };
      },
    );
    const done = await phaseIs('Succeeded');
    expect(nodeOf(done, 'gate')?.message).toBe('approved by alice');
    expect(nodeOf(done, 'synthesis')?.phase).toBe('Succeeded');
  });

  it('goes on where it was after the API server was away, and soon', async () => {
    startEngine();
    await submit(
      dag(
        [
          { name: 'a', template: 'a' },
          { name: 'b', template: 'b', depends: 'a.Succeeded' },
        ],
        [step('a'), step('b')],
      ),
    );
    await until(async () => cluster.list(KINDS.pods).length > 0, 'a pod');
    await cluster.beAwayFor(3_000);
    const back = Date.now();
    const done = await phaseIs('Succeeded');
    expect(nodeOf(done, 'b')?.phase).toBe('Succeeded');
    expect(await pods()).toHaveLength(2);
    expect(Date.now() - back).toBeLessThan(20_000);
  });

  it('asks again every five seconds at the latest, however long the API refuses', async () => {
    lines.length = 0;
    cluster.server.fault = ({ method }) =>
      method === 'PUT' ? { answer: 503 } : undefined;
    startEngine(2, hasty);
    await submit(one(['exit', '0']));
    const delays = () =>
      lines
        .filter(({ message }) => message === 'pass failed, trying again')
        .map(({ fields }) => (fields as { delay: number }).delay);
    await until(async () => delays().length > 10, 'more than ten tries');
    expect(Math.max(...delays())).toBe(5_000);
    cluster.server.fault = () => undefined;
    await phaseIs('Succeeded');
  });

  it('holds back a third Workflow until there is room', async () => {
    startEngine(1);
    await submit(one(['sleep']), 'first');
    await until(
      async () => nodeOf(await read('first'), 'a')?.phase === 'Running',
      'first',
    );
    await submit(one(['exit', '0']), 'second');
    await phaseIs('Pending', 'second');
    await removeWorkflow('first');
    await phaseIs('Succeeded', 'second');
  });
});

describe('an engine that is started again', () => {
  /** A step as an engine leaves it that was killed right after it had started the process. */
  async function orphan(code: string) {
    const pod = cluster.create(KINDS.pods, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'run-a-4218113642',
        namespace: 'agentworkloads',
        labels: { 'workflows.argoproj.io/workflow': 'run' },
        annotations: {
          'workflows.argoproj.io/node-id': 'run-2090167799',
          'workflows.argoproj.io/node-name': 'run.a',
          'workflows.argoproj.io/template': '{}',
        },
        ownerReferences: [{ uid: 'uid-of-run' }],
      },
      spec: {
        containers: [
          {
            name: 'main',
            image: 'agentworkloads/agents:1',
            command: ['node'],
          },
        ],
      },
      status: { phase: 'Running' },
    }) as unknown as Pod;
    const uid = pod.metadata.uid as string;
    const left = attemptFolder(folder, uid);
    await mkdir(left.root, { recursive: true });
    return startAttempt({
      folder: left,
      podUid: uid,
      namespace: 'agentworkloads',
      pod: pod.metadata.name,
      command: [process.execPath, '-e', code],
      environment: {},
      workingDirectory: left.root,
      logFile: path.join(folder, 'log'),
      now: new Date(),
    });
  }

  it.each([
    ['still runs', 'setTimeout(() => process.exit(0), 1500)', 'Succeeded'],
    ['has ended well in the meantime', '1', 'Succeeded'],
    ['has failed in the meantime', 'process.exit(20)', 'Failed'],
  ])('takes up a step that %s', async (what, code, phase) => {
    const before = await orphan(code);
    if (what !== 'still runs') await before.exited;
    await submit(one(['never used']));
    startEngine();
    const done = await phaseIs(phase);
    expect(nodeOf(done, 'a')).toMatchObject({ phase });
    expect(await pods()).toHaveLength(1);
  });

  it('ends a step whose pod is gone', async () => {
    const before = await orphan('setInterval(() => {}, 1000)');
    cluster.remove(KINDS.pods, {
      namespace: 'agentworkloads',
      name: before.record.pod,
    });
    startEngine();
    await processEnds(before.record.pid);
  });

  it('tries a step again that went down with the one before', async () => {
    startEngine();
    await submit(
      one(['sleep'], {
        retryStrategy: {
          limit: 2,
          retryPolicy: 'Always',
          expression: "lastRetry.status == 'Error'",
        },
      }),
    );
    await nodePhaseIs('a(0)', 'Running');
    await engine?.stop();
    startEngine();
    expect(await nodePhaseIs('a(0)', 'Error')).toMatchObject({
      message: 'pod deleted',
    });
    await nodePhaseIs('a(1)', 'Running');
  });
});

import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isAlive } from '@agentworkloads/processes';
import { openAdminAccess } from './cluster-access';

const root = process.cwd();
const main = path.join(root, 'standalone/dist/main.mjs');
let data: string;

interface Started {
  child: ChildProcess;
  output(): string;
  exited: Promise<number | null>;
}

const started: Started[] = [];

function start(...args: string[]): Started {
  const child = spawn(
    process.execPath,
    [main, '--no-portal', '--data-dir', data, ...args],
    {
      cwd: root,
      // Any program will do: nothing is scraped here.
      env: { ...process.env, CHROMIUM_PATH: process.execPath },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  child.stdout.on('data', chunk => (output += chunk));
  child.stderr.on('data', chunk => (output += chunk));
  const one = {
    child,
    output: () => output,
    exited: new Promise<number | null>(resolve => child.once('exit', resolve)),
  };
  started.push(one);
  return one;
}

async function until(
  ask: () => boolean | Promise<boolean>,
  what: () => string,
  seconds = 60,
): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await ask())) {
    if (Date.now() > end) throw new Error(what());
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

/** On a busy machine the first start takes a minute; the test's own limit is two. */
const ready = (one: Started) =>
  until(() => one.output().includes('Ready'), one.output, 110);

async function parts(): Promise<
  { name: string; pid: number; startTime: string }[]
> {
  return JSON.parse(
    await readFile(path.join(data, 'run/processes.json'), 'utf8'),
  );
}

async function living(list: { pid: number; startTime: string }[]) {
  const alive = await Promise.all(list.map(isAlive));
  return list.filter((_ref, index) => alive[index]);
}

beforeAll(async () => {
  data = await mkdtemp(path.join(tmpdir(), 'standalone-'));
  // As a folder is that somebody made.
  await chmod(data, 0o755);
  if (!existsSync(main)) {
    const build = path.join(root, 'scripts/build.mjs');
    const { buildBundles } = await import(build);
    await buildBundles();
  }
});

afterAll(async () => {
  for (const { child, exited } of started) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await exited;
    }
  }
  await rm(data, { recursive: true, force: true });
});

describe('npm start without the portal', () => {
  let first: Started;

  it('starts all parts and writes who may use them how', async () => {
    first = start();
    await ready(first);
    expect((await parts()).map(({ name }) => name).sort()).toEqual([
      'demo-site',
      'egress',
      'kube-api',
      'operator',
      'postgres',
      's3',
      'workflow-engine',
    ]);
    for (const file of ['', 'kubeconfig', 's3.json', 'credentials.json']) {
      const { mode } = await stat(path.join(data, file));
      // eslint-disable-next-line no-bitwise -- the permission bits of the mode
      expect(mode & 0o077).toBe(0);
    }
    const { client, close } = await openAdminAccess(
      path.join(data, 'kubeconfig'),
    );
    const templates = {
      group: 'argoproj.io',
      version: 'v1alpha1',
      plural: 'workflowtemplates',
    };
    expect(
      await client.find(templates, 'agentworkloads', 'competitor-scrape'),
    ).toBeDefined();
    await close();
  });

  it('has an egress proxy that takes nobody without its credential', async () => {
    const { egress } = JSON.parse(
      await readFile(path.join(data, 'run/ports.json'), 'utf8'),
    );
    const { egressToken } = JSON.parse(
      await readFile(path.join(data, 'credentials.json'), 'utf8'),
    );
    const statusWith = (headers: Record<string, string>) =>
      new Promise<number | undefined>((resolve, reject) => {
        request(
          {
            host: '127.0.0.1',
            port: egress,
            path: 'http://tidepool.localhost:4180/pricing',
            headers: { host: 'tidepool.localhost:4180', ...headers },
          },
          response => {
            response.resume();
            resolve(response.statusCode);
          },
        )
          .on('error', reject)
          .end();
      });
    expect(await statusWith({})).toBe(407);
    expect(
      await statusWith({ 'proxy-authorization': 'Bearer somebody-else' }),
    ).toBe(407);
    expect(
      await statusWith({ 'proxy-authorization': `Bearer ${egressToken}` }),
    ).toBe(200);
  });

  it('is not disturbed by a second one, which says so', async () => {
    const second = start();
    expect(await second.exited).toBe(1);
    expect(second.output()).toContain(
      `It runs already in this folder (process ${first.child.pid})`,
    );
    expect(await living(await parts())).toHaveLength(7);
  });

  it('starts a part again that dies', async () => {
    const operator = (await parts()).find(({ name }) => name === 'operator');
    process.kill(operator?.pid ?? 0, 'SIGKILL');
    await until(
      () => first.output().includes('The operator is back'),
      first.output,
    );
    expect(first.output()).toContain('The operator ended (signal SIGKILL)');
  });

  it('takes everything with it when it is killed, and starts again', async () => {
    const before = await parts();
    first.child.kill('SIGKILL');
    await first.exited;
    await until(
      async () => (await living(before)).length === 0,
      () => 'parts outlive a supervisor that was killed',
    );
    first = start();
    await ready(first);
  });

  it('ends everything in order on Ctrl-C', async () => {
    const before = await parts();
    first.child.kill('SIGINT');
    expect(await first.exited).toBe(130);
    expect(await living(before)).toEqual([]);
    expect(existsSync(path.join(data, 'lock'))).toBe(false);
  });
});

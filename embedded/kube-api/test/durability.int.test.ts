import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { at } from '../src/json';
import { ObjectDatabase } from '../src/store/database';
import {
  CONFIG_MAPS,
  configMap,
  TestApi,
  widget,
  WIDGETS,
  WIDGETS_PATH,
} from './harness';

const home = join(import.meta.dirname, '..');
let dir: string;
let bundle: string;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'kube-api-main-'));
  // Beside node_modules, where the native module is found.
  bundle = join(home, 'dist', `kube-api-test-${process.pid}.mjs`);
  await build({
    entryPoints: [join(home, 'src', 'main.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['better-sqlite3'],
    logLevel: 'error',
    banner: {
      js: "import { createRequire as r } from 'node:module'; const require = r(import.meta.url);",
    },
  });
});
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
  rmSync(bundle, { force: true });
});

function start(): Promise<{ child: ChildProcess; url: string; out: string }> {
  const child = spawn(process.execPath, [bundle], {
    env: {
      ...process.env,
      KUBE_API_DATA_DIR: dir,
      KUBE_API_KUBECONFIG: join(dir, 'kubeconfig'),
    },
  });
  return new Promise((resolve, reject) => {
    let out = '';
    child.stdout?.on('data', chunk => {
      out += String(chunk);
      if (!out.includes('\n')) return;
      resolve({ child, url: (JSON.parse(out) as { url: string }).url, out });
    });
    child.once('exit', code => reject(new Error(`ended with ${code}`)));
  });
}

function send(
  url: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<string> {
  const token = readFileSync(join(dir, 'admin.token'), 'utf8');
  return new Promise((resolve, reject) => {
    const req = request(
      `${url}${path}`,
      {
        method,
        ca: readFileSync(join(dir, 'ca.crt')),
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
        },
      },
      res => {
        let text = '';
        res.on('data', chunk => {
          text += String(chunk);
        });
        res.on('end', () => resolve(text));
        res.on('error', reject);
      },
    );
    req.on('error', reject);
    req.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

describe('the process', () => {
  it('says one line, loses nothing acknowledged when killed, never repeats a version', async () => {
    const first = await start();
    expect(first.out).toBe(
      `${JSON.stringify({ ready: true, url: first.url })}\n`,
    );
    const acknowledged: [string, string][] = [];
    let writing = true;
    const writer = (async () => {
      for (let index = 0; writing; index++) {
        const name = `k-${index}`;
        const text = await send(
          first.url,
          'POST',
          CONFIG_MAPS,
          configMap(name),
        ).catch(() => '');
        const version = text
          ? at(JSON.parse(text), 'metadata', 'resourceVersion')
          : undefined;
        if (version === undefined) return;
        acknowledged.push([name, String(version)]);
      }
    })();
    await new Promise(resolve => setTimeout(resolve, 700));
    first.child.removeAllListeners('exit');
    first.child.kill('SIGKILL');
    writing = false;
    await writer;
    expect(acknowledged.length).toBeGreaterThan(20);

    const second = await start();
    const list = JSON.parse(await send(second.url, 'GET', CONFIG_MAPS)) as {
      items: { metadata: { name: string; resourceVersion: string } }[];
    };
    const kept = new Map(
      list.items.map(({ metadata }) => [
        metadata.name,
        metadata.resourceVersion,
      ]),
    );
    for (const [name, version] of acknowledged) {
      expect([name, kept.get(name)]).toEqual([name, version]);
    }
    const next = JSON.parse(
      await send(second.url, 'POST', CONFIG_MAPS, configMap('after')),
    );
    const highest = Math.max(...acknowledged.map(([, v]) => Number(v)));
    expect(Number(at(next, 'metadata', 'resourceVersion'))).toBeGreaterThan(
      highest,
    );
    second.child.removeAllListeners('exit');
    const ended = new Promise(resolve => second.child.once('exit', resolve));
    second.child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  it('explains what keeps it from starting', () => {
    const run = (env: Record<string, string>, ...args: string[]) => {
      try {
        execFileSync(process.execPath, [bundle, ...args], {
          env: { PATH: process.env.PATH, ...env },
          stdio: 'pipe',
        });
        return '';
      } catch (error) {
        return String((error as { stderr: Buffer }).stderr);
      }
    };
    expect(run({})).toContain('KUBE_API_DATA_DIR');
    const data = join(dir, 'other');
    expect(
      run({ KUBE_API_DATA_DIR: data, KUBE_API_LISTEN: '0.0.0.0:1' }),
    ).toContain('must be 127.0.0.1:PORT');
    expect(run({ KUBE_API_DATA_DIR: data }, join(dir, 'none.yaml'))).toContain(
      'none.yaml',
    );
    const held = new ObjectDatabase(join(data, 'objects.db'));
    try {
      expect(run({ KUBE_API_DATA_DIR: data })).toContain(
        'another API server may be using it',
      );
    } finally {
      held.close();
    }
  });
});

/** Written straight into the database: five thousand requests would be a test of the machine. */
function fill(dataDir: string, count: number): void {
  const database = new ObjectDatabase(join(dataDir, 'objects.db'));
  const spec = {
    urls: ['https://example.com/a'],
    open: { text: 'x'.repeat(2000) },
  };
  for (let index = 0; index < count; index++) {
    const version = database.version() + 1;
    const object = widget(`n-${index}`, spec, {
      namespace: 'default',
      uid: `uid-${index}`,
      generation: 1,
      resourceVersion: String(version),
      creationTimestamp: '2026-01-01T00:00:00Z',
    });
    database.save({
      kind: 'widgets.test.example.com',
      namespace: 'default',
      name: `n-${index}`,
      version,
      body: JSON.stringify(object),
    });
  }
  database.close();
}

describe('five thousand objects', () => {
  it('are listed whole, and watched from there on', async () => {
    const api = await TestApi.start({ objects: [WIDGETS] });
    try {
      await api.restart(dataDir => fill(dataDir, 5000));
      const { body, text } = await api.get(WIDGETS_PATH);
      expect(body.items).toHaveLength(5000);
      expect(text.length).toBeGreaterThan(10_000_000);

      const version = at(body, 'metadata', 'resourceVersion');
      const watch = api.watch(
        `${WIDGETS_PATH}?watch=1&resourceVersion=${version}`,
      );
      await api.merge(`${WIDGETS_PATH}/n-4999`, { spec: { size: 2 } });
      const { object } = await watch.next();
      expect([
        at(object, 'metadata', 'name'),
        at(object, 'spec', 'size'),
      ]).toEqual(['n-4999', 2]);
      watch.close();
    } finally {
      await api.close();
    }
  });
});

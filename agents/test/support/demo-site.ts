import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const FOLDER = fileURLToPath(new URL('../../../demo/src/', import.meta.url));

export interface ExpectedPlan {
  name: string;
  prices: {
    amount: number;
    currency?: string;
    period?: string;
    per?: string;
    upTo?: number;
  }[];
}

export interface ExpectedPage {
  plans: ExpectedPlan[];
  /** Other sides of the page's switch, by label. */
  states?: Record<string, ExpectedPlan[]>;
}

/** Version -> competitor -> path -> what a person reads there. */
export type GroundTruth = Record<
  string,
  Record<string, Record<string, ExpectedPage>>
>;

export async function readGroundTruth(): Promise<GroundTruth> {
  return JSON.parse(await readFile(join(FOLDER, 'ground-truth.json'), 'utf8'));
}

export interface DemoSite {
  port: number;
  url(company: string, path: string): string;
  close(): Promise<void>;
}

/** The demo site as a process of its own, as it is run on one machine: nothing of it is imported. */
export async function startDemoSite(version: string): Promise<DemoSite> {
  const folder = await mkdtemp(join(tmpdir(), 'demo-site-'));
  const outfile = join(folder, 'demo-site.mjs');
  await build({
    entryPoints: [join(FOLDER, 'main.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'error',
  });
  const child = spawn(process.execPath, [outfile], {
    env: { DEMO_LISTEN: '127.0.0.1:0', DEMO_VERSION: version },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<number>((resolve, reject) => {
    let output = '';
    child.stdout.on('data', chunk => {
      output += chunk;
      if (output.includes('\n'))
        resolve((JSON.parse(output.split('\n')[0]) as { port: number }).port);
    });
    child.once('exit', code =>
      reject(new Error(`the demo site ended with ${code}`)),
    );
  });
  return {
    port,
    url: (company, path) => `http://${company}.localhost:${port}${path}`,
    async close() {
      const ended = new Promise(resolve => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

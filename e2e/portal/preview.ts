import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { root } from '../harness/root';

const PLUGIN = path.join(root, 'plugins/agent-workloads');

export interface Preview {
  url: string;
  stop(): void;
}

/** The built portal before a backend in memory, whose runs are invented: what no ground comes to within seconds. */
export async function startPreview(): Promise<Preview> {
  const server = path.join(root, '.agentic/test-results/preview.mjs');
  await build({
    entryPoints: [path.join(PLUGIN, 'dev/server.ts')],
    outfile: server,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  const child = spawn(process.execPath, [server], {
    cwd: PLUGIN,
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^Preview: (\S+)$/.exec(line)?.[1];
    if (url) return { url, stop: () => child.kill() };
  }
  throw new Error('The preview ended before it said where it is.');
}

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Cluster, WORKLOADS } from '../../harness/cluster';
import { Kube, KubeError } from '../../harness/kube';
import { root } from '../../harness/root';
import { ALICE, Run } from '../../harness/runs';

const TEAM = 'team-b';
const APPROVER = { user: 'carol', groups: [`${TEAM}:approvers`] };
const LONG = 360_000;

/** Made by the commands that docs/operations.md gives for it, and by nothing else. */
describe('the namespace of a second team', () => {
  const cluster = new Cluster();
  const kube = new Kube(cluster.file, TEAM);
  const folder = mkdtempSync(path.join(tmpdir(), 'team-b-'));

  beforeAll(async () => {
    const secret = await cluster.secret('agents-secrets', WORKLOADS);
    const file = path.join(folder, 'team-b.env');
    writeFileSync(
      file,
      Object.entries(secret)
        .map(([key, value]) => `${key}=${value}\n`)
        .join(''),
      { mode: 0o600 },
    );
    const commands = execFileSync(
      process.execPath,
      [
        'scripts/doc-commands.mjs',
        'docs/operations.md',
        'More namespaces of workloads',
        `team-b.env=${file}`,
      ],
      { cwd: root, encoding: 'utf8' },
    );
    execFileSync('bash', ['-euo', 'pipefail', '-c', commands], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }, LONG);
  afterAll(async () => {
    await kube.request('DELETE', `/api/v1/namespaces/${TEAM}`);
    rmSync(folder, { recursive: true });
    kube.close();
    cluster.close();
  });

  it('has runs of its own, filed under its name and decided by its own approvers', async () => {
    const run = await Run.start(kube, 'policy-gate', {
      spec: { gate: { mode: 'human' } },
    });
    await run.until('AwaitingApproval', LONG);
    const refused = await run.decide('approve', ALICE).catch(error => error);
    expect(refused).toBeInstanceOf(KubeError);
    await run.decide('approve', APPROVER);
    const { status } = await run.until('Completed', LONG);
    const report = await run.report(await cluster.objects());
    expect(report.facts.length).toBeGreaterThan(0);
    const bundles = report.pages.flatMap(({ textKey }) => textKey ?? []);
    const uid = String(status?.argoWorkflow?.uid);
    expect(bundles).toEqual([
      expect.stringContaining(`runs/${TEAM}/${uid}/pages/`),
    ]);
  });
});

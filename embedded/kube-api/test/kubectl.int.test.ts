import { execFile, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeKubeconfig } from '../src';
import { eventually, TestApi, WIDGETS } from './harness';

const hasKubectl = (() => {
  try {
    execFileSync('kubectl', ['version', '--client'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();
if (!hasKubectl) {
  // eslint-disable-next-line no-console
  console.warn('kubectl is not on the PATH: its tests are skipped');
}

interface Result {
  code: number;
  out: string;
  err: string;
}

(hasKubectl ? describe : describe.skip)('the real kubectl', () => {
  let api: TestApi;
  let dir: string;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'kubectl-'));
    mkdirLogs();
    api = await TestApi.start({ objects: [WIDGETS], podLogsDir: dir });
    const kubeconfig = join(dir, 'kubeconfig');
    writeKubeconfig(kubeconfig, {
      url: api.url,
      caPem: api.caPem,
      token: api.adminToken,
      namespace: 'default',
    });
    env = {
      ...process.env,
      KUBECONFIG: kubeconfig,
      HOME: dir,
      KUBECACHEDIR: join(dir, 'cache'),
    };
  });
  afterAll(async () => {
    await api.close();
    rmSync(dir, { recursive: true, force: true });
  });

  function mkdirLogs(): void {
    execFileSync('mkdir', ['-p', join(dir, 'default', 'talker')]);
    writeFileSync(join(dir, 'default', 'talker', 'main.log'), 'hello\n');
  }

  function kubectl(...args: string[]): Promise<Result> {
    return new Promise(resolve => {
      execFile('kubectl', args, { env }, (error, out, err) =>
        resolve({ code: error ? Number(error.code ?? 1) : 0, out, err }),
      );
    });
  }

  function file(name: string, text: string): string {
    const path = join(dir, name);
    writeFileSync(path, text);
    return path;
  }

  const manifest = (size: number) => `apiVersion: test.example.com/v1
kind: Widget
metadata: {name: w}
spec: {name: abc, size: ${size}}
`;

  it('finds the kinds', async () => {
    const { out } = await kubectl('api-resources', '--no-headers');
    expect(out).toMatch(
      /^widgets\s+wd\s+test\.example\.com\/v1\s+true\s+Widget/m,
    );
    expect(out).toMatch(/^pods\s+po\s+v1\s+true\s+Pod/m);
  });

  it('applies, applies again, changes, shows, describes, explains', async () => {
    const apply = async (size: number) =>
      (await kubectl('apply', '-f', file('w.yaml', manifest(size)))).out.trim();
    expect(await apply(1)).toBe('widget.test.example.com/w created');
    expect(await apply(1)).toBe('widget.test.example.com/w unchanged');
    expect(await apply(2)).toBe('widget.test.example.com/w configured');
    const shown = await kubectl('get', 'wd');
    expect(shown.out).toMatch(/NAME\s+MODE\s+READY\s+AGE\nw\s+policy\s+\d+s/);
    const size = await kubectl('get', 'wd', 'w', '-o', 'jsonpath={.spec.size}');
    expect(size.out).toBe('2');
    expect((await kubectl('describe', 'wd', 'w')).out).toContain('Mode:');
    expect((await kubectl('explain', 'widget.spec.size')).out).toContain(
      '<integer>',
    );
  });

  it('is told what is wrong', async () => {
    const bad = await kubectl(
      'apply',
      '-f',
      file('bad.yaml', manifest(1).replace('size: 1', 'sise: 1')),
    );
    expect(bad.err).toContain('unknown field "spec.sise"');
    const rule = await kubectl(
      'patch',
      'wd',
      'w',
      '--type=merge',
      '-p',
      '{"spec":{"name":"other"}}',
    );
    expect(rule.err).toContain(
      'The Widget "w" is invalid: spec: Invalid value: the name never changes',
    );
    expect((await kubectl('get', 'wd', 'none')).err).toContain(
      'Error from server (NotFound): widgets.test.example.com "none" not found',
    );
  });

  it('patches by JSON and by status, applies on the server', async () => {
    const patch = '[{"op":"replace","path":"/spec/size","value":3}]';
    const json = await kubectl('patch', 'wd', 'w', '--type=json', '-p', patch);
    expect(json.code).toBe(0);
    const status = await kubectl(
      'patch',
      'wd',
      'w',
      '--subresource=status',
      '--type=merge',
      '-p',
      '{"status":{"conditions":[{"type":"Ready","status":"True"}]}}',
    );
    expect(status.code).toBe(0);
    const server = await kubectl(
      'apply',
      '--server-side',
      '-f',
      file('ss.yaml', manifest(4)),
    );
    expect(server.out).toContain('serverside-applied');
    expect((await kubectl('get', 'wd', 'w')).out).toMatch(/w\s+policy\s+True/);
  });

  it('works with the built-in kinds, in protobuf where it prefers that', async () => {
    const results = [
      await kubectl('create', 'namespace', 'team'),
      await kubectl('create', 'configmap', 'c', '--from-literal=a=b'),
      await kubectl('create', 'secret', 'generic', 's', '--from-literal=a=b'),
      await kubectl('create', 'serviceaccount', 'sa'),
      await kubectl('create', 'role', 'r', '--verb=get', '--resource=pods'),
      await kubectl('create', 'rolebinding', 'r', '--role=r', '--user=rita'),
      await kubectl('create', 'token', 'sa'),
      await kubectl('label', 'configmap', 'c', 'x=y'),
      await kubectl('delete', 'namespace', 'team'),
    ];
    expect(results.map(({ err }) => err).join('')).toBe('');
    const { out } = await kubectl('get', 'cm', '-l', 'x=y', '-o', 'name');
    expect(out.trim()).toBe('configmap/c');
    const secret = await kubectl(
      'get',
      'secret',
      's',
      '-o',
      'jsonpath={.data.a}',
    );
    expect(secret.out).toBe('Yg==');
  });

  it('knows who it is and what it may', async () => {
    const who = await kubectl('auth', 'whoami', '--as=rita', '--as-group=team');
    expect(who.out).toMatch(/Username\s+rita/);
    const can = (...args: string[]) => kubectl('auth', 'can-i', ...args);
    expect((await can('get', 'pods', '--as=rita')).out.trim()).toBe('yes');
    expect((await can('delete', 'pods', '--as=rita')).out.trim()).toBe('no');
    expect((await can('--list', '--as=rita')).out).toContain('pods');
    expect((await kubectl('get', 'cm', '--as=rita')).err).toContain(
      'User "rita" cannot list resource "configmaps"',
    );
  });

  it('watches', async () => {
    const child = spawn('kubectl', ['get', 'cm', '-w', '--no-headers'], {
      env,
    });
    let out = '';
    child.stdout.on('data', chunk => {
      out += String(chunk);
    });
    await eventually(async () => expect(out).toMatch(/^c\s/m));
    await kubectl('create', 'configmap', 'later');
    await eventually(async () => expect(out).toMatch(/^later\s/m));
    child.kill();
  });

  it('reads logs of a pod and waits for a deletion', async () => {
    await kubectl(
      'apply',
      '-f',
      file(
        'pod.yaml',
        'apiVersion: v1\nkind: Pod\nmetadata: {name: talker}\nspec: {containers: [{name: main, image: none}]}\n',
      ),
    );
    expect((await kubectl('logs', 'talker')).out).toBe('hello\n');
    expect((await kubectl('get', 'pods')).out).toMatch(
      /talker\s+0\/1\s+Pending/,
    );
    const deleted = await kubectl('delete', 'pod', 'talker', 'none');
    expect(deleted.out).toContain('pod "talker" deleted');
    expect(deleted.err).toContain('pods "none" not found');
    expect((await kubectl('get', 'pods')).err).toContain('No resources found');
  });
});

// Checks, tests and compiles the policies to policies.wasm, or with --check proves without OPA that the committed
// Wasm was made from these sources. OPA is taken from OPA_PATH or the PATH.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = path.dirname(fileURLToPath(import.meta.url));
const wasmFile = path.join(folder, 'policies.wasm');
const hashFile = path.join(folder, 'policies.wasm.sha256');
// The same as POLICY_ENTRYPOINTS in api/src/policy.ts.
const ENTRYPOINTS = [
  'agentworkloads/start/decision',
  'agentworkloads/gate/decision',
];

/** Names of the compiled sources, sorted. The data file is not one: it is read at run time. */
function sources() {
  return readdirSync(folder)
    .filter(name => name.endsWith('.rego') && !name.endsWith('_test.rego'))
    .sort();
}

/** One hash over the sources and what was made of them, so that neither can change alone. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const name of [...sources(), 'policies.wasm']) {
    const content = readFileSync(path.join(folder, name));
    hash.update(`${name}\n${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

function check() {
  if (readFileSync(hashFile, 'utf8').trim() === fingerprint()) return;
  throw new Error(
    'policies.wasm is not what these sources compile to: run `node policies/build.mjs` with OPA on the PATH and commit the result',
  );
}

function opa(...args) {
  const program = process.env.OPA_PATH || 'opa';
  const run = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
  if (run.error?.code === 'ENOENT') {
    throw new Error(`${program} is not there: install OPA 1.x or set OPA_PATH`);
  }
  if (run.error) throw run.error;
  if (run.status !== 0) {
    throw new Error(`opa ${args[0]} failed:\n${run.stdout}${run.stderr}`);
  }
  return run.stdout;
}

function compile() {
  const scratch = mkdtempSync(path.join(tmpdir(), 'policies-'));
  try {
    const bundle = path.join(scratch, 'bundle.tar.gz');
    const entries = ENTRYPOINTS.flatMap(entry => ['-e', entry]);
    opa('build', '-t', 'wasm', ...entries, '-o', bundle, ...sources());
    const tar = spawnSync('tar', ['-xzOf', bundle, '/policy.wasm'], {
      maxBuffer: 64 << 20,
    });
    if (tar.status !== 0) throw new Error(`tar failed: ${tar.stderr}`);
    writeFileSync(wasmFile, tar.stdout);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function build() {
  const unformatted = opa('fmt', '-l', '.').trim();
  if (unformatted) throw new Error(`run opa fmt -w policies: ${unformatted}`);
  opa('check', '--strict', '.');
  process.stdout.write(opa('test', '--timeout', '60s', '.'));
  compile();
  writeFileSync(hashFile, `${fingerprint()}\n`);
}

try {
  if (process.argv.includes('--check')) check();
  else build();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

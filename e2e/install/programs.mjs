// Programs that are run one after the other, at low priority, and ended when they are to be.
import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';

const NICE = 10;
const TOLD_LINES = 60;

/**
 * @param signal when it is aborted, the program that runs is ended, with all that it has started
 * @returns a function that runs a program to its end; what it printed is told only where it failed
 */
export function programs(signal) {
  return async (cwd, program, args, { env, input } = {}) => {
    signal.throwIfAborted();
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
      // A group of its own: Yarn has started the compiler, and the compiler its workers.
      detached: true,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', chunk => {
        output = `${output}${chunk}`.slice(-20_000);
      });
    const end = () => process.kill(-child.pid, 'SIGKILL');
    const ended = new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    child.once('spawn', () => {
      signal.addEventListener('abort', end);
      setPriority(child.pid, NICE);
    });
    child.stdin.end(input);
    const code = await ended.finally(() =>
      signal.removeEventListener('abort', end),
    );
    signal.throwIfAborted();
    if (code === 0) return;
    const lines = output.split('\n').slice(-TOLD_LINES).join('\n');
    throw new Error(`${program} ${args.join(' ')} failed:\n${lines}`);
  };
}

import { spawn } from 'node:child_process';
import { guardians, whenOrphaned } from './orphaned.mjs';

/**
 * Runs a command in the foreground and gives its exit code. Signals reach it once: a terminal's Ctrl-C goes to the
 * whole process group already, so SIGINT is only waited for, while SIGTERM and SIGHUP are passed on. When this process
 * has lost what started it, the command is told to end.
 *
 * @param options of `spawn`
 * @param begun who must not be outlived, if that was found out before
 */
export function handOver(command, args, options, begun = guardians()) {
  return new Promise(resolve => {
    const child = spawn(command, args, {
      stdio: 'inherit',
      ...options,
      // By this it knows whom it must not outlive.
      env: {
        ...(options?.env ?? process.env),
        AGENTIC_PARENT: `${process.pid}`,
      },
    });
    const pass = signal => child.kill(signal);
    process.on('SIGINT', () => {});
    process.on('SIGTERM', pass);
    process.on('SIGHUP', pass);
    whenOrphaned(() => child.kill('SIGTERM'), begun);
    child.on('error', error => {
      console.error(`✖ ${command} could not be started: ${error.message}`);
      resolve(1);
    });
    child.on('exit', (code, signal) =>
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1)),
    );
  });
}

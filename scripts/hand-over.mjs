import { spawn } from 'node:child_process';

/**
 * Runs a command in the foreground and gives its exit code. Signals reach it once: a terminal's Ctrl-C goes to the
 * whole process group already, so SIGINT is only waited for, while SIGTERM and SIGHUP are passed on.
 */
export function handOver(command, args, options) {
  return new Promise(resolve => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    const pass = signal => child.kill(signal);
    process.on('SIGINT', () => {});
    process.on('SIGTERM', pass);
    process.on('SIGHUP', pass);
    child.on('error', error => {
      console.error(`✖ ${command} could not be started: ${error.message}`);
      resolve(1);
    });
    child.on('exit', (code, signal) =>
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1)),
    );
  });
}

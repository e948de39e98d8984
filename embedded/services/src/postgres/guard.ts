import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * A shell that outlives the process that started it by a moment: it waits for a word on its input. Where the input ends without
 * one, that process was killed, and the shell ends the server, which would go on for ever. It looks first whether the process
 * id is still the server's.
 */
const SCRIPT = `
pid=$1 data=$2 programs=$3
trap '' HUP INT TERM
read -r word && exit 0
ours() {
  if [ -d /proc/self ]; then [ "$(readlink "/proc/$pid/cwd")" = "$data" ]
  else ps -o command= -p "$pid" | grep -qF "$data"; fi
}
ours && kill -INT "$pid"
n=0
while ours && [ $n -lt 6 ]; do sleep 1; n=$((n + 1)); done
ours && kill -KILL "$pid"
[ -z "$programs" ] || rm -rf "$programs"
exit 0
`;

export interface Guard {
  /** The server has ended as it should: there is nothing left to guard. */
  dismiss(): Promise<void>;
}

/**
 * @param data as the system names it, without links
 * @param programs removed as well, where given
 */
export function guard(pid: number, data: string, programs?: string): Guard {
  const child = spawn(
    '/bin/sh',
    ['-c', SCRIPT, 'sh', String(pid), data, programs ?? ''],
    {
      cwd: '/',
      // Not in the group of what is killed.
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    },
  );
  const ended = once(child, 'exit');
  child.stdin.on('error', () => {});
  return {
    async dismiss() {
      child.stdin.end('done\n');
      await ended;
    },
  };
}

import { AlreadyRunning } from './supervisor/lock';
import {
  parseOptions,
  USAGE,
  UsageError,
  type StandaloneOptions,
} from './supervisor/options';
import { startOnCluster } from './supervisor/start-on-cluster';
import { startStandalone } from './supervisor/start-standalone';

/** What `npm start` runs: everything on this machine, until Ctrl-C. */
const say = (line: string) => console.log(line);
const root = process.env.AGENTIC_ROOT ?? process.cwd();

function readOptions(): StandaloneOptions {
  if (process.argv.includes('--help')) {
    say(USAGE);
    process.exit(0);
  }
  try {
    return parseOptions(process.argv.slice(2), root, say);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`✖ ${error.message}\n\n${USAGE}`);
    process.exit(2);
  }
}

type Handle = Parameters<NonNullable<StandaloneOptions['onBegin']>>[0];
let handle: Handle | undefined;
let stopping = false;

async function stop(signal: NodeJS.Signals): Promise<void> {
  if (stopping) {
    console.error('\n! Killing everything');
    handle?.kill();
    process.exit(130);
  }
  stopping = true;
  say('\n• Stopping (Ctrl-C again kills)');
  await handle?.close().catch(error => {
    console.error(`! ${(error as Error).message}`);
  });
  say('• Stopped');
  process.exit(signal === 'SIGINT' ? 130 : 0);
}

// Whoever read the output may be gone before this process is.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', () => {});
}
// What started this process names itself, and is not outlived: see scripts/hand-over.mjs.
const parent = Number(process.env.AGENTIC_PARENT);
if (process.ppid === parent) {
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    if (!stopping) void stop('SIGTERM');
  }, 500);
  timer.unref();
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => void stop(signal));
}

try {
  const options: StandaloneOptions = {
    ...readOptions(),
    onBegin: begun => {
      handle = begun;
    },
  };
  const start = options.cluster ? startOnCluster : startStandalone;
  const { portalUrl } = await start(options);
  say(
    options.portal ? `Portal ready: ${portalUrl}` : 'Ready without the portal',
  );
} catch (error) {
  if (!stopping) {
    console.error(
      error instanceof AlreadyRunning
        ? `✖ It runs already in this folder (process ${error.pid}). Use that one, or stop it first with Ctrl-C in its terminal.`
        : `✖ ${(error as Error).message}`,
    );
    process.exit(1);
  }
}

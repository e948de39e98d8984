import { AGENT_WORKLOAD, GROUP, VERSION } from '@agentworkloads/api';
import {
  Reflector,
  Store,
  systemClock,
  type ListingClient,
  type Logger,
} from '@agentworkloads/kube';
import {
  DemoTurns,
  visitingRun,
  type Turn,
  type VisitingRun,
} from './demo-turns';
import { DEMO_PORT } from './parts';

const WORKLOADS = {
  group: GROUP,
  version: VERSION,
  plural: AGENT_WORKLOAD.plural,
};

/** What goes wrong with the cluster is told by those who do the work. */
const QUIET: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
};

interface DemoState {
  versions: Record<string, number>;
  pinned: boolean;
}

/** @returns the version that the company shows from now on; undefined where it stays */
async function moveOn(
  site: string,
  company: string,
): Promise<number | undefined> {
  const address = `${site}/__demo/version`;
  const before = (await (await fetch(address)).json()) as DemoState;
  if (before.pinned || !(company in before.versions)) return undefined;
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ version: 'next', company }),
  });
  if (!answer.ok) throw new Error(`it answers ${answer.status}`);
  return ((await answer.json()) as DemoState).versions[company];
}

/**
 * The demo companies change their pages from run to run, as companies do from week to week: follows the runs until the signal
 * aborts, and says each change.
 *
 * @param site address of the demo site on this machine
 */
export function moveDemoOn(
  client: ListingClient,
  site: string,
  say: (line: string) => void,
  signal: AbortSignal,
): void {
  const store = new Store<VisitingRun>();
  const turns = new DemoTurns();
  const take = async ({ company, run }: Turn) => {
    try {
      const version = await moveOn(site, company);
      if (version === undefined) return;
      say(
        `• Demo: ${company} has changed its pages (version ${version}), for run ${run} is completed; run it again to see what changed`,
      );
    } catch (error) {
      say(
        `! Demo: ${company} keeps its pages, the demo site could not be asked to change them (${
          (error as Error).message
        })`,
      );
    }
  };
  const reflector = new Reflector<unknown, VisitingRun>({
    name: WORKLOADS.plural,
    source: client.listWatch(WORKLOADS, ''),
    store,
    transform: raw => visitingRun(raw, DEMO_PORT),
    onChange: change => {
      for (const turn of turns.seen(change, store.values())) void take(turn);
    },
    clock: systemClock,
    logger: QUIET,
    random: Math.random,
  });
  void reflector.run(signal);
}

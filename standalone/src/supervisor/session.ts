import { pathToFileURL } from 'node:url';
import { Children } from './children';
import { createLayout, type Layout } from './layout';
import { takeLock } from './lock';
import { ensurePrivate } from './own-folder';
import type { StandaloneOptions } from './options';
import { PortReservations } from './ports';

/** One start: its folder, its processes, its ports. */
export interface Session {
  layout: Layout;
  children: Children;
  reservations: PortReservations;
  /** Done at the end, after the processes. */
  atEnd(cleanUp: () => Promise<void>): void;
  /** Ends all parts in reverse order and gives the folder free. */
  close(): Promise<void>;
  /** Ends all parts at once; the folder stays locked until this process ends. */
  kill(): void;
}

/** @throws AlreadyRunning when another process holds the folder */
export async function openSession(
  options: StandaloneOptions,
): Promise<Session> {
  const layout = createLayout(options.root, options.dataDir);
  await ensurePrivate(layout.data);
  const release = await takeLock(layout.lock);
  const reservations = new PortReservations();
  const cleanUps: (() => Promise<void>)[] = [];
  const children = new Children({
    logFile: layout.log,
    processesFile: layout.processes,
    watchdog: pathToFileURL(layout.bundle('standalone', 'watchdog')).href,
    say: options.say,
  });
  const session: Session = {
    layout,
    children,
    reservations,
    atEnd: cleanUp => cleanUps.push(cleanUp),
    kill: () => children.kill(),
    close: async () => {
      await children.stop();
      for (const cleanUp of cleanUps) await cleanUp();
      await reservations.release();
      await release();
    },
  };
  // Before anything runs, for Ctrl-C may come at any time.
  options.onBegin?.(session);
  return session;
}

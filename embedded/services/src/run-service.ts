export interface Service {
  where: string;
  /** Resolves with the reason when it has ended by itself, or was closed. */
  ended?: Promise<string>;
  close(): Promise<void>;
}

/** Keeps a service until a signal, or the end of the process that started it, and closes it then. */
export async function runService(
  name: string,
  start: () => Promise<Service>,
): Promise<void> {
  try {
    const service = await start();
    console.log(`${name} ready: ${service.where}`);
    let stopping = false;
    const stop = () => {
      stopping = true;
      service.close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    };
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      process.once(signal, stop);
    }
    void service.ended?.then(why => {
      if (stopping) return;
      console.error(`${name} ended: ${why}`);
      process.exit(1);
    });
  } catch (error) {
    console.error(`${name}: ${(error as Error).message}`);
    process.exit(1);
  }
}

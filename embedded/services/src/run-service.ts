/** Keeps a service until a signal, or the end of the process that started it, and closes it then. */
export async function runService(
  name: string,
  start: () => Promise<{ where: string; close(): Promise<void> }>,
): Promise<void> {
  try {
    const service = await start();
    console.log(`${name} ready: ${service.where}`);
    const stop = () => {
      service.close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    };
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      process.once(signal, stop);
    }
  } catch (error) {
    console.error(`${name}: ${(error as Error).message}`);
    process.exit(1);
  }
}

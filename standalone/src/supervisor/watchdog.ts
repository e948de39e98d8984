/**
 * Loaded with `--import` into every process that the supervisor starts. When the supervisor is gone
 * (kill -9), the channel to it closes: the process then stops as on SIGTERM, and hard after a while.
 */
const HARD_STOP_MS = 8_000;

if (process.channel) {
  process.on('disconnect', () => {
    setTimeout(() => process.exit(1), HARD_STOP_MS).unref();
    process.kill(process.pid, 'SIGTERM');
  });
  // A service that has nothing left to do may end in spite of the channel.
  process.channel.unref();
}

export {};

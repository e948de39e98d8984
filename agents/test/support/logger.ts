import { createLogger } from '../../src/runtime/logger';

export const silentLogger = () =>
  createLogger({
    name: 'test',
    level: 'fatal',
    sink: { write: () => undefined },
  });

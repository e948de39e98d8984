import { PermanentError } from '../../runtime/errors';
import type { Step } from '../../runtime/step';

export const scrapeStep: Step = {
  name: 'scrape',
  input: {},
  buildGraph() {
    throw new PermanentError('Step scrape is not built yet.');
  },
  async writeOutputs() {},
};

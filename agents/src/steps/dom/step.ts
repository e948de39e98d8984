import { PermanentError } from '../../runtime/errors';
import type { Step } from '../../runtime/step';

export const domStep: Step = {
  name: 'dom',
  input: {},
  buildGraph() {
    throw new PermanentError('Step dom is not built yet.');
  },
  async writeOutputs() {},
};

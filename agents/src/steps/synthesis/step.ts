import { PermanentError } from '../../runtime/errors';
import type { Step } from '../../runtime/step';

export const synthesisStep: Step = {
  name: 'synthesis',
  input: {},
  buildGraph() {
    throw new PermanentError('Step synthesis is not built yet.');
  },
  async writeOutputs() {},
};

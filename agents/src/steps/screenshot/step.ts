import { PermanentError } from '../../runtime/errors';
import type { Step } from '../../runtime/step';

export const screenshotStep: Step = {
  name: 'screenshot',
  input: {},
  buildGraph() {
    throw new PermanentError('Step screenshot is not built yet.');
  },
  async writeOutputs() {},
};

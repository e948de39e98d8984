import type { StepName } from '@agentworkloads/api';
import type { Step } from '../runtime/step';

type Loader = () => Promise<Step>;

const erase = <State extends object>(step: Step<State>): Step =>
  step as unknown as Step;

/** Loaded on demand: a step starts without the libraries of the others. */
export const STEP_REGISTRY: Partial<Record<StepName, Loader>> = {
  scrape: async () => erase((await import('./scrape/step')).scrapeStep),
  screenshot: async () =>
    erase((await import('./screenshot/step')).screenshotStep),
  dom: async () => erase((await import('./dom/step')).domStep),
  synthesis: async () =>
    erase((await import('./synthesis/step')).synthesisStep),
};

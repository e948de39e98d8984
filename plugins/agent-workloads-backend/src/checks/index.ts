import type {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { systemClock } from '@agentworkloads/kube';
import { SiteBudget } from './SiteBudget';
import { readCheckSettings, type CheckSettings } from './settings';

export interface Checks {
  settings: CheckSettings;
  budget: SiteBudget;
}

/** What can't be used is logged and asks nobody: runs are made without it all the same. */
export function checksFrom(
  config: RootConfigService,
  logger: LoggerService,
  portals: readonly { name: string }[],
): Checks {
  const clusters = portals.map(({ name }) => name);
  const budget = new SiteBudget(() => systemClock.monotonic());
  try {
    const settings = readCheckSettings(config, clusters);
    for (const name of settings.misnamed) {
      logger.error(
        `agentWorkloads.checks.operators names the cluster "${name}", and agentWorkloads.clusters has ${clusters
          .map(one => `"${one}"`)
          .join(', ')}: nobody is asked at that address`,
      );
    }
    return { settings, budget };
  } catch (error) {
    logger.error(
      `${(error as Error).message}; nothing is checked before a run`,
    );
    return { settings: { operators: new Map(), misnamed: [] }, budget };
  }
}

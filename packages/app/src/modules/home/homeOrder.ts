import type { HomeVisit } from '@agentworkloads/backstage-plugin-agent-workloads';

/** What is known of the person whose home page it is. */
export interface Home extends HomeVisit {
  /** There are invented competitors to try the portal with. */
  hasDemo: boolean;
}

/** Names of widgets: over the whole width, and below that in two columns. Read, and on a phone shown, in this order. */
export interface HomeOrder {
  top: string[];
  left: string[];
  right: string[];
}

const GATES = 'AgentWorkloadsGates';

/**
 * What somebody must decide comes before all else, and the demo first until somebody has run something. Other widgets that are installed stay
 * out.
 */
export function homeOrder({ hasDemo, isUsed, mayDecide }: Home): HomeOrder {
  const demo = hasDemo ? ['AgentWorkloadsDemo'] : [];
  return {
    top: [...(mayDecide ? [GATES] : []), ...(isUsed ? [] : demo)],
    left: ['AgentWorkloadsWatch'],
    right: [
      ...(mayDecide ? [] : [GATES]),
      'AgentWorkloadsRuns',
      ...(isUsed ? demo : []),
    ],
  };
}

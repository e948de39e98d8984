/** What is known of the person whose home page it is. */
export interface Home {
  /** There are invented competitors to try the portal with. */
  hasDemo: boolean;
  /** There is a run that this person may read. */
  isUsed: boolean;
  /** A gate waits for this person's decision. */
  mayDecide: boolean;
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

import { createContext, useContext, useState, type ReactNode } from 'react';
import type { GateDecision } from '@agentworkloads/api';

/** What a person has written and sent at a gate that is open. */
export interface GateDraft {
  comment: string;
  /** The last decision that was sent; without `approval` the portal refused it, because another one was there. */
  sent?: { decision: GateDecision; approval?: string };
}

type Draft = readonly [GateDraft, (next: GateDraft) => void];

const Held = createContext<Draft | undefined>(undefined);

/** Keeps it while the gate's panel moves, or goes because somebody else has decided. */
export function GateDraftProvider(props: { children: ReactNode }) {
  const held = useState<GateDraft>({ comment: '' });
  return <Held.Provider value={held}>{props.children}</Held.Provider>;
}

export function useGateDraft(): Draft {
  const own = useState<GateDraft>({ comment: '' });
  return useContext(Held) ?? own;
}

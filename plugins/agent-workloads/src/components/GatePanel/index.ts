export { GatePanel } from './GatePanel';
export { GateDraftProvider } from './gateDraft';
export { LostDecision } from './LostDecision';
export { AfterDecision } from './NextGate';

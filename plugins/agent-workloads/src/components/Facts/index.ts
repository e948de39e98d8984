export { FactsTab } from './FactsTab';
export { ProofDialog } from './ProofDialog';

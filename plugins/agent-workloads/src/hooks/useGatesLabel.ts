import { useWords } from '../translation/words';
import { useGates } from './queries';

/** `Gates (3)`: how many wait for this person; `Gates` where none does, or nobody knows. */
export function useGatesLabel(): string {
  const { t } = useWords();
  const { data } = useGates();
  const mine = data?.items.filter(gate => gate.mayDecide.allowed).length ?? 0;
  const title = t('common.nav.gates');
  return mine > 0 ? t('gates.section', { title, number: mine }) : title;
}

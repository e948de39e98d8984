import type { GateStatus } from '@agentworkloads/api';
import { decidedByWords } from '../../lib/decision';
import { useWords } from '../../translation/words';
import { Person } from '../People';

/** Who or what closed a gate, people as the catalog calls them. */
export function DecidedBy(props: {
  gate: Pick<GateStatus, 'via' | 'decidedBy'>;
  people?: Record<string, string>;
}) {
  const { gate, people } = props;
  const words = useWords();
  const { t } = words;
  const person = <Person name={gate.decidedBy} people={people} />;
  if (gate.via === 'cancel' && gate.decidedBy) {
    return <>{t('gate.viaCancelBy', { who: person })}</>;
  }
  const isPerson = (gate.via ?? 'person') === 'person' && gate.decidedBy;
  return <>{isPerson ? person : decidedByWords(gate, words)}</>;
}

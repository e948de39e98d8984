import { useMemo } from 'react';
import { useEvidence } from '../../hooks/queries';
import { factOfSide, type ShownChange } from '../../lib/shownChange';
import { ProofDialog } from '../Facts';
import type { Side } from './ChangeCard';

/** Where one side of a change stands in what its run saved. */
export function ChangeProof(props: {
  shown: ShownChange;
  side: Side;
  onClose: () => void;
}) {
  const { shown, side, onClose } = props;
  const { run, earlier, change } = shown;
  const saved = side === 'was' ? { ...run, name: earlier!.name } : run;
  const evidence = useEvidence(saved);
  // The same object at each drawing: the dialog checks it anew when it is another one.
  const fact = useMemo(
    () => (change[side] ? factOfSide(change, side) : shown.fact!),
    [change, side, shown.fact],
  );
  return (
    <ProofDialog
      run={saved}
      fact={fact}
      pages={evidence.data?.manifest?.pages ?? []}
      source={{
        isPending: evidence.isPending,
        error: evidence.data ? undefined : evidence.error,
        retry: evidence.refetch,
      }}
      onClose={onClose}
    />
  );
}

import type { ScheduleItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useWords } from '../../translation/words';
import { ConfirmDialog } from '../ConfirmDialog';

/** Admission lets people run a schedule now in their own name only, and the name stays. */
export function TakeOverDialog(props: {
  schedule: ScheduleItem;
  onConfirm: () => Promise<void>;
  onClose: () => void;
}) {
  const { name, requestedBy } = props.schedule;
  const { t } = useWords();
  return (
    <ConfirmDialog
      question={{
        title: t('edit.runQuestion'),
        action: t('action.runNow', { name }),
        text: requestedBy
          ? t('edit.runTextOf', { name, who: requestedBy })
          : t('edit.runText', { name }),
        button: t('edit.runButton'),
        destructive: false,
        act: props.onConfirm,
      }}
      onClose={props.onClose}
    />
  );
}

import type { ScheduleItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { ConfirmDialog } from '../ConfirmDialog';

/** Admission lets people run a schedule now in their own name only, and the name stays. */
export function TakeOverDialog(props: {
  schedule: ScheduleItem;
  onConfirm: () => Promise<void>;
  onClose: () => void;
}) {
  const { name, requestedBy } = props.schedule;
  const whose = requestedBy ? `in the name of ${requestedBy}` : 'in no name';
  const then = requestedBy ? `, no longer in that of ${requestedBy}` : '';
  return (
    <ConfirmDialog
      question={{
        title: 'Run now and take over?',
        action: `run ${name} now`,
        text: `${name} is ${whose}. Who runs it now takes it over: its runs go on in your name from now on${then}, those at due times too. Four eyes then compare with your name.`,
        button: 'Take over and run now',
        destructive: false,
        act: props.onConfirm,
      }}
      onClose={props.onClose}
    />
  );
}

import { Link } from '@backstage/ui';
import type { RunDetail } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { formatDate } from '../../lib/time';
import { useWords } from '../../translation/words';
import { useRunHref } from '../Links';

/** When the pages of a run were seen, and in which run; nothing where it visited them itself. */
export function SeenBefore({ run }: { run: RunDetail }) {
  const words = useWords();
  const runHref = useRunHref();
  if (!run.reused) return null;
  const { seenAt, run: seenIn } = run.reused;
  return (
    <>
      {words.t('run.seenBefore', {
        date: formatDate(seenAt, words),
        run: <Link href={runHref({ ...run, name: seenIn })}>{seenIn}</Link>,
      })}
    </>
  );
}

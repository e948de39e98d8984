import { Text } from '@backstage/ui';
import type { Fact, PageRecord } from '@agentworkloads/api';
import type { RunRef } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useChanges } from '../../hooks/queries';
import {
  unchangedSentence,
  whyNotCompared,
  type Comparison,
} from '../../lib/changes';
import { changeText } from '../../lib/factText';
import { shownOfRun } from '../../lib/shownChange';
import { useWords } from '../../translation/words';
import { ChangeList } from '../Changes';
import { ChangePictures } from './ChangePictures';
import { EarlierRun } from './EarlierRun';

/** As many as the backend gives at once. */
const MOST_MARKED = 200;
const FOLDED = 20;

/** What changed, with the pictures and proofs of both runs, and which run it is held against; where nothing is told, why. */
export function ComparedChanges(props: {
  run: RunRef;
  comparison: Comparison;
  /** Of this run. */
  pages: readonly PageRecord[];
  facts: readonly Fact[];
  /** Of a completed run: what the portal took in of it can be marked. */
  uid?: string;
}) {
  const { run, comparison, facts, pages, uid } = props;
  const words = useWords();
  const { cluster, namespace, name } = run;
  const taken = useChanges(
    uid && comparison.changes.length
      ? { cluster, namespace, run: name, limit: MOST_MARKED }
      : undefined,
  );
  const items = (taken.data?.items ?? []).filter(
    item => item.workloadUid === uid,
  );
  return (
    <>
      {comparison.changes.length ? (
        <ChangeList
          label={words.t('report.whatChanged')}
          changes={shownOfRun(run, comparison, facts, items)}
          folded={FOLDED}
          pictures={({ change, fact }) => (
            <ChangePictures
              run={run}
              change={change}
              pages={pages}
              comparison={comparison}
            >
              {changeText(change, fact, words)}
            </ChangePictures>
          )}
        />
      ) : (
        <Text as="p" color="secondary">
          {whyNotCompared(comparison, words) ??
            unchangedSentence(comparison, words)}
        </Text>
      )}
      <EarlierRun run={run} comparison={comparison} />
    </>
  );
}

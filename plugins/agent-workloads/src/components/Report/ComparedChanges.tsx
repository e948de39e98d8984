import type { Fact, PageRecord } from '@agentworkloads/api';
import type { RunRef } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { Comparison } from '../../lib/changes';
import { ChangePictures } from './ChangePictures';
import { ChangesTable } from './ChangesTable';
import { EarlierRun } from './EarlierRun';

/** What changed, with the pictures of both runs, and which run it is held against. */
export function ComparedChanges(props: {
  run: RunRef;
  comparison: Comparison;
  /** Of this run. */
  pages: readonly PageRecord[];
  facts: readonly Fact[];
  onProof: (fact: Fact) => void;
}) {
  const { run, comparison, pages } = props;
  return (
    <>
      <ChangesTable
        comparison={comparison}
        facts={props.facts}
        onProof={props.onProof}
        pictures={(change, words) => (
          <ChangePictures
            run={run}
            change={change}
            pages={pages}
            comparison={comparison}
          >
            {words}
          </ChangePictures>
        )}
      />
      <EarlierRun run={run} comparison={comparison} />
    </>
  );
}

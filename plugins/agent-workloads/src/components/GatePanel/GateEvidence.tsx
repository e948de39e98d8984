import { useState } from 'react';
import { Alert, Flex, Text } from '@backstage/ui';
import type { Fact, FactKind, RunSummary } from '@agentworkloads/api';
import type {
  RunDetail,
  RunEvidence,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useEvidence } from '../../hooks/queries';
import { compare } from '../../lib/comparison';
import { evidenceVersion } from '../../lib/evidenceVersion';
import { factKindLabel } from '../../lib/factText';
import { ProofDialog } from '../Facts';
import { ChangesTable } from '../Report/ChangesTable';
import { NotComparedList } from '../Report/NotComparedList';
import { NotObserved } from '../Report/NotObserved';
import { PriceTable } from '../Report/PriceTable';
import { PageThumbnails } from '../Screenshots';
import { ErrorState, LoadingState } from '../states';
import styles from './GatePanel.module.css';

type Gate = NonNullable<RunDetail['gateDetail']>;

const SHOWN_PAGES = 6;

function Number(props: { value: number | string; label: string }) {
  return (
    <div className={styles.number}>
      <dd>{props.value}</dd>
      <dt>{props.label}</dt>
    </div>
  );
}

function kindsOf(summary: RunSummary): string {
  return Object.entries(summary.byKind)
    .map(([kind, count]) => `${count} ${factKindLabel(kind).toLowerCase()}`)
    .join(', ');
}

function followedOf({ followed = [], followedTotal = 0 }: RunSummary): string {
  const rest = followedTotal - followed.length;
  return [...followed, ...(rest > 0 ? [`and ${rest} more`] : [])].join(', ');
}

function Numbers(props: { summary: RunSummary }) {
  const { summary } = props;
  const { compared, changes = 0 } = summary;
  return (
    <Flex direction="column" gap="2">
      <dl className={styles.numbers}>
        <Number
          value={`${summary.observed} of ${summary.pages}`}
          label="pages observed"
        />
        <Number value={summary.facts} label="facts, each with proof" />
        {compared && (
          <Number value={changes} label="changes since the earlier run" />
        )}
        {compared && compared.notCompared > 0 && (
          <Number value={compared.notCompared} label="not compared" />
        )}
        <Number value={summary.notObservedTotal} label="not observed" />
      </dl>
      {kindsOf(summary) && (
        <Text as="p" variant="body-small" color="secondary">
          Facts by kind: {kindsOf(summary)}
        </Text>
      )}
      {followedOf(summary) && (
        <Text as="p" variant="body-small" color="secondary">
          Followed beyond the targets, observed or not, as their pages name
          them: {followedOf(summary)}
        </Text>
      )}
      {summary.degraded && (
        <Alert
          status="warning"
          icon
          title="A step had to do without something"
          description="See the logs of the steps below. The report will say what is missing."
        />
      )}
    </Flex>
  );
}

/** From the pages themselves where they can be read, else from the short list that the policy saw. */
function missingOf(evidence: RunEvidence | undefined, summary?: RunSummary) {
  const pages = evidence?.manifest?.pages;
  return pages
    ? pages.flatMap(({ url, reason, detail }) =>
        reason ? [{ url, reason: reason as string, detail }] : [],
      )
    : (summary?.notObserved ?? []).map(one => ({
        ...one,
        reason: one.reason as string,
        detail: undefined,
      }));
}

function mainFacts(facts: readonly Fact[]): Fact[] {
  // A headline names the company, as it will in the report.
  const main: FactKind[] = ['plan', 'price', 'contact', 'headline'];
  return facts.filter(fact => main.includes(fact.kind));
}

/** What was seen and what could not be, beside the buttons; once it is decided, the numbers will do. */
export function GateEvidence(props: {
  run: RunDetail;
  gate: Gate;
  open: boolean;
}) {
  const { run, gate, open } = props;
  const evidence = useEvidence(run, evidenceVersion(run));
  const [proof, setProof] = useState<Fact>();
  const { data } = evidence;
  const pages = data?.manifest?.pages ?? [];
  const seen = pages.filter(page => !page.reason && page.shots.length > 0);
  const missing = missingOf(data, gate.summary);
  return (
    <Flex direction="column" gap="5">
      {gate.summary && <Numbers summary={gate.summary} />}
      {evidence.isPending && <LoadingState what="the evidence" rows={6} />}
      {evidence.error && !data && (
        <ErrorState
          error={evidence.error}
          what="the evidence"
          onRetry={() => evidence.refetch()}
        />
      )}
      {missing.length > 0 && (
        <Flex direction="column" gap="2">
          <Text as="h3" variant="body-medium" weight="bold">
            What could not be seen ({missing.length})
          </Text>
          <NotObserved items={missing} />
        </Flex>
      )}
      {open && data?.changes && (
        <Flex direction="column" gap="2">
          <Text as="h3" variant="body-medium" weight="bold">
            What changed
          </Text>
          <ChangesTable
            comparison={data.changes}
            facts={data.facts?.facts ?? []}
            onProof={setProof}
          />
          {data.changes.notCompared.length > 0 && (
            <>
              <Text as="h3" variant="body-medium" weight="bold">
                What could not be compared ({data.changes.notCompared.length})
              </Text>
              <NotComparedList items={data.changes.notCompared} />
            </>
          )}
        </Flex>
      )}
      {open && data?.facts && (
        <Flex direction="column" gap="2">
          <Text as="h3" variant="body-medium" weight="bold">
            Plans and prices found
          </Text>
          <PriceTable
            brief
            companies={compare(mainFacts(data.facts.facts))}
            onProof={setProof}
          />
        </Flex>
      )}
      {!open && (
        <Text as="p" color="secondary">
          The pages and facts that were there to look at are in the tabs
          Screenshots and Facts.
        </Text>
      )}
      {open && seen.length > 0 && (
        <Flex direction="column" gap="2">
          <Text as="h3" variant="body-medium" weight="bold">
            What was seen
          </Text>
          <PageThumbnails
            run={run}
            pages={seen.slice(0, SHOWN_PAGES)}
            shots={data?.shots}
          />
          {seen.length > SHOWN_PAGES && (
            <Text color="secondary">
              {seen.length - SHOWN_PAGES} more pages are in the tab Screenshots.
            </Text>
          )}
        </Flex>
      )}
      {proof && (
        <ProofDialog
          run={run}
          fact={proof}
          pages={pages}
          onClose={() => setProof(undefined)}
        />
      )}
    </Flex>
  );
}

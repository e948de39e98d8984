import { useState, type ReactNode } from 'react';
import { Flex, Text } from '@backstage/ui';
import type {
  Fact,
  FactKind,
  PageRecord,
  RunSummary,
} from '@agentworkloads/api';
import type {
  RunDetail,
  RunEvidence,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useEvidence } from '../../hooks/queries';
import { compare } from '../../lib/comparison';
import { evidenceVersion } from '../../lib/evidenceVersion';
import { ProofDialog } from '../Facts';
import { ComparedChanges } from '../Report/ComparedChanges';
import { NotComparedList } from '../Report/NotComparedList';
import { NotObserved } from '../Report/NotObserved';
import { PriceTable } from '../Report/PriceTable';
import { PageThumbnails } from '../Screenshots';
import { ErrorState, LoadingState } from '../states';
import { GateNumbers } from './GateNumbers';

type Gate = NonNullable<RunDetail['gateDetail']>;

const SHOWN_PAGES = 6;

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

function Part(props: { title: string; children: ReactNode }) {
  return (
    <Flex direction="column" gap="2">
      <Text as="h3" variant="body-medium" weight="bold">
        {props.title}
      </Text>
      {props.children}
    </Flex>
  );
}

function Compared(props: {
  run: RunDetail;
  comparison: NonNullable<RunEvidence['changes']>;
  pages: readonly PageRecord[];
  facts: readonly Fact[];
  onProof(fact: Fact): void;
}) {
  const { comparison } = props;
  const { notCompared } = comparison;
  return (
    <>
      <Part title="What changed">
        <ComparedChanges {...props} />
      </Part>
      {notCompared.length > 0 && (
        <Part title={`What could not be compared (${notCompared.length})`}>
          <NotComparedList items={notCompared} />
        </Part>
      )}
    </>
  );
}

/** What to look at before deciding; unusual things first. */
function ToLookAt(props: {
  run: RunDetail;
  data: RunEvidence;
  onProof(fact: Fact): void;
}) {
  const { run, data, onProof } = props;
  const facts = data.facts?.facts ?? [];
  const seen = (data.manifest?.pages ?? []).filter(
    page => !page.reason && page.shots.length > 0,
  );
  return (
    <>
      {data.changes && (
        <Compared
          run={run}
          comparison={data.changes}
          pages={data.manifest?.pages ?? []}
          facts={facts}
          onProof={onProof}
        />
      )}
      {data.facts && (
        <Part title="Plans and prices found">
          <PriceTable
            brief
            companies={compare(mainFacts(facts))}
            onProof={onProof}
          />
        </Part>
      )}
      {seen.length > 0 && (
        <Part title="What was seen">
          <PageThumbnails
            run={run}
            pages={seen.slice(0, SHOWN_PAGES)}
            shots={data.shots}
          />
          {seen.length > SHOWN_PAGES && (
            <Text color="secondary">
              {seen.length - SHOWN_PAGES} more pages are in the tab Screenshots.
            </Text>
          )}
        </Part>
      )}
    </>
  );
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
  const missing = missingOf(data, gate.summary);
  return (
    <Flex direction="column" gap="5">
      {gate.summary && <GateNumbers summary={gate.summary} />}
      {evidence.isPending && <LoadingState what="the evidence" rows={6} />}
      {evidence.error && !data && (
        <ErrorState
          error={evidence.error}
          what="the evidence"
          onRetry={() => evidence.refetch()}
        />
      )}
      {missing.length > 0 && (
        <Part title={`What could not be seen (${missing.length})`}>
          <NotObserved items={missing} />
        </Part>
      )}
      {open && data && <ToLookAt run={run} data={data} onProof={setProof} />}
      {!open && (
        <Text as="p" color="secondary">
          The pages and facts that were there to look at are in the tabs
          Screenshots and Facts.
        </Text>
      )}
      {proof && (
        <ProofDialog
          run={run}
          fact={proof}
          pages={data?.manifest?.pages ?? []}
          onClose={() => setProof(undefined)}
        />
      )}
    </Flex>
  );
}

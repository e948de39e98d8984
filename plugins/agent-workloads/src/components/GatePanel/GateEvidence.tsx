import { useState, type ReactNode } from 'react';
import { Flex, Text } from '@backstage/ui';
import {
  severestFirst,
  type Fact,
  type FactKind,
  type Objection,
  type RunSummary,
} from '@agentworkloads/api';
import type {
  RunDetail,
  RunEvidence,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useEvidence } from '../../hooks/queries';
import { compare } from '../../lib/comparison';
import { evidenceVersion } from '../../lib/evidenceVersion';
import { signInForms } from '../../lib/signInForms';
import { useWords, type Words } from '../../translation/words';
import { ProofDialog } from '../Facts';
import { ComparedChanges } from '../Report/ComparedChanges';
import { NotComparedList } from '../Report/NotComparedList';
import { NotObserved } from '../Report/NotObserved';
import { SignInForms } from '../Report/SignInForms';
import { PriceTable } from '../Report/PriceTable';
import { PageThumbnails } from '../Screenshots';
import { ErrorState, LoadingState } from '../states';
import { GateNumbers } from './GateNumbers';
import styles from './GatePanel.module.css';

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

/** What no change tells of; a plan whose prices all changed is not among it, for it would stand there as one without a price. */
function unchangedOf(
  facts: readonly Fact[],
  changes: NonNullable<RunEvidence['changes']>['changes'],
): Fact[] {
  const changed = new Set(changes.flatMap(({ factId }) => factId ?? []));
  const offer = ({ url, subject }: Fact) => JSON.stringify([url, subject]);
  const priced = (of: readonly Fact[]) =>
    new Set(of.filter(({ kind }) => kind === 'price').map(offer));
  const kept = facts.filter(({ id }) => !changed.has(id));
  const [before, left] = [priced(facts), priced(kept)];
  return kept.filter(fact => left.has(offer(fact)) || !before.has(offer(fact)));
}

/** Everything where there was nothing to compare with; else what stayed as it was, folded. */
function Offers(props: {
  facts: readonly Fact[];
  changes: RunEvidence['changes'];
  onProof(fact: Fact): void;
}) {
  const { changes, onProof } = props;
  const { t } = useWords();
  const main = mainFacts(props.facts);
  if (!changes?.comparedWith.baseline || changes.comparedWith.reason) {
    return (
      <Part title={t('evidence.plansAndPrices')}>
        <PriceTable brief companies={compare(main)} onProof={onProof} />
      </Part>
    );
  }
  const unchanged = unchangedOf(main, changes.changes);
  const prices = unchanged.filter(({ kind }) => kind === 'price').length;
  return (
    <details className={styles.fold}>
      <summary>{t('evidence.asTheyWere', { count: prices })}</summary>
      <PriceTable brief companies={compare(unchanged)} onProof={onProof} />
    </details>
  );
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

interface Objecting {
  kind: Objection;
  title: string;
  content: ReactNode;
}

/** What speaks against the run, as far as the pages themselves tell. */
function objecting(
  run: RunDetail,
  missing: ReturnType<typeof missingOf>,
  data: RunEvidence | undefined,
  open: boolean,
  { t }: Words,
): Objecting[] {
  const pages = data?.manifest?.pages ?? [];
  const forms = signInForms(pages);
  const comparison = open ? data?.changes : undefined;
  const notCompared = comparison?.notCompared ?? [];
  const all: (Objecting | false | undefined)[] = [
    comparison && {
      kind: 'changed',
      title: t('evidence.whatChanged'),
      content: (
        <ComparedChanges
          run={run}
          comparison={comparison}
          pages={pages}
          facts={data?.facts?.facts ?? []}
        />
      ),
    },
    missing.length > 0 && {
      kind: 'unseen',
      title: t('evidence.notSeen', { number: missing.length }),
      content: <NotObserved items={missing} />,
    },
    notCompared.length > 0 && {
      kind: 'unseen',
      title: t('evidence.notCompared', { number: notCompared.length }),
      content: <NotComparedList items={notCompared} />,
    },
    forms.length > 0 && {
      kind: 'doubtful',
      title: t('evidence.signIn', { number: forms.length }),
      content: <SignInForms pages={forms} />,
    },
  ];
  return all.filter((one): one is Objecting => Boolean(one));
}

/** What to look at once the objections are read. */
function ToLookAt(props: {
  run: RunDetail;
  data: RunEvidence;
  onProof(fact: Fact): void;
}) {
  const { run, data, onProof } = props;
  const { t } = useWords();
  const facts = data.facts?.facts ?? [];
  const seen = (data.manifest?.pages ?? []).filter(
    page => !page.reason && page.shots.length > 0,
  );
  return (
    <>
      {data.facts && (
        <Offers facts={facts} changes={data.changes} onProof={onProof} />
      )}
      {seen.length > 0 && (
        <Part title={t('evidence.seen')}>
          <PageThumbnails
            run={run}
            pages={seen.slice(0, SHOWN_PAGES)}
            shots={data.shots}
          />
          {seen.length > SHOWN_PAGES && (
            <Text color="secondary">
              {t('evidence.morePages', { count: seen.length - SHOWN_PAGES })}
            </Text>
          )}
        </Part>
      )}
    </>
  );
}

/** What speaks against it, most severe first, and what was seen, beside the buttons; once it is decided, the numbers will do. */
export function GateEvidence(props: {
  run: RunDetail;
  gate: Gate;
  open: boolean;
}) {
  const { run, gate, open } = props;
  const words = useWords();
  const { t } = words;
  const evidence = useEvidence(run, evidenceVersion(run));
  const [proof, setProof] = useState<Fact>();
  const { data } = evidence;
  const missing = missingOf(data, gate.summary);
  const objections = severestFirst(
    objecting(run, missing, data, open, words),
    ({ kind }) => kind,
  );
  return (
    <Flex direction="column" gap="5">
      {gate.summary && <GateNumbers summary={gate.summary} />}
      {evidence.isPending && (
        <LoadingState what={t('what.evidence')} rows={6} />
      )}
      {evidence.error && !data && (
        <ErrorState
          error={evidence.error}
          what={t('what.evidence')}
          onRetry={() => evidence.refetch()}
        />
      )}
      {objections.map(({ title, content }) => (
        <Part key={title} title={title}>
          {content}
        </Part>
      ))}
      {open && data && <ToLookAt run={run} data={data} onProof={setProof} />}
      {!open && (
        <Text as="p" color="secondary">
          {t('evidence.inTabs')}
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

import { useParams, useSearchParams } from 'react-router-dom';
import { BreadcrumbEntry } from '@backstage/frontend-plugin-api';
import {
  Alert,
  Container,
  Flex,
  Tab,
  TabList,
  TabPanel,
  Tabs,
} from '@backstage/ui';
import { isFinalPhase, reasonsOf } from '@agentworkloads/api';
import type {
  RunDetail,
  RunRef,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useRun } from '../../hooks/queries';
import { useDocumentTitle } from '../../hooks/useDocumentTitle';
import { failureText } from '../../lib/failureText';
import { policySentence } from '../../lib/policySentence';
import { phaseView } from '../../lib/phases';
import { runTitle } from '../../lib/runTitle';
import { useWords } from '../../translation/words';
import { FactsTab } from '../Facts';
import { AfterDecision, GateDraftProvider, LostDecision } from '../GatePanel';
import { useRunHref } from '../Links';
import { OpenAgain } from '../OpenAgain';
import { ReportTab } from '../Report';
import { ScreenshotsTab } from '../Screenshots';
import { ErrorState, LoadingState } from '../states';
import { Cancelled, isCancelled } from './Cancelled';
import { EventsTab } from './EventsTab';
import { OverviewTab } from './OverviewTab';
import { ResourceTab } from './ResourceTab';
import { RunHeader } from './RunHeader';
import styles from './RunPage.module.css';

const TABS = [
  'overview',
  'report',
  'screenshots',
  'facts',
  'events',
  'resource',
] as const;
type TabId = (typeof TABS)[number];

/** Who comes to read finds the report first; while there is none, what goes on. */
function orderOf(run: RunDetail): readonly TabId[] {
  const others = TABS.filter(id => id !== 'report');
  return run.hasReport ? ['report', ...others] : TABS;
}

function chosenTab(param: string | null, run: RunDetail): TabId {
  return (
    TABS.find(id => id === param) ?? (run.hasReport ? 'report' : 'overview')
  );
}

/** Says in a sentence how the run ended, where that is not simply well. */
function Ending(props: { run: RunDetail }) {
  const { run } = props;
  const words = useWords();
  const view = phaseView(run.phase, words);
  if (isCancelled(run)) return <Cancelled run={run} />;
  if (!isFinalPhase(run.phase) || run.phase === 'Completed') {
    return null;
  }
  const denied = run.phase === 'PolicyDenied' ? run.policyStart : undefined;
  const reasons = reasonsOf(denied?.reasons, denied?.said).map(reason =>
    policySentence(reason, words),
  );
  // The operator's message is made of the same reasons.
  const said =
    reasons.length > 0
      ? reasons
      : [run.message && failureText(run.message, words)];
  return (
    <Alert
      status={view.tone === 'danger' ? 'danger' : 'info'}
      icon
      title={`${view.label}. ${view.explanation}`}
      description={said.filter(Boolean).join(' ')}
    />
  );
}

function RunTabs(props: { run: RunDetail }) {
  const { run } = props;
  const { t } = useWords();
  const [params, setParams] = useSearchParams();
  const tab = chosenTab(params.get('tab'), run);
  const order = orderOf(run);
  const panels: Record<TabId, JSX.Element> = {
    overview: <OverviewTab run={run} />,
    report: <ReportTab run={run} />,
    screenshots: <ScreenshotsTab run={run} />,
    facts: <FactsTab run={run} />,
    events: <EventsTab run={run} />,
    resource: <ResourceTab run={run} />,
  };
  return (
    <Tabs
      className={styles.tabs}
      selectedKey={tab}
      onSelectionChange={key =>
        setParams({ tab: String(key) }, { replace: true })
      }
    >
      <TabList aria-label={t('run.parts')}>
        {order.map(id => (
          <Tab key={id} id={id}>
            {t(`run.${id}`)}
          </Tab>
        ))}
      </TabList>
      {order.map(id => (
        <TabPanel key={id} id={id} className={styles.panel}>
          {id === tab ? panels[id] : null}
        </TabPanel>
      ))}
    </Tabs>
  );
}

/** One run: what it does now, its gate, its report and the proof of each fact. */
export function RunPage() {
  const { cluster = '', namespace = '', name = '' } = useParams();
  const ref: RunRef = { cluster, namespace, name };
  const run = useRun(ref);
  const words = useWords();
  const { t } = words;
  const runHref = useRunHref();
  useDocumentTitle(
    run.data &&
      t('run.title', {
        phase: phaseView(run.data.phase, words).label,
        name: runTitle(run.data),
      }),
  );
  return (
    <BreadcrumbEntry
      entry={{
        label: run.data ? runTitle(run.data) : name,
        href: runHref(ref),
      }}
    >
      <Container className={styles.page}>
        {run.isPending && (
          <LoadingState what={t('what.run', { name })} rows={6} />
        )}
        {run.error && !run.data && (
          <ErrorState
            error={run.error}
            what={t('what.run', { name })}
            onRetry={() => run.refetch()}
          />
        )}
        {run.data && (
          <Flex direction="column" gap="4">
            {run.error && (
              <Alert
                status="warning"
                icon
                title={t('run.mayBeOld')}
                description={t('run.mayBeOldText')}
              />
            )}
            <RunHeader run={run.data} onChanged={() => run.refetch()} />
            <Ending run={run.data} />
            <OpenAgain key={`open-${run.data.uid}`} run={run.data} />
            <GateDraftProvider key={run.data.uid}>
              <LostDecision run={run.data} />
              <AfterDecision run={run.data} />
              <RunTabs run={run.data} />
            </GateDraftProvider>
          </Flex>
        )}
      </Container>
    </BreadcrumbEntry>
  );
}

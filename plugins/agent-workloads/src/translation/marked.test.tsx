import { screen, waitFor } from '@testing-library/react';
import { translationApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { agentWorkloadsApiRef, type AgentWorkloadsApi } from '../api';
import { ChangesPage } from '../components/ChangesPage';
import {
  EntityReportCard,
  EntityReportContent,
} from '../components/EntityReport';
import { FactsTab, ProofDialog } from '../components/Facts';
import { GatesPage } from '../components/GatesPage';
import {
  DemoStart,
  GatesWaiting,
  LatestRuns,
  UnreadChanges,
} from '../components/HomeWidgets';
import { ReportTab } from '../components/Report';
import { EventsTab } from '../components/RunPage/EventsTab';
import { OverviewTab } from '../components/RunPage/OverviewTab';
import { RunHeader } from '../components/RunPage/RunHeader';
import { RunsPage } from '../components/RunsPage';
import { SchedulesPage } from '../components/SchedulesPage';
import { NotStartedDialog } from '../components/SchedulesPage/NotStartedDialog';
import { ScheduleEditor } from '../components/SchedulesPage/ScheduleEditor';
import { ScreenshotsTab } from '../components/Screenshots';
import type { Repeat } from '../fields/repeat';
import { RepeatField } from '../fields/RepeatField';
import { UrlListField } from '../fields/UrlListField';
import { WithQueries } from '../hooks/queries';
import { newScrapeRouteRef, rootRouteRef } from '../routes';
import { aChange, PRICE_CHANGE } from '../__testUtils__/changes';
import { EVIDENCE, FACTS, REPORT } from '../__testUtils__/evidence';
import { fakeApi, refusal } from '../__testUtils__/fakeApi';
import { marking, OPEN } from '../__testUtils__/marking';
import {
  aGate,
  aRun,
  aRunDetail,
  aSchedule,
  aScheduleDetail,
} from '../__testUtils__/runs';

const READ_ALOUD = ['aria-label', 'title', 'placeholder', 'alt'];

/** What people may read below an element, by the block of text that it stands in. */
function textsOf(root: Element): string[] {
  const texts: string[] = [];
  root.querySelectorAll('*').forEach(one => {
    // A file, a log, or what the browser is told.
    if (one.closest('pre, code, style, script, [role=log]')) return;
    READ_ALOUD.forEach(name => texts.push(one.getAttribute(name) ?? ''));
    const isBlock = [...one.childNodes].some(
      node => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
    );
    // A message may hold elements: the whole of it is looked at, in its outermost one.
    const isWithin = (one.parentElement?.textContent ?? '').includes(OPEN);
    if (isBlock && !(isWithin && !one.textContent?.includes(OPEN))) {
      texts.push(one.textContent ?? '');
    }
  });
  return texts;
}

/** Without what is in brackets, those within brackets first. */
function unmarked(text: string): string {
  const rest = text.replace(/⟦[^⟦⟧]*⟧/g, ' ');
  return rest === text ? rest : unmarked(rest);
}

const DATE = /[A-Z][a-z]{2} \d{1,2}, \d{4}(, \d{1,2}:\d{2}\s[AP]M)?/g;

/** Words of Backstage UI, which has no translations yet; what Intl and cronstrue say in the language itself; what has no language. */
const NOT_OURS = [
  /^(0 notifications|Data table|Select an option|Dismiss|\d+ - \d+ of \d+)$/,
  /^(Select table page size|Previous table page|Next table page)$/,
  /^((Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Mon|At 07:00|only on Monday)$/,
  /^(Clear search|Close|Show \d+ results)$/,
  /^(Markdown|HTML|JSON|(?:https?|ftp):\/\/\S+|[A-Z]\w+\/[\w/+-]+)$/,
  // Cluster, namespace, name; and hosts one below the other.
  /^(\w+ \/ )+[\w-]+$/,
  /^[\w.]+\.example(\n[\w.]+\.example)*$/,
];

function foundUnmarked(data: unknown): string[] {
  const known = JSON.stringify(data);
  const isData = (text: string) =>
    known.includes(JSON.stringify(text).slice(1, -1));
  const isWord = (text: string) => /[a-z]{2}/i.test(text);
  return [
    ...new Set(
      textsOf(document.body)
        .map(text => unmarked(text).replace(DATE, ' ').trim())
        .flatMap(text =>
          isData(text) ? [] : text.split(/\s*[·:,→]\s+|\s{2,}/),
        )
        .map(part => part.replace(/^[\s“”".,:;()·]+|[\s“”".,:;()·]+$/g, ''))
        .filter(
          part =>
            isWord(part) &&
            !isData(part) &&
            !NOT_OURS.some(one => one.test(part)),
        ),
    ),
  ];
}

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'pricing-page', namespace: 'default' },
};

const noField = { onChange: () => {}, schema: {}, rawErrors: [] };
function field<Value>(formData: Value) {
  const props = { ...noField, formData } as unknown;
  return props as FieldExtensionComponentProps<Value>;
}

async function show(element: JSX.Element, api: AgentWorkloadsApi) {
  renderInTestApp(
    <EntityProvider entity={entity}>
      <WithQueries>{element}</WithQueries>
    </EntityProvider>,
    {
      apis: [
        [agentWorkloadsApiRef, api],
        [translationApiRef, marking()],
        mockApis.permission(),
      ] as never,
      mountedRoutes: {
        '/agent-workloads': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef as never,
        '/create/:namespace/:templateName': newScrapeRouteRef,
      },
    },
  );
  await screen.findAllByText(/⟦/);
  await waitFor(() =>
    expect(
      document.querySelector('[role=status][aria-label*="Loading"]'),
    ).toBeNull(),
  );
}

const waiting = aRun({ name: 'week-47', phase: 'AwaitingApproval' });
const completed = aRun({ name: 'week-46', phase: 'Completed' });
const failed = aRunDetail(aRun({ name: 'week-45', phase: 'Failed' }));
const run = aRunDetail(waiting);
const at = '2026-11-16T06:00:00Z';
const schedule = aSchedule({
  isYours: false,
  notStarted: [
    { from: at, to: at, times: 3, reason: 'TooLate', message: 'It was late.' },
  ],
});
const change = aChange({
  change: { ...PRICE_CHANGE, suspect: ['factor'] },
  wrong: { by: 'user:default/alice', at, reason: 'Dollars', mine: false },
});
const seen = aChange({ position: 1, seenAt: at });

/** Everything at once: a portal takes longer to open than its pages to draw. */
const PAGES = (
  <>
    <RunsPage />
    <GatesPage />
    <ChangesPage />
    <SchedulesPage />
    <LatestRuns />
    <GatesWaiting />
    <UnreadChanges />
    <DemoStart />
    <EntityReportCard />
    <EntityReportContent />
    <RunHeader run={run} onChanged={() => {}} />
    <OverviewTab run={run} />
    <OverviewTab run={failed} />
    <ReportTab run={aRunDetail(completed)} />
    <ReportTab run={run} />
    <ScreenshotsTab run={run} />
    <FactsTab run={run} />
    <EventsTab run={run} />
    <ScheduleEditor schedule={aScheduleDetail(schedule)} onDone={() => {}} />
    <UrlListField {...field(['http://10.0.0.1/x', 'ftp://x'])} />
    <RepeatField {...field<Repeat>({ soon: true, name: 'x' })} />
    <RepeatField
      {...field<Repeat>({ schedule: '0 7 * * 1', name: 'Not a name' })}
    />
  </>
);

describe('with each message in brackets there is nothing outside of them', () => {
  it('on the pages, in the widgets and in the fields', async () => {
    await show(
      PAGES,
      fakeApi({
        runs: { items: [waiting, completed] },
        run,
        gates: [
          aGate(waiting, { allowed: true }),
          aGate(aRun({ name: 'week-48', phase: 'AwaitingApproval' }), {
            allowed: false,
          }),
        ],
        changes: {
          items: [change, seen],
          nextCursor: '1.1.1',
          takenIn: true,
          waiting: 2,
        },
        schedules: [schedule],
      }).api,
    );
    await screen.findAllByText(/In short|Not observed/);
    const data = [run, failed, completed, EVIDENCE, REPORT, change, schedule];
    expect(foundUnmarked([...data, 'week-48', 'Not a name'])).toEqual([]);
  });

  it('where there is nothing yet, and in dialogs', async () => {
    await show(
      <>
        {PAGES}
        <NotStartedDialog
          schedule={schedule}
          timeZone="Etc/UTC"
          onClose={() => {}}
        />
        <ProofDialog
          run={waiting}
          fact={FACTS[2]}
          pages={EVIDENCE.manifest!.pages}
          onClose={() => {}}
        />
      </>,
      fakeApi().api,
    );
    expect(
      foundUnmarked([run, failed, completed, EVIDENCE, REPORT, schedule]),
    ).toEqual([]);
  });

  it('where nothing can be read', async () => {
    const no = async () => {
      throw refusal(503, 'Gone.');
    };
    await show(
      PAGES,
      fakeApi({
        listRuns: no,
        listGates: no,
        listChanges: no,
        listSchedules: no,
        listEvents: no,
        getEvidence: no,
        getReport: no,
      }).api,
    );
    expect(foundUnmarked(['Gone.', run, failed, schedule])).toEqual([]);
  });
});

/* eslint-disable no-script-url -- the tests are about such URLs */
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Baseline } from '@agentworkloads/api';
import { aChange } from '../../__testUtils__/changes';
import { REPORT } from '../../__testUtils__/evidence';
import { fakeApi } from '../../__testUtils__/fakeApi';
import { renderPage } from '../../__testUtils__/render';
import { formatDate } from '../../lib/time';
import { ReportView } from './ReportView';
import { english } from '../../__testUtils__/words';

const run = { cluster: 'local', namespace: 'agentworkloads', name: 'week-47' };

const BASELINE = {
  name: 'week-46',
  workflowUid: 'wf-46',
  completedAt: '2026-11-16T09:00:00.000Z',
  artifacts: {},
} as unknown as Baseline;
const WRONG = {
  by: 'user:default/alice',
  at: '2026-11-28T10:00:00.000Z',
  reason: 'Dollars, from abroad',
  mine: false,
};

async function show(part: Partial<typeof REPORT> = {}) {
  await renderPage(<ReportView run={run} report={{ ...REPORT, ...part }} />, {
    api: fakeApi().api,
  });
  await screen.findByRole('article');
}

const inDetail = () =>
  userEvent.click(
    screen.getByRole('radio', { name: 'With all that is in them' }),
  );

describe('ReportView', () => {
  it('leads to the run that it was compared with', async () => {
    await show({ comparedWith: { baseline: BASELINE } });
    const changes = screen.getByRole('region', { name: /^Changes/ });
    expect(
      within(changes).getByRole('link', { name: 'week-46' }),
    ).toHaveAttribute(
      'href',
      '/agent-workloads/runs/local/agentworkloads/week-46',
    );
  });

  it('says of which day a page is that this run did not see for sure', async () => {
    const at = '2026-11-09T08:00:00.000Z';
    const url = 'https://northpeak.example/pricing';
    await show({
      comparedWith: {
        baseline: BASELINE,
        lastObserved: [{ url, workflowUid: 'wf-45', at }],
      },
    });
    const changes = screen.getByRole('region', { name: /^Changes/ });
    expect(changes).toHaveTextContent(
      `It did not see a page for sure, held against an older run: ${url} of ${formatDate(
        at,
        english,
      )}.`,
    );
  });

  it('names no earlier run where there was none', async () => {
    await show({ comparedWith: { reason: 'FIRST_RUN' } });
    expect(screen.queryByText(/The earlier run is/)).not.toBeInTheDocument();
  });

  it('puts the plans of companies side by side, from cheap to dear', async () => {
    await show();
    const table = screen.getByRole('table', { name: 'Side by side' });
    const cellsOf = (name: string) =>
      within(within(table).getByRole('rowheader', { name }).closest('tr')!)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent);
    expect(
      within(table)
        .getAllByRole('columnheader')
        .map(({ textContent }) => textContent!.trim()),
    ).toEqual(['brightloop.example', 'northpeak.example', 'quayside.example']);
    expect(cellsOf('Free')).toEqual(['—nothing', 'Free€0 a month', '—nothing']);
    expect(cellsOf('Plan 2')).toEqual([
      'Team$470 per user a year, billed annually≈ $39.17 a month$49 per user a month',
      'Scale€129 a month',
      '—nothing',
    ]);
    expect(cellsOf('Without a price')[0]).toContain('On request: Contact us');
  });

  it('puts what is paid on top beside the prices', async () => {
    const price = REPORT.facts.find(({ kind }) => kind === 'price')!;
    const charge = (subject: string, value: string) => ({
      ...price,
      id: `on-top-${subject}`,
      kind: 'limit' as const,
      subject,
      value,
      unit: undefined,
    });
    await show({
      facts: [
        ...REPORT.facts,
        charge('Team', '+ $15 per agent'),
        charge('Brightloop', 'EUR 0.20 per 1,000 events'),
      ],
    });
    const table = screen.getByRole('table', { name: 'Side by side' });
    const row = (name: string) =>
      within(table).getByRole('rowheader', { name }).closest('tr');
    expect(row('Plan 2')).toHaveTextContent('+ $15 per agent');
    expect(row('Paid on top')).toHaveTextContent('EUR 0.20 per 1,000 events');
    expect(
      screen.queryByRole('region', { name: 'Also on their pages' }),
    ).not.toHaveTextContent('1,000 events');
  });

  it('folds the sentences that only say the prices once more', async () => {
    await show();
    const inShort = screen.getByRole('region', { name: 'In short' });
    expect(within(inShort).getByText('The prices in sentences')).toBeVisible();
    expect(
      within(inShort).getByText(/Brightloop shows 1 offer/),
    ).not.toBeVisible();
  });

  it('gives an address that others can open', async () => {
    const user = userEvent.setup();
    const copied = jest
      .spyOn(navigator.clipboard, 'writeText')
      .mockResolvedValue();
    await show();
    await user.click(screen.getByRole('button', { name: 'Copy the link' }));
    expect(copied.mock.calls).toEqual([
      [
        'http://localhost/agent-workloads/runs/local/agentworkloads/week-47?tab=report',
      ],
    ]);
  });

  it('compares plans and prices by company', async () => {
    await show();
    await inDetail();
    const prices = screen.getByRole('region', { name: 'Plans and prices' });
    expect(
      within(prices).getByRole('rowheader', { name: 'northpeak.example' }),
    ).toBeInTheDocument();
    const pro = within(prices).getByRole('row', { name: /Pro/ });
    expect(pro).toHaveTextContent('€39 a month');
  });

  it('shows the name of a company, and what a year comes to a month', async () => {
    const facts = REPORT.facts.map(fact =>
      fact.kind === 'headline' && fact.url.includes('brightloop')
        ? { ...fact, subject: 'Bright & Co' }
        : fact,
    );
    await show({ facts });
    await inDetail();
    const prices = screen.getByRole('region', { name: 'Plans and prices' });
    expect(
      within(prices).getByRole('rowheader', {
        name: /Bright & Co brightloop\.example/,
      }),
    ).toBeInTheDocument();
    expect(within(prices).getByRole('row', { name: /Team/ })).toHaveTextContent(
      '≈ $39.17',
    );
  });

  it('keeps beside each price of a plan what that one comes to a month', async () => {
    const yearly = REPORT.facts.find(
      fact => fact.kind === 'price' && fact.subject === 'Team',
    )!;
    const once = {
      ...yearly,
      id: 'once',
      value: 900,
      unit: { currency: 'USD' },
    };
    await show({ facts: [...REPORT.facts, once] });
    await inDetail();
    const prices = screen.getByRole('region', { name: 'Plans and prices' });
    const monthOf = (price: RegExp) =>
      within(within(prices).getByRole('button', { name: price }).closest('tr')!)
        .getAllByRole('cell')
        .map(cell => cell.textContent)[1];
    expect(monthOf(/900/)).toBe('—');
    expect(monthOf(/470/)).toBe('≈ $39.17');
  });

  it('opens the proof of each fact that a sentence is made of', async () => {
    await show();
    const summary = screen.getByRole('region', { name: 'In short' });
    const sentence = within(summary).getByText(/Brightloop shows 1 offer/);
    const mark = within(sentence.closest('li')!).getByRole('button', {
      name: /Show the proof of Team \$49/,
    });
    await userEvent.click(mark);
    expect(await screen.findByRole('dialog')).toHaveTextContent('Team');
  });

  it('marks what a model chose, and says who wrote the sentences', async () => {
    await show({
      prose: { source: 'chosen', model: 'm-1', removedSentences: 2 },
      summary: [{ text: 'Acme: Pro, $9.', factIds: [], chosenBy: 'model' }],
    });
    expect(screen.getByText('Acme: Pro, $9.').closest('li')).toHaveTextContent(
      'chosen',
    );
    expect(
      screen.getByText(
        /picked by m-1; every sentence is written from the facts/,
      ),
    ).toHaveTextContent('2 of its choices were not carried out');
  });

  it('shows what changed in money', async () => {
    await show();
    const changes = screen.getByRole('region', {
      name: 'Changes since the last report',
    });
    expect(changes).toHaveTextContent('$45 → $49');
  });

  it('tells what changed before anything else', async () => {
    await show();
    const titles = screen
      .getAllByRole('heading', { level: 3 })
      .map(({ textContent }) => textContent);
    expect(titles[0]).toBe('Changes since the last report');
  });

  it.each([
    [
      { reason: 'BASELINE_GONE' as const },
      /what the earlier run saved is gone/,
    ],
    [{ reason: 'BASELINE_CHANGED' as const }, /was altered since/],
    [undefined, /was not held against an earlier one/],
    [{ baseline: BASELINE }, /Nothing changed since/],
  ])('says why it tells of no change: %j', async (comparedWith, text) => {
    await show({ changes: [], comparedWith });
    expect(
      screen.getByRole('region', { name: 'Changes since the last report' }),
    ).toHaveTextContent(text);
  });

  it('marks what the portal took in of this very run', async () => {
    const items = [
      aChange({ workloadUid: 'this', wrong: WRONG, position: 0 }),
      aChange({ workloadUid: 'of-the-same-name', position: 1 }),
    ];
    const { api, state } = fakeApi({ changes: { items } });
    await renderPage(
      <ReportView run={{ ...run, uid: 'this' }} report={REPORT} />,
      { api },
    );
    expect(await screen.findByText(WRONG.reason)).toBeInTheDocument();
    expect(screen.getAllByRole('button', { name: /^Test page/ })).toHaveLength(
      1,
    );
    const { name, ...place } = run;
    expect(state.changesQueries[0]).toMatchObject({ ...place, run: name });
  });

  it('says of a first run that there is nothing to compare with', async () => {
    await show({ changes: [], comparedWith: { reason: 'FIRST_RUN' } });
    expect(
      screen.getByRole('region', { name: 'Changes since the last report' }),
    ).toHaveTextContent('First run: there is nothing to compare with yet.');
  });

  it('lists what could not be compared, with the reason', async () => {
    const detail = 'It led to another page in the earlier run.';
    await show({
      notCompared: [
        {
          url: 'https://quayside.example/pricing',
          reason: 'REDIRECTED',
          scope: 'page',
          detail,
        },
      ],
    });
    expect(
      screen.getByRole('region', { name: 'Not compared (1)' }),
    ).toHaveTextContent(detail);
  });

  it('says what makes a change unusual', async () => {
    await show({
      changes: [
        {
          kind: 'changed',
          factKind: 'price',
          subject: 'Team',
          url: 'https://www.brightloop.example/pricing',
          before: 4,
          after: 49,
          suspect: ['factor'],
        },
      ],
    });
    expect(
      screen.getByText(/^Unusual: more than three times as much/),
    ).toBeInTheDocument();
  });

  it('says which pages are missing and why', async () => {
    await show();
    const missing = screen.getByRole('region', { name: 'Not observed (2)' });
    expect(missing).toHaveTextContent('robots.txt asks not to visit');
  });

  it('says what it had to do without', async () => {
    await show({ degraded: ['The vision model did not answer.'] });
    expect(
      screen.getByText('The vision model did not answer.'),
    ).toBeInTheDocument();
  });

  it('shows markup of a hostile page as text', async () => {
    const hostile = '<img src=x onerror=alert(1)> [click](javascript:alert(1))';
    await show({
      summary: [{ text: hostile, factIds: [], chosenBy: 'facts' }],
      notObserved: [{ url: 'javascript:alert(1)', reason: 'TIMEOUT' }],
    });
    expect(screen.getByText(hostile)).toBeInTheDocument();
    expect(screen.queryByRole('img')).toBeNull();
    expect(
      screen.queryByRole('link', { name: 'javascript:alert(1)' }),
    ).toBeNull();
  });
});

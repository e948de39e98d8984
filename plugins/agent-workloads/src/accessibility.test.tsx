import axe from 'axe-core';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { ChangesPage } from './components/ChangesPage';
import { GatesPage } from './components/GatesPage';
import { RunPage } from './components/RunPage';
import { RunsPage } from './components/RunsPage';
import { SchedulesPage } from './components/SchedulesPage';
import { aChange } from './__testUtils__/changes';
import { fakeApi } from './__testUtils__/fakeApi';
import { renderPage } from './__testUtils__/render';
import { aGate, aRun, aRunDetail, aSchedule } from './__testUtils__/runs';

/** Names of the rules that the page breaks. Contrast needs a real browser, landmarks a whole page. */
async function broken(): Promise<string[]> {
  const { violations } = await axe.run(document.body, {
    rules: {
      'color-contrast': { enabled: false },
      region: { enabled: false },
      'page-has-heading-one': { enabled: false },
    },
  });
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`,
  );
}

const waiting = aRun({ name: 'week-47', phase: 'AwaitingApproval' });

const WRONG = {
  by: 'user:default/alice',
  at: '2026-11-28T10:00:00.000Z',
  reason: 'Dollars, from abroad',
  mine: false,
};

describe('axe finds nothing wrong', () => {
  it('in the Runs table', async () => {
    const { api } = fakeApi({ runs: { items: [waiting] } });
    await renderPage(<RunsPage />, { api });
    await screen.findByText('week-47');
    expect(await broken()).toEqual([]);
  });

  it('in the Gates page', async () => {
    const { api } = fakeApi({ gates: [aGate(waiting, { allowed: true })] });
    await renderPage(<GatesPage />, { api });
    await screen.findByText('week-47');
    expect(await broken()).toEqual([]);
  });

  it('in the Changes page', async () => {
    const { api } = fakeApi({
      changes: {
        items: [aChange({ seenAt: '2026-11-28T10:00:00.000Z', wrong: WRONG })],
        nextCursor: '1.1.1',
        waiting: 1,
      },
    });
    await renderPage(<ChangesPage />, { api });
    await screen.findByText('Brightloop');
    expect(await broken()).toEqual([]);
  });

  it('in the Changes page that has none', async () => {
    await renderPage(<ChangesPage />, { api: fakeApi().api });
    await screen.findByText('Nothing taken in yet');
    expect(await broken()).toEqual([]);
  });

  it('in the Schedules page', async () => {
    const { api } = fakeApi({ schedules: [aSchedule()] });
    await renderPage(<SchedulesPage />, { api });
    await screen.findByText('pricing-weekly');
    expect(await broken()).toEqual([]);
  });

  it.each(['Run now: pricing-weekly', 'Not started: pricing-weekly'])(
    'in what "%s" opens',
    async name => {
      const at = '2026-11-16T06:00:00Z';
      const row = { from: at, to: at, times: 1, reason: 'TooLate' };
      const schedule = aSchedule({
        isYours: false,
        notStarted: [{ ...row, message: 'It was too late.' }],
      });
      const { api } = fakeApi({ schedules: [schedule] });
      await renderPage(<SchedulesPage />, { api });
      fireEvent.click(await screen.findByRole('button', { name }));
      await screen.findByRole('dialog');
      expect(await broken()).toEqual([]);
    },
  );

  it('in the Schedules page that has none', async () => {
    await renderPage(<SchedulesPage />, { api: fakeApi().api });
    await screen.findByText('No schedules yet');
    expect(await broken()).toEqual([]);
  });

  it.each(['overview', 'report', 'screenshots', 'facts', 'events', 'resource'])(
    'in the tab %s of a run',
    async tab => {
      const run = aRunDetail(
        tab === 'report'
          ? aRun({ name: 'week-47', phase: 'Completed' })
          : waiting,
      );
      await renderPage(<RunPage />, {
        api: fakeApi({ run }).api,
        mountPath: '/agent-workloads/runs/:cluster/:namespace/:name',
        at: `/agent-workloads/runs/local/agentworkloads/week-47?tab=${tab}`,
      });
      await screen.findByRole('heading', { name: run.objective });
      await waitFor(() =>
        expect(screen.queryByRole('status', { name: /^Loading/ })).toBeNull(),
      );
      await waitFor(() =>
        expect(document.querySelector('[data-key^=skeleton]')).toBeNull(),
      );
      expect(await broken()).toEqual([]);
    },
  );
});

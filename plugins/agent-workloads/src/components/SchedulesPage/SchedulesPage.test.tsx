import { screen, within } from '@testing-library/react';
import { fakeApi, refusal } from '../../__testUtils__/fakeApi';
import { renderPage } from '../../__testUtils__/render';
import { aRun, aSchedule, ready } from '../../__testUtils__/runs';
import { SchedulesPage } from './SchedulesPage';

describe('SchedulesPage', () => {
  it('says in words what runs when, in whose time, and how the last run went', async () => {
    const { api } = fakeApi({
      schedules: [
        aSchedule({
          lastRun: aRun({ name: 'pricing-weekly-29', phase: 'Completed' }),
        }),
      ],
    });
    await renderPage(<SchedulesPage />, { api });
    const row = await screen.findByRole('row', { name: /plans and prices/ });
    [
      'pricing-weekly',
      'At 07:00, only on Monday',
      'Europe/Berlin',
      'Ready',
      '2 changes',
      '3 pages for bob',
    ].forEach(text => expect(within(row).getByText(text)).toBeInTheDocument());
    expect(within(row).getByText(/^in 2 d/)).toBeInTheDocument();
    expect(
      within(row).getByRole('link', {
        name: 'Last run of pricing-weekly: pricing-weekly-29',
      }),
    ).toHaveAttribute(
      'href',
      '/agent-workloads/runs/local/agentworkloads/pricing-weekly-29?tab=report',
    );
  });

  it('shows a suspended schedule as one that starts nothing', async () => {
    const { api } = fakeApi({
      schedules: [
        aSchedule({
          suspend: true,
          nextAt: undefined,
          conditions: [ready('False', 'Suspended', 'Nothing is started.')],
        }),
      ],
    });
    await renderPage(<SchedulesPage />, { api });
    const row = await screen.findByRole('row', { name: /plans and prices/ });
    expect(within(row).getByText('Suspended')).toBeInTheDocument();
    expect(within(row).getByText('None yet')).toBeInTheDocument();
    expect(within(row).queryByText(/^in /)).toBeNull();
  });

  it('says why a schedule is refused, and shows its own words where they mean nothing', async () => {
    const message = 'spec.schedule: 61 is no minute.';
    const { api } = fakeApi({
      schedules: [
        aSchedule({
          schedule: '61 * * * *',
          nextAt: undefined,
          conditions: [ready('False', 'InvalidSchedule', message)],
        }),
      ],
    });
    await renderPage(<SchedulesPage />, { api });
    const row = await screen.findByRole('row', { name: /plans and prices/ });
    expect(within(row).getByText('Refused')).toBeInTheDocument();
    expect(within(row).getByText(message)).toBeInTheDocument();
    expect(within(row).getByText('61 * * * *')).toBeInTheDocument();
  });

  it('tells a newcomer what a schedule is and how one is made', async () => {
    await renderPage(<SchedulesPage />, { api: fakeApi().api });
    expect(await screen.findByText('No schedules yet')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'New schedule' })).toHaveAttribute(
      'href',
      '/create/default/competitor-scrape',
    );
    expect(screen.queryByRole('grid')).toBeNull();
  });

  it('says what to do when the person may not see schedules', async () => {
    const { api } = fakeApi({
      listSchedules: async () => {
        throw refusal(403, 'agent-workloads.schedule.read is not allowed.');
      },
    });
    await renderPage(<SchedulesPage />, { api });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('You may not see the schedules');
    expect(screen.queryByText('No schedules yet')).toBeNull();
  });
});

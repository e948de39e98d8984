import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fakeApi, refusal } from '../../__testUtils__/fakeApi';
import { renderPage } from '../../__testUtils__/render';
import { aSchedule, ready } from '../../__testUtils__/runs';
import { formatDate } from '../../lib/time';
import { SchedulesPage } from './SchedulesPage';
import { english } from '../../__testUtils__/words';

const bobs = { requestedBy: 'bob', isYours: false };

async function show(part: Parameters<typeof fakeApi>[0]) {
  const fake = fakeApi(part);
  await renderPage(<SchedulesPage />, { api: fake.api });
  await screen.findAllByRole('row', { name: /plans and prices/ });
  return fake;
}

const button = (name: string) => screen.findByRole('button', { name });
const press = async (name: string) => userEvent.click(await button(name));
const focused = (name: string) =>
  waitFor(() => expect(screen.getByRole('button', { name })).toHaveFocus());
const said = (words: RegExp | string) =>
  waitFor(() =>
    expect(
      screen.getAllByRole('status').map(one => one.textContent),
    ).toContainEqual(expect.stringMatching(words)),
  );

describe('suspending and resuming', () => {
  it('is one click each way, says what happened and keeps the focus', async () => {
    const { state } = await show({ schedules: [aSchedule()] });
    await press('Suspend pricing-weekly');
    await said(/^pricing-weekly is suspended: nothing is started/);
    const row = screen.getByRole('row', { name: /plans and prices/ });
    expect(within(row).getByText('Suspended')).toBeInTheDocument();
    expect(within(row).queryByText(/^in 2 d/)).toBeNull();
    const resume = await button('Resume pricing-weekly');
    expect(resume).toHaveFocus();
    await userEvent.click(resume);
    await said(/^pricing-weekly is resumed/);
    await focused('Suspend pricing-weekly');
    expect(within(row).getByText('Ready')).toBeInTheDocument();
    expect(state.acted).toEqual([
      { name: 'pricing-weekly', action: 'suspend' },
      { name: 'pricing-weekly', action: 'resume' },
    ]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('works by the keyboard', async () => {
    const { state } = await show({ schedules: [aSchedule()] });
    const suspend = await button('Suspend pricing-weekly');
    act(() => suspend.focus());
    await userEvent.keyboard('{Enter}');
    await said(/is suspended/);
    await userEvent.keyboard(' ');
    await said(/is resumed/);
    expect(state.acted).toHaveLength(2);
  });

  it('is busy until it is answered, and is asked for once', async () => {
    let asked = 0;
    let answer = () => {};
    await show({
      schedules: [aSchedule(), aSchedule({ name: 'other' })],
      suspendSchedule: () => {
        asked += 1;
        return new Promise(resolve => {
          answer = () => resolve(aSchedule({ suspend: true }));
        });
      },
    });
    const busy = await button('Suspend pricing-weekly');
    await userEvent.click(busy);
    await waitFor(() => expect(busy).toHaveAttribute('data-pending', 'true'));
    expect(await button('Suspend other')).not.toHaveAttribute('data-pending');
    await userEvent.click(busy);
    expect(asked).toBe(1);
    act(() => answer());
    await button('Resume pricing-weekly');
  });

  it('says why it was refused, and reads anew what there is, without taking the focus away', async () => {
    const why = 'The cluster refused to suspend the schedule: not yours';
    const schedules = [aSchedule(), aSchedule({ name: 'other' })];
    let refused = false;
    await show({
      listSchedules: async () => {
        const items = refused ? [...schedules].reverse() : schedules;
        return { items, clusters: [] };
      },
      suspendSchedule: async () => {
        refused = true;
        throw refusal(403, why);
      },
    });
    await press('Suspend pricing-weekly');
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('You may not suspend pricing-weekly');
    expect(alert).toHaveTextContent(why);
    await waitFor(() => {
      const [, first] = screen.getAllByRole('row');
      expect(first).toHaveTextContent('other');
    });
    await focused('Suspend pricing-weekly');
  });
});

describe('running now', () => {
  it('asks nothing of the person in whose name the schedule is', async () => {
    const { state } = await show({ schedules: [aSchedule()] });
    await press('Run now: pricing-weekly');
    await said('A run of pricing-weekly is asked for.');
    expect(state.runNow).toEqual([
      {
        name: 'pricing-weekly',
        requestedBy: 'bob',
        token: expect.stringMatching(/^[A-Za-z0-9._-]{1,64}$/),
      },
    ]);
    expect(
      screen.getByText(/asked for; the operator has not answered yet/),
    ).toBeInTheDocument();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('asks for the same run until its answer is on the screen, for another one then', async () => {
    const tokens: string[] = [];
    await show({
      schedules: [aSchedule()],
      runScheduleNow: async (_, { token }) => {
        tokens.push(token);
        if (tokens.length === 1) throw refusal(503, 'Try again shortly.');
        return tokens.length === 2
          ? aSchedule({ runNow: token })
          : aSchedule({
              runNow: token,
              lastRunNow: { token, at: new Date().toISOString(), run: 'r-now' },
            });
      },
    });
    const runNow = async (count: number) => {
      await press('Run now: pricing-weekly');
      await waitFor(() => expect(tokens).toHaveLength(count));
    };
    await runNow(1);
    await screen.findByRole('alert');
    await runNow(2);
    await said('is asked for');
    await runNow(3);
    await said('pricing-weekly: r-now was started.');
    await runNow(4);
    expect(tokens.slice(0, 3)).toEqual([tokens[0], tokens[0], tokens[0]]);
    expect(tokens[3]).not.toBe(tokens[0]);
  });

  it("takes a colleague's schedule over only after saying so", async () => {
    const { state } = await show({ schedules: [aSchedule(bobs)] });
    await press('Run now: pricing-weekly');
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent(
      /is in the name of bob.*runs go on in your name from now on, no longer in that of bob/,
    );
    expect(state.runNow).toEqual([]);
    await press('Take over and run now');
    await said('A run of pricing-weekly is asked for.');
    expect(state.runNow).toMatchObject([{ requestedBy: 'bob' }]);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const row = screen.getByRole('row', { name: /plans and prices/ });
    expect(within(row).getByText('3 pages for me')).toBeInTheDocument();
    await focused('Run now: pricing-weekly');
  });

  it('runs and takes over nothing when the person goes back', async () => {
    const { state } = await show({ schedules: [aSchedule(bobs)] });
    await press('Run now: pricing-weekly');
    await screen.findByRole('dialog');
    await press('Go back');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(state.runNow).toEqual([]);
    await focused('Run now: pricing-weekly');
  });

  it("says of a schedule in nobody's name that it gets one", async () => {
    const nobodys = aSchedule({ isYours: false, requestedBy: undefined });
    const { state } = await show({ schedules: [nobodys] });
    await press('Run now: pricing-weekly');
    expect(await screen.findByRole('dialog')).toHaveTextContent(
      /is in no name.*runs go on in your name from now on, those at due times too/,
    );
    await press('Take over and run now');
    await waitFor(() => expect(state.runNow).toHaveLength(1));
    expect(state.runNow[0].requestedBy).toBeUndefined();
  });

  it('keeps the dialog open with the reason when a third person came first', async () => {
    const why = 'The schedule is in the name of erin now';
    await show({
      schedules: [aSchedule(bobs)],
      runScheduleNow: async () => {
        throw refusal(409, why);
      },
    });
    await press('Run now: pricing-weekly');
    await press('Take over and run now');
    const dialog = await screen.findByRole('dialog');
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(why);
    expect(screen.getAllByText(new RegExp(why))).toHaveLength(1);
  });

  it('says in the row why the last run by hand was not started', async () => {
    const message = 'Policy would deny each run: host a.example.';
    await show({
      schedules: [
        aSchedule({
          conditions: [ready('False', 'PolicyDenies', message)],
          runNow: 'one',
          lastRunNow: {
            token: 'one',
            at: '2026-11-22T09:00:00Z',
            reason: 'PolicyDenies',
          },
        }),
      ],
    });
    expect(
      screen.getByText(`Run now: No run was started. ${message}`),
    ).toBeInTheDocument();
  });
});

describe('what a person may not do', () => {
  it('has no button', async () => {
    await show({
      schedules: [
        aSchedule({ mayRun: false }),
        aSchedule({ name: 'other', mayUpdate: false }),
      ],
    });
    await button('Suspend pricing-weekly');
    await button('Run now: other');
    ['Run now: pricing-weekly', 'Suspend other'].forEach(name =>
      expect(screen.queryByRole('button', { name })).toBeNull(),
    );
  });

  it('takes no column where there is nothing that they may do', async () => {
    await show({ schedules: [aSchedule({ mayRun: false, mayUpdate: false })] });
    expect(screen.queryByRole('columnheader', { name: 'Actions' })).toBeNull();
    expect(screen.queryByRole('button')).toBeNull();
  });
});

describe('what was not started', () => {
  it('is told with its reasons and in the local time of the reader', async () => {
    const [from, to] = ['2026-11-16T06:00:00Z', '2026-11-18T06:00:00Z'];
    await show({
      schedules: [
        aSchedule({
          mayRun: false,
          mayUpdate: false,
          notStarted: [
            {
              from,
              to,
              times: 3,
              reason: 'StillRunning',
              message: 'Run pricing-weekly-29 goes on.',
            },
            {
              from: '2026-11-09T06:00:00Z',
              to: '2026-11-09T06:00:00Z',
              times: 1,
              reason: 'TooLate',
              message: 'Its startingDeadline was over.',
            },
          ],
          runNow: 'one',
          lastRunNow: { token: 'one', at: to, reason: 'StillRunning' },
        }),
      ],
    });
    await press('Not started: pricing-weekly');
    const dialog = await screen.findByRole('dialog');
    const [first, second] = within(dialog).getAllByRole('listitem');
    expect(first).toHaveTextContent(
      `${formatDate(from, english)} to ${formatDate(to, english)}, 3 due times`,
    );
    expect(first).toHaveTextContent('Run pricing-weekly-29 goes on.');
    expect(within(first).getByText(formatDate(from, english))).toHaveAttribute(
      'datetime',
      from,
    );
    expect(second).toHaveTextContent('Its startingDeadline was over.');
    expect(second).not.toHaveTextContent('due times');
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    expect(dialog).toHaveTextContent(`Times are yours (${timeZone}).`);
    expect(dialog).toHaveTextContent(
      'No run was started: an earlier run goes on.',
    );
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await focused('Not started: pricing-weekly');
  });
});

import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fakeApi, refusal } from '../../__testUtils__/fakeApi';
import { renderPage } from '../../__testUtils__/render';
import { aSchedule } from '../../__testUtils__/runs';
import { SchedulesRoutes } from '../AgentWorkloadsRoutes';

const AT = '/agent-workloads/schedules/local/agentworkloads/pricing-weekly';

async function show(part: Parameters<typeof fakeApi>[0]) {
  const fake = fakeApi(part);
  await renderPage(<SchedulesRoutes />, {
    api: fake.api,
    mountPath: '/agent-workloads/schedules/*',
    at: AT,
  });
  await screen.findByRole('heading', {
    name: part?.schedules?.length
      ? 'What changed in plans and prices since last week?'
      : 'pricing-weekly',
  });
  return fake;
}

const press = async (name: string) =>
  userEvent.click(await screen.findByRole('button', { name }));
const retype = async (name: RegExp, text: string) => {
  const field = screen.getByRole('textbox', { name });
  await userEvent.clear(field);
  await userEvent.type(field, text);
};

describe('the page of a schedule', () => {
  it('says what it asks of which pages, and when it runs next', async () => {
    await show({ schedules: [aSchedule(), aSchedule({ name: 'other' })] });
    expect(
      await screen.findByRole('link', {
        name: 'https://tidepool.example/pricing',
      }),
    ).toBeInTheDocument();
    expect(screen.getByText(/At 07:00, only on Monday, Europe/)).toBeVisible();
    expect(screen.getByText('Technical name: pricing-weekly')).toBeVisible();
    expect(screen.getAllByRole('row')).toHaveLength(2);
  });

  it('says that it is not seen where there is none', async () => {
    await show({ schedules: [] });
    expect(
      await screen.findByText(/No schedule pricing-weekly is seen/),
    ).toBeInTheDocument();
  });

  it('sends what was changed, and nothing else', async () => {
    const { state } = await show({ schedules: [aSchedule()] });
    await press('Change');
    const save = screen.getByRole('button', { name: 'Save' });
    expect(save).toBeDisabled();
    await userEvent.click(screen.getByRole('radio', { name: 'Every day' }));
    await retype(/^Completed runs/, '5');
    await userEvent.click(save);
    expect(
      await screen.findByText('pricing-weekly is changed.'),
    ).toBeInTheDocument();
    expect(state.edited).toEqual([
      {
        name: 'pricing-weekly',
        generation: 3,
        takeOver: false,
        spec: {
          schedule: '0 7 * * *',
          history: { completed: 5, other: 10, minAge: '7d' },
        },
      },
    ]);
    expect(await screen.findByRole('button', { name: 'Change' })).toHaveFocus();
  });

  it('keeps the focus where the person is, also when all is left as it is', async () => {
    await show({ schedules: [aSchedule()] });
    await press('Change');
    const editor = screen.getByRole('region', { name: /^Change/ });
    expect(editor).toContainElement(document.activeElement as HTMLElement);
    await press('Leave it as it is');
    expect(await screen.findByRole('button', { name: 'Change' })).toHaveFocus();
  });

  it('says what is wrong, and saves nothing', async () => {
    await show({ schedules: [aSchedule()] });
    await press('Change');
    await retype(/^Pages to visit/, 'ftp://a.example');
    expect(screen.getByRole('list', { name: 'Problems' })).toHaveTextContent(
      /Line 1: Only http/,
    );
    expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled();
  });

  it("takes a colleague's over only after saying so", async () => {
    const bobs = aSchedule({ requestedBy: 'bob', isYours: false });
    const { state } = await show({ schedules: [bobs] });
    await press('Change');
    await retype(/^Objective/, 'What do they promise?');
    expect(screen.getByText(/It is in the name of bob/)).toBeInTheDocument();
    await press('Save');
    expect(await screen.findByRole('dialog')).toHaveTextContent(
      /in the name of bob.*its runs go on in your name/,
    );
    expect(state.edited).toEqual([]);
    await press('Take over and save');
    await screen.findByText(/its runs go on in your name\.$/);
    expect(state.edited).toMatchObject([
      { takeOver: true, spec: { objective: 'What do they promise?' } },
    ]);
  });

  it('offers nothing else while it is changed, for that would change it first', async () => {
    await show({ schedules: [aSchedule()] });
    const suspend = 'Suspend pricing-weekly';
    expect(
      await screen.findByRole('button', { name: suspend }),
    ).toBeInTheDocument();
    await press('Change');
    expect(screen.queryByRole('button', { name: suspend })).toBeNull();
    expect(screen.queryByRole('button', { name: /^Run now/ })).toBeNull();
    await press('Leave it as it is');
    expect(screen.getByRole('button', { name: suspend })).toBeInTheDocument();
  });

  it('can be changed twice in a row, though it was not read anew in between', async () => {
    const seen = aSchedule();
    const before = await fakeApi({ schedules: [seen] }).api.getSchedule(seen);
    const reads = [Promise.resolve(before)];
    const generations: number[] = [];
    await show({
      schedules: [seen],
      getSchedule: () => reads.pop() ?? new Promise(() => {}),
      editSchedule: async (_, { generation }) => {
        generations.push(generation);
        return { ...before, generation: generation + 1 };
      },
    });
    for (const completed of ['5', '6']) {
      await press('Change');
      await retype(/^Completed runs/, completed);
      await press('Save');
      await screen.findByText('pricing-weekly is changed.');
    }
    expect(generations).toEqual([3, 4]);
  });

  it('says why what it asks can not be shown, and tries again', async () => {
    const seen = aSchedule();
    const detail = await fakeApi({ schedules: [seen] }).api.getSchedule(seen);
    const reads = [
      Promise.resolve(detail),
      Promise.reject(refusal(404, 'There is no schedule pricing-weekly.')),
    ];
    await show({ schedules: [seen], getSchedule: () => reads.pop()! });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /Not found: what the schedule asks.*There is no schedule/,
    );
    await press('Try again');
    expect(
      await screen.findByRole('link', {
        name: 'https://tidepool.example/pricing',
      }),
    ).toBeInTheDocument();
  });

  it('keeps what was typed when somebody else came first', async () => {
    const why = 'The schedule pricing-weekly was changed meanwhile.';
    await show({
      schedules: [aSchedule()],
      editSchedule: async () => {
        throw refusal(409, why);
      },
    });
    await press('Change');
    await userEvent.click(screen.getByRole('radio', { name: 'Every day' }));
    await press('Save');
    expect(await screen.findByRole('alert')).toHaveTextContent(why);
    expect(screen.getByRole('radio', { name: 'Every day' })).toBeChecked();
  });

  it('is deleted alone, and not one that came under its name meanwhile', async () => {
    const seen = aSchedule();
    const { api } = fakeApi({ schedules: [seen] });
    const detail = await api.getSchedule(seen);
    let stands = detail;
    const sent: string[] = [];
    await show({
      schedules: [seen],
      getSchedule: async () => stands,
      deleteSchedule: async ({ uid }) => {
        sent.push(uid);
      },
    });
    await press('Delete');
    const dialog = await screen.findByRole('dialog');
    stands = { ...detail, uid: 'another', owned: 7 };
    await waitFor(
      () => {
        // Who comes back to the window sees what is there now.
        window.dispatchEvent(new Event('visibilitychange'));
        expect(dialog).toHaveTextContent(/the 7 runs/);
      },
      { timeout: 5_000 },
    );
    await userEvent.click(
      screen.getAllByRole('button', { name: 'Delete' }).at(-1)!,
    );
    await waitFor(() => expect(sent).toEqual([seen.uid]));
  });

  it('is deleted only after saying what goes with it', async () => {
    const { state } = await show({ schedules: [aSchedule()] });
    await press('Delete');
    expect(await screen.findByRole('dialog')).toHaveTextContent(
      /the 2 runs that it has made are deleted.*suspend it/,
    );
    expect(state.deleted).toEqual([]);
    await userEvent.click(
      screen.getAllByRole('button', { name: 'Delete' }).at(-1)!,
    );
    await waitFor(() => expect(state.deleted).toEqual(['pricing-weekly']));
    expect(await screen.findByText('No schedules yet')).toBeInTheDocument();
  });

  it('stacks what does not fit beside each other in a narrow window', async () => {
    // jsdom has no such thing.
    const quiet = {
      addEventListener() {},
      removeEventListener() {},
      addListener() {},
      removeListener() {},
    };
    window.matchMedia = query =>
      ({
        ...quiet,
        matches: query.includes('max-width'),
      } as unknown as MediaQueryList);
    try {
      await show({ schedules: [aSchedule()] });
      const card = await screen.findByRole('listitem', {
        name: 'pricing-weekly',
      });
      expect(screen.queryByRole('row')).toBeNull();
      ['Next run, your time', 'Last run', 'State'].forEach(label =>
        expect(within(card).getByText(label)).toBeInTheDocument(),
      );
      expect(within(card).getByText('Ready')).toBeInTheDocument();
      await press('Suspend pricing-weekly');
      expect(
        await screen.findByText(/pricing-weekly is suspended/),
      ).toBeInTheDocument();
    } finally {
      Reflect.deleteProperty(window, 'matchMedia');
    }
  });
});

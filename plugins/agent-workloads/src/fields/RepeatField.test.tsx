import { useState } from 'react';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { agentWorkloadsApiRef } from '../api';
import { fakeApi, refusal } from '../__testUtils__/fakeApi';
import { aSchedule } from '../__testUtils__/runs';
import { ownTimeZone } from '../lib/pace';
import type { Repeat } from './repeat';
import { RepeatField } from './RepeatField';
import { validateRepeat } from './validateRepeat';
import { apiHolder } from '../__testUtils__/words';

const PAGES = ['https://www.tidepool.example/pricing'];

const DEMO = {
  agentWorkloads: {
    demo: { pages: [{ title: 'Tidepool', url: 'http://tidepool.localhost' }] },
  },
};

async function show(
  options: { value?: Repeat; config?: object; names?: string[] } = {},
) {
  let value: Repeat = options.value ?? {};
  const { api } = fakeApi({
    schedules: (options.names ?? []).map(name => aSchedule({ name })),
  });
  function Form() {
    const [formData, setFormData] = useState<Repeat>(value);
    const field = {
      formData,
      onChange: (next: Repeat) => {
        value = next;
        setFormData(next);
      },
      schema: { title: 'How often?' },
      formContext: { formData: { targetUrls: PAGES } },
    } as unknown as FieldExtensionComponentProps<Repeat>;
    return <RepeatField {...field} />;
  }
  renderInTestApp(<Form />, {
    apis: [[agentWorkloadsApiRef, api]] as never,
    config: (options.config ?? {}) as never,
  });
  await screen.findByRole('radiogroup', { name: 'How often?' });
  return () => value;
}

const choose = (name: string | RegExp) =>
  userEvent.click(screen.getByRole('radio', { name }));

describe('RepeatField', () => {
  it('asks for a single run at first, and for nothing else', async () => {
    const value = await show();
    expect(screen.getByRole('radio', { name: 'Once, now' })).toBeChecked();
    expect(screen.queryByRole('textbox')).toBeNull();
    expect(screen.queryByRole('radio', { name: /demo/ })).toBeNull();
    expect(value()).toEqual({});
  });

  it('proposes each Monday at seven in the own time zone, and says when that is', async () => {
    const value = await show();
    await choose('Every week');
    expect(value()).toEqual({
      schedule: '0 7 * * 1',
      timeZone: ownTimeZone(),
      runNow: true,
      name: 'tidepool-weekly',
    });
    const due = screen.getByRole('status');
    expect(due).toHaveTextContent('At 07:00, only on Monday');
    expect(due.querySelectorAll('time')).toHaveLength(3);
    await choose('Every day');
    expect(value()).toMatchObject({
      schedule: '0 7 * * *',
      name: 'tidepool-daily',
    });
    await choose('Once, now');
    expect(value()).toEqual({});
  });

  it('takes an own expression as it is typed, and says what is wrong with it', async () => {
    const value = await show();
    await choose(/cron expression/);
    const cron = screen.getByRole('textbox', { name: /Cron expression/ });
    await userEvent.clear(cron);
    await userEvent.type(cron, '0  25 * *  1');
    expect(value().schedule).toBe('0 25 * * 1');
    expect(screen.getByRole('status')).toHaveTextContent(/can't be read/);
    await userEvent.clear(cron);
    await userEvent.type(cron, '0 6 1 * *');
    expect(screen.getByRole('status')).toHaveTextContent('At 06:00');
  });

  it('proposes a name that no schedule has', async () => {
    const value = await show({ names: ['tidepool-weekly'] });
    await choose('Every week');
    expect(value().name).toBe('tidepool-weekly-2');
    const name = screen.getByRole('textbox', { name: /Name of the schedule/ });
    await userEvent.type(name, ' x');
    expect(screen.getByText(/has lower-case letters/)).toBeInTheDocument();
  });

  it('has three times soon where there is a demo, also when a link filled it in', async () => {
    const value = await show({ config: DEMO, value: { soon: true } });
    expect(screen.getByRole('radio', { name: /demo/ })).toBeChecked();
    expect(value()).toEqual({ soon: true, name: 'tidepool-demo' });
    expect(screen.getByRole('status').querySelectorAll('time')).toHaveLength(3);
  });

  it('counts the times of a demo anew while the form stands there', async () => {
    const clock = jest.spyOn(Date, 'now');
    try {
      const now = Date.parse('2026-11-29T12:00:05Z');
      clock.mockReturnValue(now);
      await show({ config: DEMO, value: { soon: true } });
      const times = () =>
        [...screen.getByRole('status').querySelectorAll('time')].map(
          time => time.dateTime,
        );
      expect(times()[0]).toBe('2026-11-29T12:01:00.000Z');
      clock.mockReturnValue(now + 120_000);
      await waitFor(
        () =>
          expect(times()).toEqual([
            '2026-11-29T12:03:00.000Z',
            '2026-11-29T12:05:00.000Z',
            '2026-11-29T12:07:00.000Z',
          ]),
        { timeout: 3_000 },
      );
    } finally {
      clock.mockRestore();
    }
  });

  it('proposes another name to who comes by a link once it knows that the first is taken', async () => {
    const value = await show({
      config: DEMO,
      value: { soon: true },
      names: ['tidepool-demo'],
    });
    await waitFor(() =>
      expect(value()).toEqual({ soon: true, name: 'tidepool-demo-2' }),
    );
  });

  it('proposes another name to who comes back from a later page', async () => {
    const value = await show({
      config: DEMO,
      value: { soon: true, name: 'tidepool-demo-2' },
      names: ['tidepool-demo', 'tidepool-demo-2'],
    });
    await waitFor(() => expect(value().name).toBe('tidepool-demo-3'));
  });

  it('keeps a name that a person typed, whatever is chosen then', async () => {
    const value = await show();
    await choose('Every week');
    const name = () =>
      screen.getByRole('textbox', { name: /Name of the schedule/ });
    await userEvent.clear(name());
    await userEvent.type(name(), 'my-watch');
    await choose('Every day');
    expect(value().name).toBe('my-watch');
    await choose('Once, now');
    await choose('Every week');
    expect(value().name).toBe('my-watch');
    await userEvent.clear(name());
    expect(value().name).toBe('');
    await choose('Every day');
    expect(value().name).toBe('tidepool-daily');
  });

  it('keeps a typed name that is taken, for the cluster to say so', async () => {
    const value = await show({
      value: { schedule: '0 7 * * 1', name: 'my-watch' },
      names: ['my-watch', 'tidepool-daily'],
    });
    await choose('Every day');
    expect(value().name).toBe('my-watch');
  });
});

async function errorsOf(
  value: Repeat,
  answer: () => Promise<unknown> = async () => ({}),
) {
  const errors: string[] = [];
  const asked: unknown[] = [];
  const { api } = fakeApi({
    createSchedule: (async (request: unknown, options: unknown) => {
      asked.push({ request, options });
      return answer();
    }) as never,
  });
  await validateRepeat(
    value,
    { addError: message => errors.push(message) },
    {
      apiHolder: {
        get: ref =>
          ref.id === agentWorkloadsApiRef.id
            ? (api as never)
            : apiHolder.get(ref),
      },
      formData: { objective: 'What do they charge?', targetUrls: PAGES },
    },
  );
  return { errors, asked };
}

describe('before the next page of the form', () => {
  const weekly = {
    schedule: '0 7 * * 1',
    timeZone: 'Europe/Berlin',
    name: 'tidepool-weekly',
  };

  it('asks nobody about a single run', async () => {
    expect(await errorsOf({})).toEqual({ errors: [], asked: [] });
  });

  it('asks the cluster, which makes nothing', async () => {
    const { errors, asked } = await errorsOf(weekly);
    expect(errors).toEqual([]);
    expect(asked).toEqual([
      {
        request: {
          name: 'tidepool-weekly',
          spec: {
            schedule: '0 7 * * 1',
            timeZone: 'Europe/Berlin',
            workloadTemplate: {
              spec: { objective: 'What do they charge?', targetUrls: PAGES },
            },
          },
        },
        options: { dryRun: true },
      },
    ]);
  });

  it.each<[Repeat, RegExp]>([
    [{ ...weekly, schedule: '0 0 30 2 *' }, /no day that any year has/],
    [{ ...weekly, timeZone: 'Europe/Atlantis' }, /time zone database/],
    [{ ...weekly, name: 'x'.repeat(41) }, /at most 40 characters/],
    [{ ...weekly, name: '' }, /lower-case letters/],
  ])('lets %o not through', async (value, message) => {
    const { errors, asked } = await errorsOf(value);
    expect(errors).toEqual([expect.stringMatching(message)]);
    expect(asked).toEqual([]);
  });

  it('says what the cluster refuses', async () => {
    const why = 'There is another schedule called "tidepool-weekly".';
    const { errors } = await errorsOf(weekly, async () => {
      throw refusal(409, why);
    });
    expect(errors).toEqual([why]);
  });
});

import { parse } from 'yaml';
import { Workshop } from '../__testUtils__/workshop';
import { createScheduleAction } from './createSchedule';
import { examples } from './createSchedule.examples';

const input = {
  objective: 'Plans and prices',
  targetUrls: ['https://www.tidepool.example.com/pricing'],
  schedule: '0 7 * * 1',
  timeZone: 'Europe/Berlin',
};

describe('agent-workloads:create-schedule', () => {
  let workshop: Workshop;
  /** What happens between two looks at what the operator says. */
  let meanwhile: () => void;

  beforeEach(async () => {
    workshop = new Workshop();
    meanwhile = () => {};
    await workshop.start();
  });

  afterEach(() => workshop.stop());

  const run = (
    fields: Record<string, unknown> = {},
    options: Parameters<Workshop['run']>[2] = {},
  ) =>
    workshop.run(
      createScheduleAction(workshop.services(), async () => meanwhile()),
      { ...input, ...fields },
      options,
    );
  const schedules = () => workshop.api.list('agentworkloadschedules');
  const says = (status: 'True' | 'False', message: string) => {
    const [schedule] = schedules();
    workshop.api.put('agentworkloadschedules', {
      ...schedule,
      status: { conditions: [{ type: 'Ready', status, message }] },
    });
  };

  it('makes it as the person who runs the template, with the groups by which they may', async () => {
    const outputs = await run({ name: 'tidepool-weekly', runNow: true });
    expect(outputs).toEqual({
      name: 'tidepool-weekly',
      namespace: 'agentworkloads',
      cluster: 'local',
      scheduleUrl:
        '/agent-workloads/schedules/local/agentworkloads/tidepool-weekly',
    });
    const [{ spec }] = schedules();
    expect(spec).toMatchObject({
      schedule: '0 7 * * 1',
      timeZone: 'Europe/Berlin',
      runNow: expect.stringMatching(/^[0-9a-f]{32}$/),
      requestedBy: {
        username: 'bob',
        groups: ['agentworkloads:requesters'],
      },
      workloadTemplate: {
        spec: {
          objective: 'Plans and prices',
          workflowTemplateRef: { name: 'competitor-scrape' },
        },
      },
    });
    const [{ headers, groups }] = workshop.api.requests;
    expect(headers['impersonate-user']).toBe('bob');
    expect(groups).toEqual(['agentworkloads:requesters']);
    expect(workshop.audits).toEqual([
      'agent-workloads-schedule-create success',
    ]);
  });

  it('starts nothing at once unless that is asked for', async () => {
    await run({ timeZone: '' });
    expect(schedules()[0].spec).not.toHaveProperty('runNow');
    expect(schedules()[0].spec).toMatchObject({ timeZone: 'Etc/UTC' });
  });

  it('has three due times soon, counted from when it is made', async () => {
    await run({ soon: true, schedule: undefined });
    expect(schedules()[0].spec).toMatchObject({
      schedule: '6,8,10 4 3 2 *',
      timeZone: 'Etc/UTC',
    });
  });

  it('says why the operator starts nothing by it', async () => {
    const why = 'Policy would deny each run: due times are 60 seconds apart';
    meanwhile = () => says('False', why);
    expect(await run()).toMatchObject({ refusal: why });
    says('True', 'Runs are started.');
    expect(await run()).not.toHaveProperty('refusal');
  });

  it('finds its own again when the task is resumed, and refuses to change another', async () => {
    const first = await run();
    expect(await run()).toEqual(first);
    expect(schedules()).toHaveLength(1);
    await run({ name: 'weekly' });
    await expect(
      run({ name: 'weekly', schedule: '0 8 * * 1' }),
    ).rejects.toThrow(
      /another schedule called "weekly" in agentworkloads; choose another name/,
    );
    expect(schedules()).toHaveLength(2);
  });

  it('makes nothing in a dry run', async () => {
    expect(await run({}, { isDryRun: true })).toHaveProperty('scheduleUrl');
    expect(schedules()).toHaveLength(0);
  });

  it.each([
    'agent-workloads.schedule.create',
    'agent-workloads.workload.create',
  ])('needs the permission %s', async permission => {
    workshop.denied = [permission];
    await expect(run()).rejects.toThrow(permission);
    expect(workshop.api.requests).toHaveLength(0);
  });

  it.each([
    ['an hour that no day has', { schedule: '0 25 * * *' }, /can't be read/],
    [
      'a day that no year has',
      { schedule: '0 0 30 2 *' },
      /no day that any year/,
    ],
    ['four fields', { schedule: '0 7 * *' }, /five fields/],
    ['an unknown zone', { timeZone: 'Europe/Atlantis' }, /time zone database/],
    ['no schedule', { schedule: undefined }, /schedule/],
    ['a name that is too long', { name: 'x'.repeat(41) }, /name/],
    ['no page', { targetUrls: [] }, /targetUrls/],
    ['another namespace', { namespace: 'kube-system' }, /kube-system/],
  ])(
    'refuses %s before the cluster is asked',
    async (_what, fields, message) => {
      await expect(run(fields)).rejects.toThrow(message);
      expect(workshop.api.requests).toHaveLength(0);
    },
  );

  it.each(examples.map(one => [one.description, one.example]))(
    'example: %s',
    async (_description, example) => {
      const [step] = parse(example).steps;
      await expect(run(step.input)).resolves.toHaveProperty('scheduleUrl');
    },
  );
});

import { readFileSync } from 'node:fs';
import { mockCredentials } from '@backstage/backend-test-utils';
import { DURATION_PATTERN, FOLLOW, parseDuration } from '@agentworkloads/api';
import { parse } from 'yaml';
import { Workshop } from '../__testUtils__/workshop';
import { createAgentWorkloadAction } from './createAgentWorkload';
import { examples } from './createAgentWorkload.examples';

const FORM = 'templates/competitor-scrape/template.yaml';

const shipped = (file: string) =>
  readFileSync(`${__dirname}/../../../../${file}`, 'utf8');

describe('agent-workloads:create', () => {
  let workshop: Workshop;
  let api: Workshop['api'];
  let audits: string[];

  beforeEach(async () => {
    workshop = new Workshop();
    ({ api, audits } = workshop);
    await workshop.start();
  });

  afterEach(() => workshop.stop());

  const action = () => createAgentWorkloadAction(workshop.services());

  const input = {
    objective: 'Plans and prices',
    targetUrls: ['https://www.tidepool.example.com/pricing'],
  };

  const run = (
    fields: Record<string, unknown> = {},
    options: Parameters<Workshop['run']>[2] = {},
  ) => workshop.run(action(), { ...input, ...fields }, options);

  const runs = () => api.list('agentworkloads');

  it('starts the run as the person who runs the template', async () => {
    const outputs = await run({
      entityRef: 'component:default/tidepool',
      fourEyes: true,
      approvals: 2,
      timeouts: { suspendGate: '20m' },
    });
    expect(outputs).toEqual({
      name: expect.stringMatching(/^tidepool-example-com-[0-9a-f]{10}$/),
      namespace: 'agentworkloads',
      cluster: 'local',
      entityRef: 'component:default/tidepool',
      runUrl: `/agent-workloads/runs/local/agentworkloads/${outputs.name}`,
    });
    expect(runs()).toHaveLength(1);
    expect(runs()[0].spec).toMatchObject({
      requestedBy: { username: 'bob' },
      gate: { mode: 'human', fourEyes: true, approvals: 2 },
      timeouts: { execution: '2h', suspendGate: '20m', noProgress: '5m' },
    });
    expect(
      api.requests.map(one => [
        one.query.get('dryRun'),
        one.headers['impersonate-user'],
        one.groups,
      ]),
    ).toEqual([[null, 'bob', ['agentworkloads:requesters']]]);
    expect(audits).toEqual(['agent-workloads-run-create success']);
  });

  it('takes fields that a form left empty as if they were not there', async () => {
    await run({
      entityRef: '',
      workflowTemplate: '',
      timeouts: { execution: '' },
    });
    expect(runs()[0].spec).toMatchObject({
      timeouts: { execution: '2h' },
      workflowTemplateRef: { name: 'competitor-scrape' },
    });
    expect(runs()[0].spec).not.toHaveProperty('entityRef');
  });

  it.each([
    ['pricing', { follow: 'pricing' }],
    ['none', {}],
    [undefined, {}],
  ])('with follow %s asks for that', async (follow, expected) => {
    await run({ follow });
    const { follow: asked } = runs()[0].spec as { follow?: string };
    expect(asked === undefined ? {} : { follow: asked }).toEqual(expected);
  });

  it('reads pages as the form does', async () => {
    const [a, b] = ['https://a.example/x,1', 'https://b.example/y'];
    await run({ targetUrls: [`${a},${b}`, 'www.c.example', b] });
    expect(runs()[0].spec).toMatchObject({
      targetUrls: [a, b, 'https://www.c.example'],
    });
  });

  it('makes nothing in a dry run', async () => {
    const outputs = await run({}, { isDryRun: true });
    expect(outputs.runUrl).toBeDefined();
    expect(runs()).toHaveLength(0);
    expect(action().supportsDryRun).toBe(true);
  });

  it('finds its own run again when the task is resumed, and makes another for another task', async () => {
    const first = await run();
    expect(await run()).toEqual(first);
    expect(runs()).toHaveLength(1);
    const other = await run({}, { task: 'task-2' });
    expect(other.name).not.toBe(first.name);
    expect(runs()).toHaveLength(2);
  });

  it('finds its own run again whose answer was lost on the way', async () => {
    api.fault = ({ method }) => (method === 'POST' ? 'cut-after' : undefined);
    await expect(run()).rejects.toThrow(/can't start the run now/);
    api.fault = () => undefined;
    const again = await run();
    expect(runs().map(({ metadata }) => metadata.name)).toEqual([again.name]);
  });

  it('accepts a run of that name that has meanwhile been cancelled, but none with other input', async () => {
    await run({ name: 'weekly' });
    api.put('agentworkloads', {
      ...runs()[0],
      spec: { ...(runs()[0].spec as object), cancel: true },
    });
    await expect(run({ name: 'weekly' })).resolves.toMatchObject({
      name: 'weekly',
    });
    await expect(
      run({ name: 'weekly', objective: 'Something else' }),
    ).rejects.toThrow(
      /another run called "weekly" in agentworkloads, with other input; choose another name/,
    );
    expect(audits.at(-1)).toBe('agent-workloads-run-create fail');
  });

  it('takes nobody else from the input', async () => {
    await run({ requestedBy: { username: 'alice' }, user: 'alice' });
    expect(runs()[0].spec).toMatchObject({ requestedBy: { username: 'bob' } });
  });

  it('needs the permission, and a person', async () => {
    await expect(
      run({}, { credentials: mockCredentials.service() }),
    ).rejects.toThrow(/no person behind it/);
    workshop.denied = ['agent-workloads.workload.create'];
    await expect(run()).rejects.toThrow(/agent-workloads.workload.create/);
    expect(api.requests).toHaveLength(0);
  });

  it.each([
    [
      'a URL with credentials',
      { targetUrls: ['https://a:b@x.example/'] },
      /without credentials/,
    ],
    ['no URL', { targetUrls: [] }, /targetUrls/],
    [
      'words beside a URL',
      { targetUrls: ['https://a.example/x', 'https://a.example,foo'] },
      /targetUrls\[1\] has more than an address: "foo"/,
    ],
    ['an empty URL', { targetUrls: [''] }, /targetUrls\[0\]/],
    [
      'another namespace',
      { namespace: 'kube-system' },
      /starts no runs in namespace/,
    ],
    [
      'an unknown cluster',
      { cluster: 'mars' },
      /There is no cluster "mars"; the portal has: local/,
    ],
    ['an entity that is no reference', { entityRef: 'tidepool' }, /entityRef/],
  ])(
    'refuses %s before the cluster is asked',
    async (_what, fields, message) => {
      await expect(run(fields)).rejects.toThrow(message);
      expect(api.requests).toHaveLength(0);
    },
  );

  it("passes on admission's sentence", async () => {
    api.fault = () => ({
      answer: 403,
      reason: 'Forbidden',
      message: 'requestedBy must be the caller',
    });
    const failure = await run().catch((error: Error) => error);
    const sentence =
      'The cluster refused to start the run: requestedBy must be the caller';
    // The scaffolder writes the stack into the log that people read.
    expect(failure).toMatchObject({ message: sentence, stack: sentence });
  });

  it.each(examples.map(one => [one.description, one.example]))(
    'example: %s',
    async (_description, example) => {
      const [step] = parse(example).steps;
      await expect(run(step.input)).resolves.toHaveProperty('runUrl');
    },
  );

  it('has a form whose fields read what is typed as the contract does', () => {
    const template = parse(shipped(FORM));
    const [what, , how] = template.spec.parameters;
    // A pattern or a bound of the form's own would answer with itself, in the words of a program.
    expect(what.properties.objective['ui:field']).toBe(
      'AgentWorkloadsObjective',
    );
    expect(what.properties.targetUrls['ui:field']).toBe(
      'AgentWorkloadsUrlList',
    );
    expect(what.properties.follow.enum).toEqual(FOLLOW);
    expect(how.properties.timeouts['ui:field']).toBe('AgentWorkloadsTimeouts');
    for (const { default: proposed } of Object.values<Record<string, string>>(
      how.properties.timeouts.properties,
    )) {
      expect(proposed).toMatch(new RegExp(DURATION_PATTERN));
    }
    const accepted = Object.keys(action().schema?.input?.properties ?? {});
    expect(accepted).toEqual(
      expect.arrayContaining(Object.keys(template.spec.steps[0].input)),
    );
  });

  it('has a form that gives people three days, which the shipped policy allows', () => {
    const [, , how] = parse(shipped(FORM)).spec.parameters;
    const { execution, suspendGate } = how.properties.timeouts.properties;
    const gate = parseDuration(suspendGate.default);
    const work = parseDuration(execution.default);
    expect(gate).toBe(3 * 24 * 3_600_000);
    expect(work).toBe(2 * 3_600_000);
    const { limits } = JSON.parse(shipped('policies/data.json')).agentworkloads
      .config;
    expect(limits.suspendGateSeconds * 1000).toBeGreaterThanOrEqual(gate);
    expect(limits.executionSeconds * 1000).toBeGreaterThanOrEqual(work);
  });
});

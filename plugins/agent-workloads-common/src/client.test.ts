import { AgentWorkloadsClient } from './client';

const ref = { cluster: 'local', namespace: 'a b', name: 'x/../y' };

function clientOf(...answers: Response[]) {
  const asked: { url: string; init?: RequestInit }[] = [];
  const client = new AgentWorkloadsClient({
    fetch: (async (url: string, init?: RequestInit) => {
      asked.push({ url, init });
      return answers.shift() ?? Response.json({});
    }) as typeof fetch,
  });
  return { asked, client };
}

describe('AgentWorkloadsClient', () => {
  it('leaves empty filters out and repeats those with several values', async () => {
    const { asked, client } = clientOf();
    await client.listRuns({
      phase: ['Running', 'Failed'],
      search: '',
      host: undefined,
      offset: 0,
    });
    expect(asked[0].url).toBe(
      'plugin://agent-workloads/runs?phase=Running&phase=Failed&offset=0',
    );
  });

  it('asks for changes and their file by the same filters, and tells of a visit', async () => {
    const { asked, client } = clientOf();
    const query = { company: 'a&b', kind: ['price', 'plan'] as const };
    await client.listChanges({ ...query, kind: [...query.kind] });
    await client.openChangesCsv({ ...query, kind: [...query.kind] });
    await client.visitChanges();
    const filters = 'company=a%26b&kind=price&kind=plan';
    expect(asked.map(({ url, init }) => [init?.method, url])).toEqual([
      ['GET', `plugin://agent-workloads/changes?${filters}`],
      ['GET', `plugin://agent-workloads/changes.csv?${filters}`],
      ['POST', 'plugin://agent-workloads/changes/visit'],
    ]);
  });

  it('asks before a launch, and stops asking when nobody waits', async () => {
    const { asked, client } = clientOf();
    const targetUrls = ['https://a.example/'];
    const spec = { objective: 'Plans and prices', targetUrls };
    await client.checkStart({ spec });
    const ending = new AbortController();
    await client.checkPages({ targetUrls, follow: 'none' }, ending.signal);
    expect(asked.map(({ url, init }) => [init?.method, url])).toEqual([
      ['POST', 'plugin://agent-workloads/checks/start'],
      ['POST', 'plugin://agent-workloads/checks/pages'],
    ]);
    expect(asked.map(({ init }) => JSON.parse(String(init?.body)))).toEqual([
      { spec },
      { targetUrls, follow: 'none' },
    ]);
    ending.abort();
    expect(asked[1].init?.signal?.aborted).toBe(true);
  });

  it('escapes what goes into a path or a query', async () => {
    const { asked, client } = clientOf();
    await client.getRun(ref);
    await client.openObject(ref, 'runs/1/a&b');
    await client.openLog(ref, 'scrape', { follow: true });
    await client.getSchedule(ref);
    const run = 'plugin://agent-workloads/runs/local/a%20b/x%2F..%2Fy';
    const schedule = run.replace('/runs/', '/schedules/');
    expect(asked.map(one => one.url)).toEqual([
      run,
      `${run}/objects?key=runs%2F1%2Fa%26b`,
      `${run}/steps/scrape/log?follow=true`,
      schedule,
    ]);
  });

  it('says which schedule of that name it means, whatever is done to it', async () => {
    const { asked, client } = clientOf();
    const seen = { ...ref, uid: 'u&1' };
    const edit = { generation: 1, spec: {} };
    await client.runScheduleNow(seen, { token: 't' });
    await client.editSchedule(seen, edit);
    await client.suspendSchedule(seen);
    await client.resumeSchedule(seen);
    await client.deleteSchedule(seen);
    const schedule =
      'plugin://agent-workloads/schedules/local/a%20b/x%2F..%2Fy';
    const sent = asked.map(({ url, init }) => [
      url.replace(schedule, ''),
      init?.body && JSON.parse(String(init.body)),
    ]);
    expect(sent).toEqual([
      ['/run-now', { token: 't', uid: 'u&1' }],
      ['/edit', { ...edit, uid: 'u&1' }],
      ['/suspend', { uid: 'u&1' }],
      ['/resume', { uid: 'u&1' }],
      ['?uid=u%261', undefined],
    ]);
  });

  it('sends decisions as JSON and gives what was made', async () => {
    const made = { approval: { name: 'a', uid: 'u' } };
    const { asked, client } = clientOf(Response.json(made, { status: 201 }));
    const decision = {
      workloadUid: 'u',
      workflowUid: 'w',
      nodeId: 'n',
      decision: 'deny',
      comment: 'no',
    } as const;
    await expect(client.decideGate(ref, decision)).resolves.toEqual(made);
    expect(asked[0].init).toMatchObject({ method: 'POST' });
    expect(JSON.parse(String(asked[0].init?.body))).toEqual(decision);
  });

  it('takes an answer without a body', async () => {
    const { client } = clientOf(new Response(null, { status: 204 }));
    await expect(client.cancelRun(ref)).resolves.toBeUndefined();
  });

  it.each([
    ['getRun', (client: AgentWorkloadsClient) => client.getRun(ref)],
    [
      'openArtifact',
      (client: AgentWorkloadsClient) => client.openArtifact(ref, 'report-md'),
    ],
  ])('%s throws what the backend said', async (_name, call) => {
    const { client } = clientOf(
      Response.json(
        {
          error: { name: 'NotFoundError', message: 'There is no run' },
          response: { statusCode: 404 },
        },
        { status: 404 },
      ),
    );
    await expect(call(client)).rejects.toMatchObject({
      name: 'ResponseError',
      statusCode: 404,
      cause: expect.objectContaining({ message: 'There is no run' }),
    });
  });
});

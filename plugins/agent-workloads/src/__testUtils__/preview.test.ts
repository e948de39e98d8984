import type { IncomingMessage, ServerResponse } from 'node:http';
import { agentWorkloads } from '../../dev/routes';

const AT = '/schedules/local/agentworkloads/changelogs-daily';

/** What the preview answers, as a browser would read it. */
async function ask(method: string, path: string, body?: object) {
  const req = {
    method,
    headers: {},
    async *[Symbol.asyncIterator]() {
      if (body) yield JSON.stringify(body);
    },
  } as unknown as IncomingMessage;
  const answer = { status: 0, text: '' };
  const res = {
    writeHead: (status: number) => {
      answer.status = status;
      return res;
    },
    end: (text = '') => {
      answer.text = text;
    },
  } as unknown as ServerResponse;
  await agentWorkloads(req, res, path, new URLSearchParams());
  return {
    status: answer.status,
    body: answer.text && JSON.parse(answer.text),
  };
}

const names = async () =>
  (await ask('GET', '/schedules')).body.items.map(
    (item: { name: string }) => item.name,
  );

describe('a schedule of the preview', () => {
  it('is shown with its spec, and is left as it is by that', async () => {
    const { body } = await ask('GET', AT);
    expect(body).toMatchObject({
      name: 'changelogs-daily',
      suspend: true,
      spec: { schedule: '@daily', timeZone: 'America/New_York' },
    });
  });

  it('is suspended and resumed', async () => {
    expect((await ask('POST', `${AT}/resume`, {})).body.suspend).toBe(false);
    expect((await ask('POST', `${AT}/suspend`, {})).body.suspend).toBe(true);
  });

  it('keeps what was changed of it, also what only its own page shows', async () => {
    const spec = { schedule: '0 6 * * *', history: { completed: 5 } };
    const { body } = await ask('POST', `${AT}/edit`, { generation: 3, spec });
    expect(body).toMatchObject({
      generation: 4,
      schedule: '0 6 * * *',
      spec: {
        schedule: '0 6 * * *',
        objective: 'What do others say that is new?',
        history: { completed: 5, other: 10 },
      },
    });
    expect((await ask('GET', AT)).body).toEqual(body);
  });

  it('is gone once it is deleted', async () => {
    expect(await ask('DELETE', AT)).toEqual({
      status: 204,
      body: '',
    });
    expect(await names()).not.toContain('changelogs-daily');
    expect((await ask('GET', AT)).status).toBe(404);
  });
});

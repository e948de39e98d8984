import { createFetchApi, FetchMiddlewares } from '@backstage/core-app-api';
import { AgentWorkloadsClient } from '@agentworkloads/backstage-plugin-agent-workloads-common';

const ref = { cluster: 'local', namespace: 'agentworkloads', name: 'weekly' };

/** As an app of Backstage has it: each of the two makes a Request of what it is given. */
function clientInAPortal(answer: (request: Request) => Promise<Response>) {
  return new AgentWorkloadsClient(
    createFetchApi({
      baseImplementation: (input, init) => answer(new Request(input, init)),
      middleware: [
        FetchMiddlewares.resolvePluginProtocol({
          discoveryApi: {
            getBaseUrl: async plugin => `http://portal.test/api/${plugin}`,
          },
        }),
        FetchMiddlewares.injectIdentityAuth({
          identityApi: {
            getCredentials: async () => ({ token: 'of-the-person' }),
          } as never,
          allowUrl: url => url.startsWith('http://portal.test/'),
        }),
      ],
    }),
  );
}

describe('the client in a portal', () => {
  it('asks at its backend, with the token of the person and with what it sends', async () => {
    const asked: unknown[] = [];
    const client = clientInAPortal(async request => {
      asked.push([
        request.method,
        request.url,
        request.headers.get('authorization'),
        request.headers.get('content-type'),
        await request.text(),
      ]);
      return Response.json({ ...ref, name: 'again' });
    });
    await expect(client.rerun(ref, 'one-key')).resolves.toEqual({
      ...ref,
      name: 'again',
    });
    expect(asked).toEqual([
      [
        'POST',
        'http://portal.test/api/agent-workloads/runs/local/agentworkloads/weekly/rerun',
        'Bearer of-the-person',
        'application/json',
        '{"key":"one-key"}',
      ],
    ]);
  });

  it('gives a log as it comes, and ends when it is told to', async () => {
    const leaving = new AbortController();
    const client = clientInAPortal(
      async ({ signal }) =>
        new Response(
          new ReadableStream({
            start(stream) {
              stream.enqueue(new TextEncoder().encode('first line\n'));
              signal.addEventListener('abort', () =>
                stream.error(signal.reason),
              );
            },
          }),
        ),
    );
    const { signal } = leaving;
    const log = await client.openLog(ref, 'scrape', { follow: true, signal });
    const reader = log.body!.getReader();
    const { value } = await reader.read();
    expect(new TextDecoder().decode(value)).toBe('first line\n');
    leaving.abort();
    await expect(reader.read()).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('says what the backend said', async () => {
    const client = clientInAPortal(async () =>
      Response.json(
        {
          error: {
            name: 'ConflictError',
            message: 'It has ended.',
            said: { code: 'runEnded', values: { phase: 'Failed' } },
          },
          response: { statusCode: 409 },
        },
        { status: 409 },
      ),
    );
    await expect(client.cancelRun(ref)).rejects.toMatchObject({
      statusCode: 409,
      body: { error: { said: { code: 'runEnded' } } },
    });
  });
});

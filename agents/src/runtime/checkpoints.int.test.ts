import { connect, createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Annotation, END, Send, START, StateGraph } from '@langchain/langgraph';
import { silentLogger } from '../../test/support/logger';
import { startPostgres, type TestPostgres } from '../../test/support/postgres';
import { openCheckpoints, type CheckpointOptions } from './checkpoints';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.close());

const open = (threadId: string, change: Partial<CheckpointOptions> = {}) =>
  openCheckpoints({
    url: postgres.url,
    threadId,
    tries: 3,
    baseDelayMs: 50,
    connectTimeoutMs: 10_000,
    lockWaitMs: 500,
    logger: silentLogger(),
    ...change,
  });

const State = Annotation.Root({
  done: Annotation<string[], string[]>({
    reducer: (a, b) => [...a, ...b],
    default: () => [],
  }),
});

const names = Array.from({ length: 15 }, (_, index) => `piece-${index}`);
const graph = new StateGraph(State)
  .addNode('piece', ({ name }: { name: string }) => ({ done: [name] }))
  .addConditionalEdges(
    START,
    () => names.map(name => new Send('piece', { name })),
    ['piece'],
  )
  .addEdge('piece', END);

/** Between the step and its database, so that a connection can be cut while a checkpoint is written. */
async function startRelay(target: number) {
  let cut = false;
  const relay = createServer(socket => {
    const upstream = connect(target, '127.0.0.1');
    for (const end of [socket, upstream]) end.on('error', () => undefined);
    upstream.pipe(socket);
    socket.on('data', data => {
      if (cut && data.includes('INSERT')) {
        socket.resetAndDestroy();
        upstream.destroy();
      } else upstream.write(data);
    });
    socket.on('close', () => upstream.destroy());
  });
  await new Promise<void>(done => relay.listen(0, '127.0.0.1', done));
  return {
    port: (relay.address() as AddressInfo).port,
    cutAtNextWrite: () => (cut = true),
    close: () => new Promise(done => relay.close(done)),
  };
}

describe('checkpoints', () => {
  it('of several steps at once don’t mix', async () => {
    const threads = ['run/a', 'run/b', 'run/c'];
    await Promise.all(
      threads.map(async thread => {
        const { saver, close } = await open(thread);
        const compiled = graph.compile({ checkpointer: saver });
        const config = { configurable: { thread_id: thread } };
        await compiled.invoke(
          { done: [thread] },
          { ...config, durability: 'sync' },
        );
        const { values, next } = await compiled.getState(config);
        expect(next).toEqual([]);
        expect([...values.done].sort()).toEqual([thread, ...names].sort());
        await close();
      }),
    );
  });

  it('hold no secret of the environment', async () => {
    const rows = await postgres.query(
      'SELECT * FROM agent_checkpoints.checkpoint_blobs',
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain('postgres-password');
  });

  it('say that the database is away, without its password', async () => {
    const error = await open('run/x', {
      url: 'postgres://u:hidden-password@127.0.0.1:1/x',
      baseDelayMs: 5,
    }).catch(caught => caught);
    expect(error).toMatchObject({ name: 'RetryableError' });
    expect(error.message).toMatch(/checkpoint database.*ECONNREFUSED/);
    expect(error.message).not.toContain('hidden-password');
  });

  it('fail with their write when the connection is cut under it, and end nothing else', async () => {
    const relay = await startRelay(Number(new URL(postgres.url).port));
    const url = new URL(postgres.url);
    url.port = String(relay.port);
    const { saver, close } = await open('run/z', { url: url.href });
    relay.cutAtNextWrite();
    const failed = await graph
      .compile({ checkpointer: saver })
      .invoke(
        { done: [] },
        { configurable: { thread_id: 'run/z' }, durability: 'sync' },
      )
      .catch((error: unknown) => error);
    await close();
    await relay.close();
    expect(String(failed)).toMatch(/connection error|ECONNRESET/);
  });

  it('wait for a database that is starting', async () => {
    await postgres.stop();
    const pending = open('run/y', { baseDelayMs: 100, tries: 10 });
    await new Promise(resolve => setTimeout(resolve, 200));
    await postgres.start();
    await (await pending).close();
  });
});

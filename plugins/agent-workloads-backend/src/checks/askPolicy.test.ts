import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import type { StartQuestion } from '@agentworkloads/api';
import { askPolicy } from './askPolicy';
import { checksFrom } from './index';

const QUESTION = { namespace: 'team-a', spec: {} } as StartQuestion;

describe('an operator that can not be asked', () => {
  let server: Server;
  let told: string[];
  const logger = { warn: (sentence: string) => void told.push(sentence) };

  beforeEach(async () => {
    told = [];
    server = createServer((_req, res) => {
      res.writeHead(404, { 'content-type': 'text/html' }).end('<html>');
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  });
  afterEach(() => {
    server.close();
  });

  const ask = (url: string, signal = new AbortController().signal) =>
    askPolicy(url, QUESTION, signal, logger);
  const address = () =>
    `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  it('is away, and the log says that something else answered', async () => {
    expect(await ask(address())).toEqual({ kind: 'away' });
    expect(told).toEqual([
      expect.stringMatching(
        /operator at http:.*answered 404, and not as an operator does/,
      ),
    ]);
  });

  it('is away, and the log says that nobody answers there', async () => {
    const url = address();
    await new Promise(done => server.close(done));
    expect(await ask(url)).toEqual({ kind: 'away' });
    expect(told).toEqual([expect.stringContaining('ECONNREFUSED')]);
  });

  it('is nobody to complain of where who asked has gone', async () => {
    await ask(address(), AbortSignal.abort());
    expect(told).toEqual([]);
  });
});

it('names an operator of a cluster that the portal does not have, in the log', () => {
  const logger = mockServices.logger.mock();
  const config = mockServices.rootConfig({
    data: {
      agentWorkloads: {
        checks: { operators: [{ cluster: 'loacl', url: 'http://op:8081' }] },
      },
    },
  });
  const { settings } = checksFrom(config, logger, [{ name: 'local' }]);
  expect(settings.misnamed).toEqual(['loacl']);
  expect(logger.error).toHaveBeenCalledWith(
    expect.stringContaining('names the cluster "loacl"'),
  );
});

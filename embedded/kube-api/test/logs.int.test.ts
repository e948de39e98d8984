import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, TestApi } from './harness';

const PODS = '/api/v1/namespaces/default/pods';

let api: TestApi;
let logs: string;
beforeAll(async () => {
  logs = mkdtempSync(join(tmpdir(), 'pod-logs-'));
  api = await TestApi.start({ podLogsDir: logs });
});
afterAll(async () => {
  await api.close();
  rmSync(logs, { recursive: true, force: true });
});

async function pod(name: string, containers = ['main']): Promise<string> {
  await api.given(PODS, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: { containers: containers.map(container => ({ name: container })) },
  });
  const dir = join(logs, 'default', name);
  mkdirSync(dir, { recursive: true });
  return join(dir, `${containers[0]}.log`);
}

const text = async (path: string) => (await api.get(`${PODS}/${path}`)).text;

describe('the log of a pod', () => {
  it('is its container file, whole or its last lines', async () => {
    writeFileSync(await pod('one'), 'a\nb\nc\n');
    expect(await text('one/log')).toBe('a\nb\nc\n');
    expect(await text('one/log?tailLines=2')).toBe('b\nc\n');
    expect(await text('one/log?tailLines=0')).toBe('');
    expect(await text('one/log?tailLines=9')).toBe('a\nb\nc\n');
    expect(await text('one/log?limitBytes=3')).toBe('a\nb');
  });

  it('is empty before the first line', async () => {
    await pod('silent');
    const { code, text: body } = await api.get(`${PODS}/silent/log`);
    expect([code, body]).toEqual([200, '']);
  });

  it('is followed until the pod has ended', async () => {
    const file = await pod('live');
    writeFileSync(file, 'first\n');
    let seen = '';
    let ended = false;
    const req = request(
      `${api.url}${PODS}/live/log?follow=true`,
      {
        ca: api.caPem,
        headers: { authorization: `Bearer ${api.adminToken}` },
      },
      res => {
        res.on('data', chunk => {
          seen += String(chunk);
        });
        res.on('end', () => {
          ended = true;
        });
      },
    );
    req.end();
    await eventually(async () => expect(seen).toBe('first\n'));
    appendFileSync(file, 'second\n');
    await eventually(async () => expect(seen).toBe('first\nsecond\n'));
    expect(ended).toBe(false);
    appendFileSync(file, 'last\n');
    await api.merge(`${PODS}/live/status`, { status: { phase: 'Succeeded' } });
    await eventually(async () => expect(ended).toBe(true));
    expect(seen).toBe('first\nsecond\nlast\n');
  });

  it('asks which container is meant, and refuses what is not there', async () => {
    await pod('two', ['main', 'wait']);
    const codes = await Promise.all(
      [
        'two/log',
        'two/log?container=none',
        'none/log',
        'two/log?container=../x',
        'two/log?container=main&previous=true',
      ].map(path => api.get(`${PODS}/${path}`)),
    );
    expect(codes.map(({ code }) => code)).toEqual([400, 400, 404, 400, 400]);
  });
});

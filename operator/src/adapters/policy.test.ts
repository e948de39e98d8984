import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { POLICY_ENTRYPOINTS } from '@agentworkloads/api';
import { aWorkload, NOW } from '../../test/builders/workload';
import { aWorkflow } from '../../test/builders/workflow';
import { readGateAnswer, readStartAnswer } from '../policy/answers';
import { gateInput, startInput } from '../policy/input';
import { OpaPolicyEngine } from './opa-policy';
import { WasmPolicyEngine } from './wasm-policy';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

type Answer = (path: string, body: string, response: ServerResponse) => void;

async function opaAnswering(
  answer: Answer,
  timeoutMs = 5_000,
): Promise<OpaPolicyEngine> {
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', chunk => (body += String(chunk)));
    request.on('end', () => answer(request.url ?? '', body, response));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const engine = new OpaPolicyEngine(`http://127.0.0.1:${port}`, timeoutMs);
  closing.push(
    () => engine.close(),
    () => {
      server.closeAllConnections();
      server.close();
    },
  );
  return engine;
}

const json = (response: ServerResponse, body: unknown, status = 200) => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
};

describe('OPA over REST', () => {
  it('is asked for the entrypoint with the input, and says which bundle answered', async () => {
    const asked: string[] = [];
    const engine = await opaAnswering((path, body, response) => {
      asked.push(`${path} ${body}`);
      json(response, {
        result: { allow: true },
        provenance: { bundles: { main: { revision: 'abc' } } },
      });
    });
    expect(await engine.decide('a/b/decision', { x: 1 })).toEqual({
      kind: 'answered',
      result: { allow: true },
      revision: 'main@abc',
    });
    expect(asked).toEqual([
      '/v1/data/a/b/decision?provenance=true {"input":{"x":1}}',
    ]);
  });

  it('without bundles is known by a hash of its policies and data', async () => {
    let rego = 'package a';
    const answer: Answer = (path, _body, response) => {
      if (path === '/v1/policies') {
        json(response, { result: [{ id: 'a.rego', raw: rego }] });
      } else if (path.startsWith('/v1/data/agentworkloads/config')) {
        json(response, { result: {} });
      } else {
        json(response, { result: 1, provenance: { version: '1.22.2' } });
      }
    };
    const revision = async () => {
      const engine = await opaAnswering(answer);
      const result = await engine.decide('a', {});
      return result.kind === 'answered' ? result.revision : 'none';
    };
    const first = await revision();
    expect(first).toMatch(/^sha256:[0-9a-f]{32}$/);
    expect(await revision()).toBe(first);
    rego = 'package b';
    expect(await revision()).not.toBe(first);
  });

  it.each<[string, Answer, string]>([
    [
      'the decision is undefined',
      (_path, _body, response) => json(response, {}),
      'undefined',
    ],
    [
      'it answers null',
      (_path, _body, response) => json(response, null),
      'undefined',
    ],
    [
      'it fails',
      (_path, _body, response) => json(response, { code: 'x' }, 500),
      'HTTP 500',
    ],
    [
      'it answers no JSON',
      (_path, _body, response) => response.end('<html>'),
      'not JSON',
    ],
    [
      'it hangs up',
      (_path, _body, response) => response.destroy(),
      'not reachable',
    ],
  ])('is unavailable when %s', async (_what, answer, cause) => {
    const engine = await opaAnswering(answer);
    expect(await engine.decide('a', {})).toEqual({
      kind: 'unavailable',
      cause: expect.stringContaining(cause),
    });
  });

  it('is unavailable when it is late', async () => {
    const engine = await opaAnswering(() => undefined, 50);
    expect(await engine.decide('a', {})).toEqual({
      kind: 'unavailable',
      cause: 'no answer within 50 ms',
    });
  });

  it('is unavailable when nobody listens', async () => {
    const engine = new OpaPolicyEngine('http://127.0.0.1:1');
    closing.push(() => engine.close());
    expect((await engine.decide('a', {})).kind).toBe('unavailable');
    expect(await engine.notReadyBecause()).toBe('OPA is not reachable');
  });

  it.each([
    [200, undefined],
    [500, 'OPA health: HTTP 500'],
  ])('is ready by its own word: HTTP %i', async (status, problem) => {
    const engine = await opaAnswering((_path, _body, response) =>
      json(response, {}, status),
    );
    expect(await engine.notReadyBecause()).toBe(problem);
  });
});

describe('the shipped policies as Wasm', () => {
  const folder = join(process.cwd(), 'policies');
  const start = (
    engine: WasmPolicyEngine,
    builder = aWorkload(),
    active = { requester: 0, namespace: 0 },
  ) =>
    engine
      .decide(POLICY_ENTRYPOINTS.start, startInput(builder.build(), active))
      .then(readStartAnswer);

  it('have one run too many wait, and the last that fits start', async () => {
    const engine = await WasmPolicyEngine.fromFolder(folder);
    const beside = (requester: number) =>
      start(engine, aWorkload(), { requester, namespace: requester });
    expect(await beside(199)).toMatchObject({
      value: { allow: true, wait: [] },
    });
    expect(await beside(200)).toMatchObject({
      value: {
        allow: true,
        wait: ['200 runs of requester bob go on, at most 200 may'],
      },
    });
  });

  it('allow an ordinary workload and say which policies they are', async () => {
    const engine = await WasmPolicyEngine.fromFolder(folder);
    expect(await engine.notReadyBecause()).toBeUndefined();
    expect(await start(engine)).toMatchObject({
      kind: 'answered',
      value: { allow: true },
      revision: expect.stringMatching(/^sha256:[0-9a-f]{32}$/),
    });
  });

  it('deny a host and a template that are not allowed', async () => {
    const engine = await WasmPolicyEngine.fromFolder(folder);
    const answer = await start(
      engine,
      aWorkload().withSpec({
        targetUrls: ['http://169.254.169.254/latest/meta-data'],
        workflowTemplateRef: { name: 'mine' },
      }),
    );
    expect(answer).toMatchObject({ kind: 'answered', value: { allow: false } });
    expect(JSON.stringify(answer)).toContain('169.254.169.254');
    expect(JSON.stringify(answer)).toContain('mine');
  });

  it('leave a gate in mode human to a person', async () => {
    const engine = await WasmPolicyEngine.fromFolder(folder);
    const input = gateInput(
      aWorkload().started().build(),
      { mode: 'human', fourEyes: false },
      aWorkflow().atGate().facts(),
      NOW,
    );
    const answer = await engine
      .decide(POLICY_ENTRYPOINTS.gate, input)
      .then(readGateAnswer);
    expect(answer).toMatchObject({
      kind: 'answered',
      value: { decision: 'hold' },
    });
  });

  it('give the reasons of a gate most severe first, each with its code', async () => {
    const engine = await WasmPolicyEngine.fromFolder(folder);
    const facts = aWorkflow().atGate().facts();
    const input = gateInput(
      aWorkload().started().build(),
      { mode: 'human', fourEyes: false },
      { ...facts, artifacts: {} },
      NOW,
    );
    const answer = await engine
      .decide(POLICY_ENTRYPOINTS.gate, input)
      .then(readGateAnswer);
    if (answer.kind !== 'answered') throw new Error(answer.cause);
    const codes = answer.value.said?.map(({ code }) => code) ?? [];
    expect(codes).toHaveLength(answer.value.reasons.length);
    expect(codes[0]).toBe('artifactMissing');
    expect(codes.indexOf('notObserved')).toBeGreaterThan(0);
    expect(codes.at(-1)).toBe('modeHuman');
  });

  it('have another revision with other data', async () => {
    const wasm = await readFile(join(folder, 'policies.wasm'));
    const data = await readFile(join(folder, 'data.json'), 'utf8');
    const one = await WasmPolicyEngine.fromSources(wasm, data);
    const other = await WasmPolicyEngine.fromSources(wasm, `${data} `);
    expect(one.revision).not.toBe(other.revision);
  });

  it('hold the rules of one namespace against that namespace only', async () => {
    const wasm = await readFile(join(folder, 'policies.wasm'));
    const data = JSON.parse(await readFile(join(folder, 'data.json'), 'utf8'));
    const workload = aWorkload().build();
    const judged = async (namespace: string) => {
      data.agentworkloads.config.namespaces = {
        [namespace]: { hosts: { allow: ['only.example'] } },
      };
      const engine = await WasmPolicyEngine.fromSources(
        wasm,
        JSON.stringify(data),
      );
      return start(engine);
    };
    expect(await judged(workload.metadata.namespace)).toMatchObject({
      value: { allow: false },
    });
    expect(await judged('somebody-elses')).toMatchObject({
      value: { allow: true },
    });
  });

  it('ask for groups of several words and of any script, and for none that ends in a blank', async () => {
    const wasm = await readFile(join(folder, 'policies.wasm'));
    const data = JSON.parse(await readFile(join(folder, 'data.json'), 'utf8'));
    const judged = async (group: string) => {
      data.agentworkloads.config.quorum = { groups: [group] };
      const text = JSON.stringify(data);
      return start(await WasmPolicyEngine.fromSources(wasm, text));
    };
    for (const group of ['oidc:Legal Team', 'Geschäftsführung', 'Über uns'])
      expect(await judged(group)).toMatchObject({
        value: { allow: true, gate: { groups: [group] } },
      });
    expect(await judged('legal ')).toMatchObject({ value: { allow: false } });
  });

  it('deny everything without their data', async () => {
    const wasm = await readFile(join(folder, 'policies.wasm'));
    const engine = await WasmPolicyEngine.fromSources(wasm, '{}');
    expect(await start(engine)).toMatchObject({ value: { allow: false } });
  });

  it('are unavailable for an entrypoint that they do not have, and go on', async () => {
    const engine = await WasmPolicyEngine.fromFolder(folder);
    expect(await engine.decide('no/such/decision', {})).toEqual({
      kind: 'unavailable',
      cause: 'the policy failed to evaluate',
    });
    expect((await start(engine)).kind).toBe('answered');
  });

  it('take the largest spec that is allowed', async () => {
    const engine = await WasmPolicyEngine.fromFolder(folder);
    const targetUrls = Array.from(
      { length: 500 },
      (_, index) => `https://a.example/${index}/${'x'.repeat(100)}`,
    );
    const answer = await start(engine, aWorkload().withSpec({ targetUrls }));
    expect(answer.kind).toBe('answered');
  });

  it('are not loaded from a folder that has none', async () => {
    await expect(WasmPolicyEngine.fromFolder('/nowhere')).rejects.toThrow();
  });
});

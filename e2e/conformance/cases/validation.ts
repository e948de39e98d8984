import { expect } from '@jest/globals';
import {
  approval,
  APPROVALS,
  type Case,
  DRY,
  get,
  merge,
  OPERATOR,
  post,
  workload,
  WORKLOADS,
} from '../model';

const invalid = (says: string) => ({ code: 422, reason: 'Invalid', says });
const dry = (spec: object) =>
  post(`${WORKLOADS}${DRY}`, workload('checked', spec));

/** So many addresses of 1024 bytes each. */
const ofKiB = (character: string, count: number) => {
  const start = 'https://a.example/';
  const left = 1024 - start.length;
  const wide = Math.floor(left / Buffer.byteLength(character));
  const rest = left - wide * Buffer.byteLength(character);
  const one = start + 'x'.repeat(rest) + character.repeat(wide);
  return Array.from({ length: count }, () => one);
};

const REFUSED: readonly [string, object, string][] = [
  ['no objective', { objective: undefined }, 'spec.objective: Required value'],
  ['an empty objective', { objective: '' }, 'spec.objective'],
  ['an objective that is a number', { objective: 1 }, 'must be of type string'],
  ['no page', { targetUrls: [] }, 'spec.targetUrls'],
  ['a page of ftp', { targetUrls: ['ftp://example.com/'] }, 'targetUrls[0]'],
  [
    'credentials in an address',
    { targetUrls: ['https://me:secret@example.com/'] },
    'targetUrls[0]',
  ],
  [
    'an objective of one character too many',
    { objective: '🦊'.repeat(2001) },
    'spec.objective: Too long',
  ],
  [
    'a tab of the vertical kind in an address',
    { targetUrls: ['https://a.example/\u000b'] },
    'targetUrls[0]',
  ],
  [
    'more pages than 500',
    { targetUrls: Array.from({ length: 501 }, (_, i) => `http://a.b/${i}`) },
    'must have at most 500 items',
  ],
  [
    'addresses longer than 64 KiB in all',
    {
      targetUrls: Array.from(
        { length: 40 },
        (_, i) => `http://a.b/${i}${'x'.repeat(2000)}`,
      ),
    },
    'targetUrls may have 65536 bytes in all',
  ],
  [
    'addresses of fewer characters, and of more bytes',
    { targetUrls: ofKiB('🦊', 65) },
    'targetUrls may have 65536 bytes in all',
  ],
  ['a gate nobody knows', { gate: { mode: 'open' } }, 'spec.gate.mode'],
  [
    'four eyes without a requester',
    { gate: { fourEyes: true } },
    'gate.fourEyes needs requestedBy',
  ],
  ['no approval at all', { gate: { approvals: 0 } }, 'spec.gate.approvals'],
  [
    'a group twice',
    { gate: { groups: ['legal', 'legal'] } },
    'spec.gate.groups',
  ],
  [
    'a gate shorter than 10 s',
    { timeouts: { suspendGate: '5s' } },
    'suspendGate must be at least 10s',
  ],
  ['a time that is none', { timeouts: { execution: 'soon' } }, 'execution'],
  [
    'a parameter that is made from the spec',
    { parameters: { job_id: 'x' } },
    "parameters can't set job_id",
  ],
  [
    'a time to be kept of no hour',
    { ttlAfterFinished: '0h' },
    'spec.ttlAfterFinished',
  ],
  ['something else to follow', { follow: 'everything' }, 'spec.follow'],
  [
    'a parameter that is no string',
    { parameters: { depth: 3 } },
    'spec.parameters.depth',
  ],
];

export const SCHEMA: readonly Case[] = [
  ...REFUSED.map(([what, spec, says]) => ({
    what,
    request: dry(spec),
    expected: invalid(says),
  })),
  {
    what: 'defaults are filled in',
    request: dry({ timeouts: { execution: '1h' } }),
    expected: {
      code: 201,
      object: {
        spec: {
          workflowTemplateRef: { name: 'competitor-scrape' },
          gate: { mode: 'human', fourEyes: false },
          timeouts: { execution: '1h', suspendGate: '30m', noProgress: '5m' },
          parameters: {},
          ttlAfterFinished: '90d',
          cancel: false,
        },
      },
    },
  },
  ...['x', 'é', '🦊'].map(character => ({
    what: `addresses of just 64 KiB are taken, of the character ${character}`,
    request: dry({ targetUrls: ofKiB(character, 64) }),
    expected: { code: 201 },
  })),
  {
    what: 'texts are counted by their characters',
    request: dry({
      objective: '🦊'.repeat(2000),
      targetUrls: [`https://a.example/${'🦊'.repeat(2030)}`],
    }),
    expected: { code: 201 },
  },
  {
    what: 'a space that is none to the API server may stand in an address',
    request: dry({ targetUrls: ['https://a.example/\u00a0'] }),
    expected: { code: 201 },
  },
  {
    what: 'what the schema does not know is dropped',
    request: dry({ nope: 1 }),
    expected: {
      code: 201,
      object: {
        spec: expect.not.objectContaining({ nope: expect.anything() }),
      },
    },
  },
  {
    what: 'a status can’t be brought along',
    request: post(`${WORKLOADS}${DRY}`, {
      ...workload('checked'),
      status: { phase: 'Completed' },
    }),
    expected: {
      code: 201,
      object: expect.not.objectContaining({ status: expect.anything() }),
    },
  },
];

/** Cancelled from the start: no operator makes a Workflow of it. */
const cancelled = (name: string) =>
  post(WORKLOADS, workload(name, { cancel: true }));
const condition = {
  type: 'Conformance',
  status: 'True',
  reason: 'Checked',
  message: 'seen',
  lastTransitionTime: '2030-01-01T00:00:00Z',
};

export const CHANGES: readonly Case[] = [
  {
    what: 'another objective',
    given: [cancelled('objective')],
    request: merge(`${WORKLOADS}/objective`, { spec: { objective: 'x' } }),
    expected: invalid("objective can't change after creation"),
  },
  {
    what: 'a requester that was not there',
    given: [cancelled('requester')],
    request: merge(`${WORKLOADS}/requester`, {
      spec: { requestedBy: { username: 'me' } },
    }),
    expected: invalid("requestedBy can't change after creation"),
  },
  {
    what: 'pages to follow that were not asked for',
    given: [cancelled('followed')],
    request: merge(`${WORKLOADS}/followed`, { spec: { follow: 'pricing' } }),
    expected: invalid("follow can't change after creation"),
  },
  {
    what: 'another run to compare with',
    given: [cancelled('compared')],
    request: merge(`${WORKLOADS}/compared`, {
      spec: { baselineRef: { name: 'earlier' } },
    }),
    expected: invalid("baselineRef can't change after creation"),
  },
  {
    what: 'the pages of another run',
    given: [cancelled('reopened')],
    request: merge(`${WORKLOADS}/reopened`, {
      spec: { evidenceFrom: { name: 'earlier', workflowUid: 'u-1' } },
    }),
    expected: invalid("evidenceFrom can't change after creation"),
  },
  {
    what: 'another time that it is kept',
    given: [cancelled('kept-for-days')],
    request: merge(`${WORKLOADS}/kept-for-days`, {
      spec: { ttlAfterFinished: '1h' },
    }),
    expected: invalid("ttlAfterFinished can't change after creation"),
  },
  {
    what: 'cancel taken back',
    given: [cancelled('back')],
    request: merge(`${WORKLOADS}/back`, { spec: { cancel: false } }),
    expected: invalid("cancel can't be taken back"),
  },
  {
    what: 'a status as part of the object is ignored',
    given: [cancelled('whole')],
    request: merge(`${WORKLOADS}/whole${DRY}`, {
      metadata: { labels: { a: 'b' } },
      status: { observedGeneration: 77 },
    }),
    expected: {
      code: 200,
      object: { metadata: { labels: { a: 'b' }, generation: 1 } },
    },
    then: {
      request: get(`${WORKLOADS}/whole`),
      expected: { code: 200, object: { metadata: { generation: 1 } } },
    },
  },
  {
    what: 'the status alone is written, and counts no generation',
    given: [cancelled('status')],
    request: merge(
      `${WORKLOADS}/status/status`,
      {
        metadata: { labels: { ignored: 'no' } },
        spec: { objective: 'ignored' },
        status: { conditions: [condition] },
      },
      OPERATOR,
    ),
    expected: {
      code: 200,
      object: {
        metadata: { generation: 1 },
        spec: { objective: 'What does it cost?' },
        status: { conditions: [condition] },
      },
    },
  },
  {
    what: 'a phase that nobody knows',
    given: [cancelled('phase')],
    request: merge(
      `${WORKLOADS}/phase/status`,
      {
        status: { phase: 'Perhaps' },
      },
      OPERATOR,
    ),
    expected: invalid('status.phase'),
  },
  {
    what: 'two conditions of one type',
    given: [cancelled('twice')],
    request: merge(
      `${WORKLOADS}/twice/status`,
      {
        status: { conditions: [condition, condition] },
      },
      OPERATOR,
    ),
    expected: invalid('Duplicate value'),
  },
  {
    what: 'a deny without a word',
    request: post(
      `${APPROVALS}${DRY}`,
      approval('wordless', 'somebody-else', { decision: 'deny', comment: ' ' }),
    ),
    expected: invalid('to deny, say why in comment'),
  },
  {
    what: 'the virtual subresource for approvals is no address',
    given: [cancelled('virtual')],
    request: get(`${WORKLOADS}/virtual/approval`),
    expected: { code: 404 },
  },
];

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { templateProblems } from './template-problems.mjs';

const file = path.resolve('deploy/argo/workflow-template.yaml');
const shipped = () => parse(readFileSync(file, 'utf8')).spec;
const templateOf = (spec, name) =>
  spec.templates.find(template => template.name === name);

/** The shipped template with one thing more or other. */
function edited(edit) {
  const spec = shipped();
  edit(spec);
  return templateProblems(spec);
}

describe('the shipped WorkflowTemplate', () => {
  it('holds nothing that reaches the gate, and no whole Secret', () => {
    expect(templateProblems(shipped())).toEqual([]);
  });

  // Written out here, not taken from where it is generated: who gives a step another key changes this line too.
  it.each([
    [
      'scrape',
      [
        'S3_ACCESS_KEY',
        'S3_SECRET_KEY',
        'CHECKPOINT_DATABASE_URL',
        'BROWSER_TOKEN',
        'EGRESS_PROXY_TOKEN',
      ],
    ],
    [
      'screenshot',
      [
        'S3_ACCESS_KEY',
        'S3_SECRET_KEY',
        'CHECKPOINT_DATABASE_URL',
        'LLM_API_KEY',
      ],
    ],
    ['dom', ['S3_ACCESS_KEY', 'S3_SECRET_KEY', 'CHECKPOINT_DATABASE_URL']],
    [
      'synthesis',
      [
        'S3_ACCESS_KEY',
        'S3_SECRET_KEY',
        'CHECKPOINT_DATABASE_URL',
        'LLM_API_KEY',
      ],
    ],
  ])('gives %s these keys of the Secret and no other', (name, keys) => {
    const refs = templateOf(shipped(), name)
      .container.env.map(({ valueFrom }) => valueFrom?.secretKeyRef)
      .filter(Boolean);
    expect(refs.map(({ key }) => key)).toEqual(keys);
    for (const ref of refs) expect(ref.name).toBe('agents-secrets');
  });

  it('gives keys to no template but those of the steps', () => {
    const holders = shipped()
      .templates.filter(template =>
        JSON.stringify(template).includes('secretKeyRef'),
      )
      .map(({ name }) => name);
    expect(holders).toEqual(['scrape', 'screenshot', 'dom', 'synthesis']);
  });
});

describe('a WorkflowTemplate is refused', () => {
  it.each([
    ['retryStrategy', { limit: '2' }],
    ['timeout', '1h'],
    ['outputs', { parameters: [] }],
    ['activeDeadlineSeconds', 60],
    ['inputs', {}],
    ['metadata', {}],
    ['synchronization', {}],
  ])('with %s in templateDefaults', (key, value) => {
    expect(edited(spec => (spec.templateDefaults = { [key]: value }))).toEqual([
      `templateDefaults.${key} would be merged into the gate`,
    ]);
  });

  it.each([
    ['retryStrategy', { limit: '2' }],
    ['timeout', '1h'],
    ['outputs', {}],
    ['hooks', {}],
    ['onExit', 'synthesis'],
    ['suspend', true],
  ])('with %s in spec', (key, value) => {
    expect(edited(spec => (spec[key] = value))).toEqual([
      `spec.${key} holds for the gate too`,
    ]);
  });

  it.each([
    ['a retryStrategy', gate => (gate.retryStrategy = { limit: '1' })],
    ['a timeout', gate => (gate.timeout = '1h')],
    ['a duration', gate => (gate.suspend.duration = '60')],
    ['a container', gate => (gate.container = {})],
  ])('with %s at the gate', (_what, edit) => {
    expect(edited(spec => edit(templateOf(spec, 'gate')))).toHaveLength(1);
  });

  it('without a gate, and with two', () => {
    const gate = templateOf(shipped(), 'gate');
    expect(edited(spec => spec.templates.push(gate))).toHaveLength(1);
    expect(
      edited(
        spec =>
          (spec.templates = spec.templates.filter(
            ({ name }) => name !== 'gate',
          )),
      ),
    ).toHaveLength(1);
  });

  const wholeSecret = [{ secretRef: { name: 'agents-secrets' } }];
  const oneKey = {
    name: 'X',
    valueFrom: { secretKeyRef: { name: 'agents-secrets', key: 'X' } },
  };
  it.each([
    [
      'a whole Secret for a step',
      spec => (templateOf(spec, 'scrape').container.envFrom = wholeSecret),
    ],
    [
      'a whole Secret for every step',
      spec => (spec.templateDefaults = { container: { envFrom: wholeSecret } }),
    ],
    [
      'a key of a Secret for every step',
      spec => (spec.templateDefaults = { container: { env: [oneKey] } }),
    ],
    [
      'a Secret as a volume',
      spec => spec.volumes.push({ name: 's', secret: { secretName: 's' } }),
    ],
    [
      'a Secret in a projected volume',
      spec =>
        spec.volumes.push({
          name: 's',
          projected: { sources: [{ secret: { name: 's' } }] },
        }),
    ],
    [
      'a whole Secret for a sidecar',
      spec =>
        (templateOf(spec, 'dom').sidecars = [
          { name: 'x', envFrom: wholeSecret },
        ]),
    ],
  ])('with %s', (_what, edit) => {
    expect(edited(edit)).toHaveLength(1);
  });

  it('but not for what every container may have', () => {
    const container = {
      envFrom: [{ configMapRef: { name: 'agents-config' } }],
      imagePullPolicy: 'IfNotPresent',
    };
    expect(edited(spec => (spec.templateDefaults = { container }))).toEqual([]);
  });
});

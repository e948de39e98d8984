import { describe, expect, it } from '@jest/globals';
import { dependenciesOf, dependsAllows } from './depends';
import { evaluateBoolean, evaluateWhen, RETRY_FUNCTIONS } from './expression';
import { mergeSpecs } from './merge';
import { nodeId, podName } from './names';
import { parseDuration, workflowSpecSchema, type Parameter } from './schema';
import { dependenciesResolved, substitute, tagsIn } from './substitute';
import { isBelow } from './validate';

describe('names', () => {
  it('are those that Argo makes', () => {
    expect(nodeId('smoke', 'smoke')).toBe('smoke');
    // FNV-1a of "run.a", from Go's hash/fnv.
    expect(nodeId('run', 'run.a')).toBe('run-2090167799');
    expect(podName('run', 'run.a', 'step')).toBe('run-step-2090167799');
  });

  it('of pods keep within the length of an object name', () => {
    expect(
      podName('w'.repeat(200), 'n', 't'.repeat(100)).length,
    ).toBeLessThanOrEqual(253);
  });
});

describe('durations', () => {
  it.each([
    ['30s', 30_000],
    ['12', 12_000],
    ['1m30s', 90_000],
    ['1h', 3_600_000],
    ['500ms', 500],
    ['1.5h', 5_400_000],
  ])('%s is %d ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(['', 'soon', '5 days', '-3s'])('"%s" is refused', text => {
    const spec = {
      templates: [
        {
          name: 'a',
          suspend: {},
          retryStrategy: { backoff: { duration: text } },
        },
      ],
    };
    expect(workflowSpecSchema.safeParse(spec).success).toBe(false);
  });
});

describe('when', () => {
  it.each([
    ["'approve' == 'approve'", true],
    ["'timed-out' == 'approve'", false],
    ['approve == approve', true],
    ["'a' != 'b' && 1 < 2", true],
    ['(3 >= 4) || true', true],
    ['!false', true],
    ["'it\\'s' == \"it's\"", true],
  ])('%s is %s', (text, value) => {
    expect(evaluateWhen(text)).toBe(value);
  });

  it.each([
    ['timed-out == approve', 'hint: try'],
    ["'a' ==", 'ends too early'],
    ["'a'", 'is not true or false'],
    ["('a' == 'a'", '")" is missing'],
    ["'a' < 3", "can't be compared"],
    ["process.exit(1) == 'a'", 'there is no function process.exit()'],
  ])('%s is an error', (text, message) => {
    const expected =
      message === 'hint: try' ? 'hint: put the value in quotes' : message;
    expect(() => evaluateWhen(text)).toThrow(expected);
  });
});

describe('the expression of retryStrategy', () => {
  const ours =
    "asInt(lastRetry.exitCode) == 10 || asInt(lastRetry.exitCode) == 137 || lastRetry.status == 'Error'";
  it.each([
    ['10', 'Failed', true],
    ['20', 'Failed', false],
    ['-1', 'Error', true],
    ['137', 'Failed', true],
    ['1', 'Failed', false],
  ])(
    'of our template answers exit code %s, %s with %s',
    (exitCode, status, value) => {
      const scope = new Map([
        ['lastRetry.exitCode', exitCode],
        ['lastRetry.status', status],
      ]);
      expect(
        evaluateBoolean(ours, {
          lookup: name => scope.get(name),
          functions: RETRY_FUNCTIONS,
        }),
      ).toBe(value);
    },
  );

  it('that names something unknown is an error', () => {
    expect(() =>
      evaluateBoolean('nextRetry.status == 1', { lookup: () => undefined }),
    ).toThrow('nextRetry.status is not known');
  });
});

describe('depends', () => {
  const allows = (depends: string, phases: Record<string, string>) =>
    dependsAllows({ name: 'x', template: 't', depends }, name => phases[name]);

  it.each([
    ['a.Succeeded', { a: 'Succeeded' }, true],
    ['a.Succeeded', { a: 'Skipped' }, false],
    ['a', { a: 'Skipped' }, true],
    ['a', { a: 'Omitted' }, false],
    ['a && b', { a: 'Succeeded', b: 'Failed' }, false],
    ['a.Failed || a.Errored', { a: 'Error' }, true],
    ['!a.Succeeded', { a: 'Failed' }, true],
    [
      '(a || b.Omitted) && c-1.Succeeded',
      { a: 'Failed', b: 'Omitted', 'c-1': 'Succeeded' },
      true,
    ],
  ])('%s with %j is %s', (depends, phases, value) => {
    expect(allows(depends, phases)).toBe(value);
  });

  it('names each task once', () => {
    expect(
      dependenciesOf({
        name: 'x',
        template: 't',
        depends: 'a.Failed || (a.Errored && b-2)',
      }),
    ).toEqual(['a', 'b-2']);
  });

  it('with an unknown result is an error', () => {
    expect(() => allows('a.Done', { a: 'Succeeded' })).toThrow(
      "task result 'Done' for task 'a' is invalid",
    );
  });

  it('in the older form is the same as bare names', () => {
    const task = { name: 'x', template: 't', dependencies: ['a', 'b'] };
    expect(dependsAllows(task, () => 'Skipped')).toBe(true);
    expect(dependsAllows(task, () => 'Failed')).toBe(false);
  });
});

describe('tags', () => {
  const scope = new Map([
    ['workflow.uid', 'u1'],
    ['x', '{{workflow.uid}}'],
  ]);

  it('are replaced at any depth, others stay', () => {
    expect(
      substitute(
        { a: ['{{workflow.uid}}/{{ workflow.uid }}'], b: '{{y}}' },
        scope,
      ),
    ).toEqual({ a: ['u1/u1'], b: '{{y}}' });
  });

  it('in a value are not replaced again', () => {
    expect(substitute('{{x}}', scope)).toBe('{{workflow.uid}}');
  });

  it('are found', () => {
    expect(tagsIn({ a: ['{{ b }}', { c: '{{d}}-{{e}}' }], n: 1 })).toEqual([
      'b',
      'd',
      'e',
    ]);
    expect(dependenciesResolved('{{tasks.a.outputs.parameters.b}}')).toBe(
      false,
    );
    expect(dependenciesResolved('{{item}}')).toBe(true);
  });
});

describe('a Workflow over its template', () => {
  it('replaces what it names and keeps the rest', () => {
    expect(
      mergeSpecs(
        {
          workflowTemplateRef: { name: 't' },
          activeDeadlineSeconds: 5,
          arguments: { parameters: [{ name: 'b', value: '2' }] },
        },
        {
          entrypoint: 'main',
          activeDeadlineSeconds: 7200,
          arguments: {
            parameters: [{ name: 'a', value: '1' }, { name: 'b' }],
          },
        },
      ),
    ).toEqual({
      workflowTemplateRef: { name: 't' },
      entrypoint: 'main',
      activeDeadlineSeconds: 5,
      arguments: {
        parameters: [
          { name: 'a', value: '1' },
          { name: 'b', value: '2' },
        ],
        artifacts: undefined,
      },
      templates: undefined,
      volumes: undefined,
    });
  });
});

describe('a parameter of both', () => {
  const merged = (own: Parameter, template: Parameter) =>
    mergeSpecs(
      { arguments: { parameters: [own] } },
      { arguments: { parameters: [template] } },
    ).arguments?.parameters;

  it('is that of the Workflow where it has a value, and nothing beside', () => {
    const own = { name: 'a', value: '1' };
    expect(merged(own, { name: 'a', default: '2', enum: ['2'] })).toEqual([
      own,
    ]);
  });

  it('is that of the template where only that has a value', () => {
    const template = { name: 'a', value: '2', enum: ['2'] };
    expect(merged({ name: 'a', description: 'x' }, template)).toEqual([
      template,
    ]);
  });
});

describe('a path', () => {
  it.each([
    ['/work/out/a', '/work', true],
    ['/work', '/work', true],
    ['/workshop/a', '/work', false],
    ['/work/../etc/passwd', '/work', false],
    ['/etc', '/', true],
  ])('%s below %s: %s', (file, folder, value) => {
    expect(isBelow(file, folder)).toBe(value);
  });
});

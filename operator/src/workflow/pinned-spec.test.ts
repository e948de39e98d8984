import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { storedSpec, TEMPLATE } from '../../test/builders/template';
import type { Json } from '../json';
import { mergeSpecs } from './merge-spec';
import {
  differingParts,
  expectedPin,
  pinTemplate,
  readStored,
  templateDigest,
  usesTemplateRef,
} from './pinned-spec';

const OWN: Json = {
  workflowTemplateRef: { name: 'competitor-scrape' },
  activeDeadlineSeconds: 7200,
  arguments: {
    parameters: [{ name: 'target_urls', value: '["https://acme.example"]' }],
  },
};
const SCRAPE = (TEMPLATE.templates as Json[])[2];

function stored(spec: Json, templates?: Json) {
  const facts = readStored(OWN, {
    storedWorkflowTemplateSpec: spec,
    storedTemplates: templates,
  });
  if (!facts) throw new Error('nothing stored');
  return facts;
}

const expected = (defaults: Json = {}, template: Json = TEMPLATE) =>
  expectedPin(OWN, template, defaults);

function edited(change: (template: Json) => void): Json {
  const copy = structuredClone(TEMPLATE);
  change(copy);
  return copy;
}

const scrapeOf = (template: Json) => (template.templates as Json[])[2] ?? {};

describe('what Argo stores of a Workflow and its template', () => {
  it('is what was expected, though Go writes it in words of its own', () => {
    expect(stored(storedSpec(OWN)).pinned).toEqual(expected());
  });

  it.each<[string, (template: Json) => void]>([
    ['another entry point', t => (t.entrypoint = 'scrape')],
    ['another image', t => ((scrapeOf(t).container as Json).image = 'evil')],
    [
      'one more template',
      t => (t.templates as Json[]).push({ name: 'more', suspend: {} }),
    ],
    [
      'one more task',
      t =>
        (((t.templates as Json[])[0]?.dag as Json).tasks as Json[]).push({
          name: 'more',
          template: 'scrape',
        }),
    ],
    ['an exit handler', t => (t.onExit = 'scrape')],
    ['a hook', t => (t.hooks = { exit: { template: 'scrape' } })],
    ['defaults of templates', t => (t.templateDefaults = { timeout: '1h' })],
    ['a patch of pods', t => (t.podSpecPatch = '{"hostNetwork":true}')],
    ['another account', t => (t.serviceAccountName = 'admin')],
    ['another volume', t => (t.volumes = [{ name: 'work', hostPath: {} }])],
    ['another user', t => (t.securityContext = { runAsUser: 0 })],
    ['a token that is mounted', t => (t.automountServiceAccountToken = true)],
    ['the network of the node', t => (t.hostNetwork = true)],
    ['other labels of pods', t => (t.podMetadata = { labels: { a: 'b' } })],
    ['a retry of all templates', t => (t.retryStrategy = { limit: 9 })],
    ['a field that nobody knows yet', t => (t.runsElsewhere = { at: 'x' })],
    [
      'another value of a parameter',
      t =>
        (t.arguments = {
          parameters: [{ name: 'target_urls' }, { name: 'depth', value: 9 }],
        }),
    ],
    [
      'a store of artifacts',
      t => (t.artifactRepositoryRef = { configMap: 'mine' }),
    ],
  ])('with %s is not what was expected', (_what, change) => {
    const other = stored(storedSpec(OWN, edited(change))).pinned;
    expect(other.sha256).not.toBe(expected().sha256);
    expect(differingParts(other, expected())).toHaveLength(1);
  });

  it.each<[string, (template: Json) => void]>([
    ['how long it is kept', t => (t.ttlStrategy = {})],
    ['where its pods run', t => (t.nodeSelector = { pool: 'spot' })],
    ['its priority', t => (t.priority = 3)],
    ['what is measured', t => (t.metrics = { prometheus: [] })],
  ])('may differ in %s', (_what, change) => {
    const other = stored(storedSpec(OWN, edited(change)));
    expect(other.pinned).toEqual(expected());
    // It may not change on the way, though.
    expect(other.sha256).not.toBe(stored(storedSpec(OWN)).sha256);
  });

  it('must have the parameters of the run', () => {
    const others = {
      ...OWN,
      arguments: { parameters: [{ name: 'target_urls', value: '["x"]' }] },
    };
    const { pinned } = stored(storedSpec(others));
    expect(differingParts(pinned, expected())).toEqual(['arguments']);
  });

  it('may keep what the template says beside a value of the run', () => {
    const spec = storedSpec(OWN);
    const [first, ...rest] = (spec.arguments as { parameters: Json[] })
      .parameters;
    spec.arguments = { parameters: [{ ...first, enum: ['x'] }, ...rest] };
    expect(stored(spec).pinned).toEqual(expected());
  });

  it('is the same when it is stopped or held', () => {
    const { sha256 } = stored(storedSpec(OWN));
    for (const more of [{ shutdown: 'Stop' }, { suspend: true }]) {
      expect(stored({ ...storedSpec(OWN), ...more }).sha256).toBe(sha256);
    }
  });

  it('is nothing before Argo has taken the Workflow', () => {
    expect(readStored(OWN, undefined)).toBeUndefined();
    expect(readStored(OWN, {})).toBeUndefined();
  });
});

describe('what workflowDefaults add', () => {
  const defaults: Json = {
    serviceAccountName: 'default-account',
    securityContext: { runAsNonRoot: true },
    podMetadata: { labels: { team: 'a' } },
    volumes: [{ name: 'more', emptyDir: {} }],
    hooks: { exit: { template: 'scrape' } },
    arguments: { parameters: [{ name: 'region', value: 'eu' }] },
  };
  const asArgo = storedSpec(OWN, {
    ...TEMPLATE,
    securityContext: defaults.securityContext,
    podMetadata: defaults.podMetadata,
    volumes: [...(TEMPLATE.volumes as Json[]), ...(defaults.volumes as Json[])],
    hooks: defaults.hooks,
    arguments: {
      parameters: [
        ...(TEMPLATE.arguments as { parameters: Json[] }).parameters,
        { name: 'region', value: 'eu' },
      ],
    },
  });

  it('is not what was expected', () => {
    expect(differingParts(stored(asArgo).pinned, expected())).toEqual([
      'arguments',
      'hooks',
      'podMetadata',
      'securityContext',
      'volumes',
    ]);
  });

  it('is admitted by the setting that names them', () => {
    expect(stored(asArgo).pinned).toEqual(expected(defaults));
  });

  it('lets what is added be nothing else', () => {
    const more = { ...asArgo, securityContext: { runAsUser: 0 } };
    expect(differingParts(stored(more).pinned, expected(defaults))).toEqual([
      'securityContext',
    ]);
  });
});

describe('what Argo 3.7.18 itself stored', () => {
  // Written by JoinWorkflowSpec of its workflow/util, which is what its controller calls.
  const recorded = JSON.parse(
    readFileSync(
      path.resolve('operator/test/recorded/argo-stored.json'),
      'utf8',
    ),
  ) as {
    what: string;
    own: Json;
    template: Json;
    defaults: Json;
    stored: Json;
  }[];

  it.each(recorded)('of $what, is what is expected', entry => {
    const {
      own,
      template,
      defaults,
      stored: storedWorkflowTemplateSpec,
    } = entry;
    const facts = readStored(own, { storedWorkflowTemplateSpec });
    expect(facts?.pinned).toEqual(expectedPin(own, template, defaults));
  });
});

describe('the merge of a Workflow, its template and defaults', () => {
  const one = (...specs: Json[]) => {
    const [own = {}, template = {}, defaults = {}] = specs;
    return mergeSpecs(own, template, defaults);
  };

  it('takes the first that says something', () => {
    expect(one({ a: 1 }, { a: 2, b: 2 }, { a: 3, b: 3, c: 3 })).toMatchObject({
      a: 1,
      b: 2,
      c: 3,
    });
  });

  it('does not mix value and valueFrom of different places', () => {
    const parameters = (parameter: Json) => ({
      arguments: { parameters: [{ name: 'p', ...parameter }] },
    });
    expect(
      one(
        parameters({ value: '1' }),
        parameters({ valueFrom: { configMapKeyRef: {} }, enum: ['2'] }),
      ),
    ).toEqual(parameters({ value: '1' }));
  });

  it('takes a hook whole', () => {
    expect(
      one(
        {},
        { hooks: { exit: { template: 'a' } } },
        { hooks: { exit: { expression: 'x' }, start: { template: 'b' } } },
      ).hooks,
    ).toEqual({ exit: { template: 'a' }, start: { template: 'b' } });
  });
});

describe('parts of other templates', () => {
  const REFERRING: Json = {
    ...TEMPLATE,
    templates: [
      {
        name: 'main',
        steps: [[{ name: 'a', templateRef: { name: 'x', template: 'y' } }]],
      },
    ],
  };

  it('are noticed wherever they are referred to', () => {
    expect(usesTemplateRef(TEMPLATE)).toBe(false);
    expect(usesTemplateRef(REFERRING)).toBe(true);
    expect(
      usesTemplateRef({ hooks: { exit: { templateRef: { name: 'x' } } } }),
    ).toBe(true);
  });

  it('that Argo took are named by their digest', () => {
    const foreign = { ...SCRAPE, container: { image: 'of-others' } };
    const facts = stored(storedSpec(OWN), { 'namespaced/x/scrape': foreign });
    expect(facts.foreignTemplates).toEqual([templateDigest(foreign)]);
  });

  it('are not what Argo 3.7 keeps of the Workflow’s own template, until it differs', () => {
    const own = Object.fromEntries(
      (TEMPLATE.templates as Json[]).map(template => [
        `namespaced/competitor-scrape/${String(template.name)}`,
        { ...template, inputs: template.inputs ?? {}, metadata: {} },
      ]),
    );
    const spec = storedSpec(OWN);
    expect(stored(spec, own).foreignTemplates).toEqual([]);
    const [first] = Object.keys(own);
    const edited = { ...own[first ?? ''], suspend: { duration: '1s' } };
    expect(
      stored(spec, { ...own, [first ?? '']: edited }).misplacedTemplates,
    ).toEqual([first]);
  });

  const OURS = 'namespaced/competitor-scrape';
  const other = { name: 'y', container: { image: 'of-others' } };

  it.each<[string, Json]>([
    ['one of ours in place of another', { [`${OURS}/gate`]: SCRAPE }],
    ['one of ours under a name that is not its own', { [`${OURS}/x`]: SCRAPE }],
    ['one of ours in another template', { 'namespaced/x/gate': SCRAPE }],
    ['one of ours in the cluster’s', { 'cluster/x/gate': SCRAPE }],
    ['one of another template in ours', { [`${OURS}/y`]: other }],
    ['one of another template under a wrong name', { 'namespaced/x/z': other }],
    ['one of ours as part of a task', { [`${OURS}/inline/scrape`]: SCRAPE }],
    ['what is no template', { [`${OURS}/scrape`]: 'x' }],
  ])('that stand where Argo would not put them: %s', (_what, templates) => {
    const facts = stored(storedSpec(OWN), templates);
    expect(facts.misplacedTemplates).toEqual(Object.keys(templates));
  });

  it('stand where Argo puts them', () => {
    const facts = stored(storedSpec(OWN), {
      [`${OURS}/scrape`]: SCRAPE,
      'namespaced/x/y': other,
      'cluster/x/y': other,
      'namespaced/x/inline/task': { container: { image: 'of-others' } },
    });
    expect(facts.misplacedTemplates).toEqual([]);
    expect(facts.foreignTemplates).toHaveLength(2);
  });

  it('are ours under the name of a ClusterWorkflowTemplate, where that is what runs', () => {
    const own = {
      ...OWN,
      workflowTemplateRef: { name: 'shared', clusterScope: true },
    };
    const read = (key: string) =>
      readStored(own, {
        storedWorkflowTemplateSpec: storedSpec(own),
        storedTemplates: { [key]: SCRAPE },
      });
    expect(read('cluster/shared/scrape')).toMatchObject({
      foreignTemplates: [],
      misplacedTemplates: [],
    });
    // Of the same name, and another object: what is listed may be taken from it.
    expect(read('namespaced/shared/scrape')?.foreignTemplates).toHaveLength(1);
  });

  it('carry the labels of pods of where they come from', () => {
    const taken = { ...SCRAPE, metadata: { labels: { a: '1', b: '2' } } };
    expect(
      templateDigest(
        { ...SCRAPE, metadata: { labels: { b: '2' } } },
        { labels: { a: '1', b: 'other' } },
      ),
    ).toBe(templateDigest(taken));
  });

  it('are none where they stand in the template itself', () => {
    const spec = storedSpec(OWN, {
      ...TEMPLATE,
      templates: [
        {
          name: 'main',
          dag: { tasks: [{ name: 'a', inline: SCRAPE }] },
        },
        { name: 'more', steps: [[{ name: 'b', inline: { suspend: {} } }]] },
      ],
    });
    const read = (step: string, template: unknown) =>
      stored(spec, { [`${OURS}/inline/${step}`]: template });
    for (const facts of [
      read('a', { ...SCRAPE, inputs: {} }),
      read('b', { suspend: {} }),
    ]) {
      expect(facts).toMatchObject({
        foreignTemplates: [],
        misplacedTemplates: [],
      });
    }
    expect(read('a', { suspend: {} }).misplacedTemplates).toHaveLength(1);
  });
});

describe('the order of a list', () => {
  const having = (scrape: Json): Json =>
    edited(template => Object.assign(scrapeOf(template), scrape));
  const a = { name: 'a', image: 'first' };
  const b = { name: 'b', image: 'second' };
  const digest = (scrape: Json) => pinTemplate(having(scrape)).sha256;

  it.each<[string, (list: unknown[]) => Json]>([
    [
      'environment, which refers to what stands before it',
      env => ({ container: { image: 'agents', env } }),
    ],
    ['init containers, which run in turn', list => ({ initContainers: list })],
    ['sidecars', list => ({ sidecars: list })],
    ['containers of a set', list => ({ containerSet: { containers: list } })],
    [
      'artifacts, which may be unpacked over each other',
      list => ({ inputs: { artifacts: list } }),
    ],
    [
      'tasks, of which the first may begin first',
      list => ({ parallelism: 1, dag: { tasks: list } }),
    ],
    ['steps side by side', list => ({ parallelism: 1, steps: [list] })],
    ['arguments', list => ({ container: { image: 'a', args: list } })],
  ])('counts, of %s', (_what, having) => {
    expect(digest(having([a, b]))).not.toBe(digest(having([b, a])));
  });

  it.each<[string, (list: unknown[]) => Json]>([
    ['parameters', list => ({ inputs: { parameters: list } })],
    ['volumes', list => ({ volumes: list })],
  ])('says nothing, of %s', (_what, having) => {
    expect(digest(having([a, b]))).toBe(digest(having([b, a])));
  });

  it('says nothing, of templates', () => {
    const turned = edited(template => (template.templates as Json[]).reverse());
    expect(pinTemplate(turned)).toEqual(pinTemplate(TEMPLATE));
  });
});

describe('the digest of the shipped template', () => {
  const shipped = parse(
    readFileSync(path.resolve('deploy/argo/workflow-template.yaml'), 'utf8'),
  ) as { spec: Json };

  it('does not change with the order of its keys', () => {
    const reordered = Object.fromEntries(
      Object.entries(shipped.spec).reverse(),
    );
    expect(pinTemplate(reordered)).toEqual(pinTemplate(shipped.spec));
  });

  it('takes no part of another template', () => {
    expect(usesTemplateRef(shipped.spec)).toBe(false);
  });
});

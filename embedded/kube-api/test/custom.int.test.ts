import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { at, clone, objectAt, type JsonObject } from '../src/json';
import { eventually, TestApi, widget, WIDGETS, WIDGETS_PATH } from './harness';

const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start({ objects: [WIDGETS] });
});
afterAll(() => api.close());

const messages = (body: unknown) =>
  (at(body, 'details', 'causes') as JsonObject[]).map(
    ({ field, message }) => `${field}: ${message}`,
  );

describe('a custom object', () => {
  it('is refused with every error at once', async () => {
    const { code, body } = await api.post(
      WIDGETS_PATH,
      widget('bad', {
        name: 'UPPER',
        size: 10,
        mode: 'x',
        urls: ['a', 'b', 'c', 'd'],
        cancel: 'yes',
      }),
    );
    expect([code, body.reason]).toEqual([422, 'Invalid']);
    expect(messages(body).sort()).toEqual([
      '<nil>: Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation',
      'spec.cancel: Invalid value: "string": spec.cancel in body must be of type boolean: "string"',
      'spec.mode: Unsupported value: "x": supported values: "policy", "human"',
      'spec.name: Invalid value: "UPPER": spec.name in body should match \'^[a-z]+$\'',
      'spec.size: Invalid value: 10: spec.size in body should be less than or equal to 9',
      'spec.urls: Too many: 4: must have at most 3 items',
    ]);
    expect(body.message).toContain(
      'Widget.test.example.com "bad" is invalid: [',
    );
  });

  it('is judged by its rules, on creation and on change', async () => {
    const bad = await api.post(
      WIDGETS_PATH,
      widget('r', { urls: ['ftp://x'] }),
    );
    expect(messages(bad.body)).toEqual([
      'spec: Invalid value: bad address among 1',
    ]);
    await api.given(WIDGETS_PATH, widget('rules', { cancel: true }));
    const path = `${WIDGETS_PATH}/rules`;
    const renamed = await api.merge(path, { spec: { name: 'other' } });
    expect(messages(renamed.body)).toEqual([
      'spec: Invalid value: the name never changes',
    ]);
    const undone = await api.merge(path, { spec: { cancel: false } });
    expect(messages(undone.body)).toEqual([
      'spec.cancel: Forbidden: a cancel is not taken back',
    ]);
  });

  it('loses unknown fields, with a warning, or is refused under Strict', async () => {
    const sent = widget('pruned', { extra: 1, open: { kept: { a: 1 } } });
    const strict = await api.post(
      `${WIDGETS_PATH}?fieldValidation=Strict`,
      sent,
    );
    expect([strict.code, strict.body.message]).toEqual([
      400,
      'Widget in version "v1" cannot be handled as a Widget: strict decoding error: unknown field "spec.extra"',
    ]);
    const warned = await api.post(WIDGETS_PATH, sent);
    expect(warned.headers.warning).toBe(
      '299 - "unknown field \\"spec.extra\\""',
    );
    expect(warned.body.spec).toEqual({
      name: 'abc',
      mode: 'policy',
      cancel: false,
      open: { kept: { a: 1 } },
    });
  });

  it('has a checked status', async () => {
    await api.given(WIDGETS_PATH, widget('st'));
    const path = `${WIDGETS_PATH}/st/status`;
    const long = await api.merge(path, { status: { phase: 'x'.repeat(11) } });
    expect(long.code).toBe(422);
    const twice = await api.merge(path, {
      status: { conditions: [{ type: 'A' }, { type: 'A' }] },
    });
    expect(messages(twice.body)).toEqual([
      'status.conditions[1]: Duplicate value: {"type":"A"}',
    ]);
  });
});

describe('a definition', () => {
  const changed = (name: string, change: (spec: JsonObject) => void) => {
    const crd = clone(WIDGETS);
    const spec = crd.spec as JsonObject;
    spec.names = { ...objectAt(spec, 'names'), plural: name, kind: name };
    crd.metadata = { name: `${name}.test.example.com` };
    change(spec);
    return crd;
  };
  const specSchema = (spec: JsonObject) =>
    objectAt(
      (spec.versions as JsonObject[])[0],
      'schema',
      'openAPIV3Schema',
      'properties',
      'spec',
    );

  it('is served at once and told as established', async () => {
    const made = await api.given(
      CRDS,
      changed('gadgets', () => undefined),
    );
    expect(
      (at(made, 'status', 'conditions') as JsonObject[]).map(
        ({ type, status }) => [type, status],
      ),
    ).toEqual([
      ['NamesAccepted', 'True'],
      ['Established', 'True'],
    ]);
    const path = '/apis/test.example.com/v1/namespaces/default/gadgets';
    expect((await api.get(path)).code).toBe(200);
    const discovery = await api.get('/apis/test.example.com/v1');
    expect(JSON.stringify(discovery.body)).toContain('gadgets/status');
  });

  it('takes its objects with it', async () => {
    const plural = 'doomed';
    const path = `/apis/test.example.com/v1/namespaces/default/${plural}`;
    const crd = changed(plural, () => undefined);
    await api.given(CRDS, crd);
    await api.given(path, { ...widget('one'), kind: plural });
    await api.delete(`${CRDS}/${plural}.test.example.com`);
    expect((await api.get(path)).code).toBe(404);
    await eventually(async () => {
      await api.post(CRDS, crd);
      expect((await api.get(path)).body.items).toEqual([]);
    });
  });

  it.each([
    [
      'a function that is not there',
      (spec: JsonObject) => {
        specSchema(spec)['x-kubernetes-validations'] = [
          { rule: "quantity('1') == quantity('1')" },
        ];
      },
      "undeclared reference to 'quantity'",
    ],
    [
      'an unknown variable',
      (spec: JsonObject) => {
        specSchema(spec)['x-kubernetes-validations'] = [{ rule: 'request.x' }];
      },
      "undeclared reference to 'request'",
    ],
    [
      'optional syntax',
      (spec: JsonObject) => {
        specSchema(spec)['x-kubernetes-validations'] = [
          { rule: 'self.?size.orValue(1) > 0' },
        ];
      },
      'use has()',
    ],
    [
      'a webhook conversion',
      (spec: JsonObject) => {
        spec.conversion = { strategy: 'Webhook' };
      },
      'spec.conversion.strategy',
    ],
    [
      'a keyword that would be ignored',
      (spec: JsonObject) => {
        specSchema(spec).dependencies = {};
      },
      'not part of the embedded API server',
    ],
    [
      'a wrong name',
      (spec: JsonObject) => {
        spec.group = 'other.example.com';
      },
      'must be spec.names.plural',
    ],
  ])('is refused for %s', async (_what, change, text) => {
    const { code, body } = await api.post(CRDS, changed('refused', change));
    expect(code).toBe(422);
    expect(body.message).toContain(text);
  });
});

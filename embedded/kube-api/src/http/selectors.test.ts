import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '../model';
import { Registry } from '../registry/registry';
import {
  fromLabelSelector,
  matchesLabels,
  parseFieldSelector,
  parseLabelSelector,
} from './selectors';

const pods = new Registry().find('', 'v1', 'pods')!;
const labels = { app: 'web', tier: 'front', 'a.io/b': '' };

describe('label selectors', () => {
  it.each([
    ['', true],
    ['app=web', true],
    ['app==web,tier=front', true],
    ['app=db', false],
    ['app!=db', true],
    ['other!=x', true],
    ['app in (web, db)', true],
    ['app notin (web)', false],
    ['other notin (x)', true],
    ['app', true],
    ['!app', false],
    ['!other', true],
    ['a.io/b', true],
    ['a.io/b=', true],
    ['app in (web,db),tier', true],
  ])('%s', (text, expected) => {
    expect(matchesLabels(parseLabelSelector(text), labels)).toBe(expected);
  });

  it.each(['a=(b', 'a in b', '=x', 'a b', 'in (x)'])('refuses %s', text => {
    expect(() => parseLabelSelector(text)).toThrow(
      'unable to parse requirement',
    );
  });

  it('come as objects as well', () => {
    const selector = {
      matchLabels: { app: 'web' },
      matchExpressions: [
        { key: 'tier', operator: 'In', values: ['front'] },
        { key: 'gone', operator: 'DoesNotExist' },
      ],
    };
    expect(matchesLabels(fromLabelSelector(selector), labels)).toBe(true);
    expect(matchesLabels(fromLabelSelector(selector), {})).toBe(false);
    expect(matchesLabels(fromLabelSelector({}), {})).toBe(true);
  });
});

describe('field selectors', () => {
  const pod: KubeObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'n' },
    status: { phase: 'Running' },
  };

  it.each([
    ['metadata.name=p', true],
    ['metadata.namespace==n,status.phase!=Failed', true],
    ['spec.nodeName=', true],
    ['status.phase=Failed', false],
  ])('%s', (text, expected) => {
    expect(parseFieldSelector(text, pods)(pod)).toBe(expected);
  });

  it('know only the fields of the kind', () => {
    expect(() => parseFieldSelector('spec.x=1', pods)).toThrow(
      'field label not supported: spec.x',
    );
    expect(() => parseFieldSelector('nonsense', pods)).toThrow(
      'invalid selector',
    );
  });
});

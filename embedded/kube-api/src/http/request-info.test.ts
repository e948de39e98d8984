import { describe, expect, it } from '@jest/globals';
import { Registry } from '../registry/registry';
import { negotiate } from './respond';
import { parseRequest } from './request-info';

const registry = new Registry();
const parse = (method: string, url: string) => {
  const { verb, resource, path } = parseRequest(method, url, registry);
  if (!resource) return [verb, path];
  const { group, plural, namespace, name, subresource } = resource;
  return [verb, group, plural, namespace, name, subresource];
};
const none = undefined;

describe('a request', () => {
  it.each<[string, string, unknown[]]>([
    ['GET', '/version', ['get', '/version']],
    ['GET', '/api/v1', ['get', '/api/v1']],
    ['GET', '/apis/x.io/v1', ['get', '/apis/x.io/v1']],
    ['GET', '/api/v1/pods', ['list', '', 'pods', none, none, none]],
    [
      'GET',
      '/api/v1/namespaces/n/pods?watch=true',
      ['watch', '', 'pods', 'n', none, none],
    ],
    [
      'GET',
      '/api/v1/namespaces/n/pods?watch=false',
      ['list', '', 'pods', 'n', none, none],
    ],
    [
      'GET',
      '/api/v1/namespaces/n/pods/p/log?follow=1',
      ['get', '', 'pods', 'n', 'p', 'log'],
    ],
    ['GET', '/api/v1/namespaces', ['list', '', 'namespaces', none, none, none]],
    ['GET', '/api/v1/namespaces/n', ['get', '', 'namespaces', none, 'n', none]],
    [
      'PUT',
      '/api/v1/namespaces/n/finalize',
      ['update', '', 'namespaces', none, 'n', 'finalize'],
    ],
    [
      'POST',
      '/apis/x.io/v1/namespaces/n/things',
      ['create', 'x.io', 'things', 'n', none, none],
    ],
    [
      'DELETE',
      '/apis/x.io/v1/namespaces/n/things',
      ['deletecollection', 'x.io', 'things', 'n', none, none],
    ],
    [
      'DELETE',
      '/apis/x.io/v1/things/a%2Fb',
      ['delete', 'x.io', 'things', none, 'a/b', none],
    ],
    [
      'PATCH',
      '/apis/x.io/v1/namespaces/n/things/t/status',
      ['patch', 'x.io', 'things', 'n', 't', 'status'],
    ],
  ])('%s %s', (method, url, expected) => {
    expect(parse(method, url)).toEqual(expected);
  });

  it('with a broken escape is refused', () => {
    expect(() => parse('GET', '/api/v1/pods/%zz')).toThrow('broken escape');
  });
});

describe('an answer', () => {
  it.each([
    [undefined, 'object'],
    ['*/*', 'object'],
    ['application/json;as=Table;v=v1;g=meta.k8s.io,application/json', 'table'],
    [
      'application/vnd.kubernetes.protobuf;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json',
      'metadata',
    ],
    ['application/vnd.kubernetes.protobuf,application/json', 'object'],
  ])('for %s is rendered as %s', (accept, rendering) => {
    expect(negotiate(accept).rendering).toBe(rendering);
  });

  it('is refused in a form that cannot be given', () => {
    expect(() => negotiate('text/html')).toThrow('media types');
  });
});

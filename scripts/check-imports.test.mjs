import { describe, expect, it } from '@jest/globals';
import { circles, importsOf, needsOf, violations } from './check-imports.mjs';

describe('import directions', () => {
  it('finds static, re-exporting, dynamic and required modules', () => {
    const source = [
      "import a from 'a';",
      "import type { B } from './b';",
      "export * from '../c';",
      "const d = await import('d');",
      "const e = require('e');",
      "import {\n  f,\n} from 'f';",
    ].join('\n');
    expect(importsOf(source)).toEqual(['a', './b', '../c', 'd', 'e', 'f']);
  });

  it('lets the operator use the api and the Kubernetes client, and nothing else of ours', () => {
    expect(
      violations('operator/src/x.ts', [
        '@agentworkloads/api',
        '@agentworkloads/kube',
        'pino',
        './y',
      ]),
    ).toEqual([]);
    expect(
      violations('operator/src/x.ts', ['@agentworkloads/agents']),
    ).toHaveLength(1);
    expect(
      violations('operator/src/x.ts', ['../../agents/src/main']),
    ).toHaveLength(1);
  });

  it('refuses deep paths into a package', () => {
    expect(
      violations('agents/src/x.ts', ['@agentworkloads/api/src/report']),
    ).toHaveLength(1);
  });

  it('lets tests use what a package exports for them, and nobody else', () => {
    const testUtils = [
      '@agentworkloads/backstage-plugin-agent-workloads-node/testUtils',
    ];
    const folder = 'plugins/agent-workloads-backend/src';
    expect(violations(`${folder}/x.test.ts`, testUtils)).toEqual([]);
    expect(violations(`${folder}/__testUtils__/x.ts`, testUtils)).toEqual([]);
    expect(violations(`${folder}/x.ts`, testUtils)).toHaveLength(1);
    const testing = ['@agentworkloads/kube/testing'];
    expect(violations('operator/test/x.ts', testing)).toEqual([]);
    expect(violations('operator/src/x.ts', testing)).toHaveLength(1);
  });

  it('keeps the pure rooms away from clients, but not their tests', () => {
    for (const room of ['page-script', 'content', 'compare', 'report']) {
      const use = (file, target) =>
        violations(`agents/src/${room}/${file}`, [target]);
      expect(use('x.ts', '../clients/llm')).toHaveLength(1);
      expect(use('x.ts', '../wiring')).toHaveLength(1);
      expect(use('x.test.ts', '../clients/llm')).toEqual([]);
    }
    expect(
      violations('agents/src/compare/x.ts', ['../report/html']),
    ).toHaveLength(1);
    expect(
      violations('agents/src/page-script/x.ts', ['../content/chrome']),
    ).toHaveLength(1);
    expect(
      violations('agents/src/report/x.ts', ['../compare/changes']),
    ).toEqual([]);
  });

  it('lets facts of a page be read without anything else of the agents', () => {
    for (const other of ['@agentworkloads/agents', '@agentworkloads/kube'])
      expect(violations('facts/src/x.ts', [other])).toHaveLength(1);
    expect(
      violations('agents/src/report/x.ts', ['@agentworkloads/facts']),
    ).toEqual([]);
    expect(
      violations('agents/src/x.ts', ['@agentworkloads/facts/src/evidence']),
    ).toHaveLength(1);
  });

  it('lets a room of the facts use those below it, and none above', () => {
    const use = (room, target) => violations(`facts/src/${room}`, [target]);
    expect(use('page/x.ts', '../vocabulary/words')).toEqual([]);
    expect(use('claims/x.ts', '../offers/offers')).toEqual([]);
    expect(use('money/x.ts', './mention')).toEqual([]);
    expect(use('extract-facts.ts', './claims/claim')).toEqual([]);
    expect(use('vocabulary/x.ts', '../page/outline')).toHaveLength(1);
    expect(use('page/x.ts', '../money/currency')).toHaveLength(1);
    expect(use('money/x.ts', '../offers/pieces')).toHaveLength(1);
    expect(use('offers/x.ts', '../claims/claim')).toHaveLength(1);
    for (const room of ['vocabulary', 'page', 'money', 'offers', 'claims'])
      expect(use(`${room}/x.ts`, '../extract-facts')).toHaveLength(1);
    expect(use('claims/x.test.ts', '../extract-facts')).toEqual([]);
  });

  it('does not take plugins/agent-workloads for its neighbours', () => {
    expect(
      violations('plugins/agent-workloads-backend/src/x.ts', [
        '@agentworkloads/backstage-plugin-agent-workloads-node',
      ]),
    ).toEqual([]);
    expect(
      violations('plugins/agent-workloads/src/x.ts', [
        '@agentworkloads/backstage-plugin-agent-workloads-node',
      ]),
    ).toHaveLength(1);
  });
});

describe('a circle of files', () => {
  const needs = entries => new Map(Object.entries(entries));

  it('is told with the way around', () => {
    expect(circles(needs({ a: ['b'], b: ['c'], c: ['b'] }))).toEqual([
      ['b', 'c', 'b'],
    ]);
    expect(circles(needs({ a: ['a'] }))).toEqual([['a', 'a']]);
  });

  it('is none where two ways lead to one file', () => {
    expect(
      circles(needs({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] })),
    ).toEqual([]);
  });

  it('is made by what runs, not by types', () => {
    expect(
      needsOf(
        "import type { A } from './a';\nimport { b, type B } from './b';\nexport type { C } from './c';\nexport * from './d';\nimport x from 'x';\n",
      ),
    ).toEqual(['./b', './d']);
  });
});

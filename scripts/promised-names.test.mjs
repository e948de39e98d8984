import { describe, expect, it } from '@jest/globals';
import { entriesOf, unpromised } from './promised-names.mjs';

describe('the entries of a package that promise something', () => {
  it('are all but those for ourselves and for tests', () => {
    const exports = {
      '.': './src/index.ts',
      './legacy': './src/legacy.ts',
      './internal': './src/internal.ts',
      './testing': './src/testing/index.ts',
      './package.json': './package.json',
    };
    expect(entriesOf({ name: '@agentworkloads/x', exports })).toEqual([
      {
        specifier: '@agentworkloads/x',
        file: 'index.d.ts',
        report: 'report.api.md',
      },
      {
        specifier: '@agentworkloads/x/legacy',
        file: 'legacy.d.ts',
        report: 'report-legacy.api.md',
      },
    ]);
  });

  it('are one where a package names none', () => {
    expect(entriesOf({ name: 'x' })).toHaveLength(1);
  });
});

describe('a promised name', () => {
  const report = [
    "import { Person } from '@agentworkloads/kube';",
    "import { Config } from '@backstage/config';",
  ].join('\n');

  it('may lean on what another package of ours promises', () => {
    const promised = new Map([['@agentworkloads/kube', ['Person']]]);
    expect(unpromised(report, promised)).toEqual([]);
  });

  it('may not lean on what that package keeps to itself', () => {
    expect(unpromised(report, new Map())).toEqual([
      'needs Person, which @agentworkloads/kube does not promise',
    ]);
  });
});

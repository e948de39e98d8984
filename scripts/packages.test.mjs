import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { packageProblems, PUBLISHED } from './packages.mjs';

const versions = new Map([['@agentworkloads/api', '1.2.0']]);
const files = [
  'package.json',
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
  'dist/index.cjs.js',
  'dist/index.d.ts',
];
const manifest = {
  name: '@agentworkloads/kube',
  description: 'd',
  license: 'Apache-2.0',
  repository: {},
  keywords: ['k'],
  main: 'dist/index.cjs.js',
  exports: {
    '.': { types: './dist/index.d.ts', default: './dist/index.cjs.js' },
  },
  dependencies: { '@agentworkloads/api': '^1.2.0', zod: '^4.1.0' },
};
const problems = (change, held = files) =>
  packageProblems({ ...manifest, ...change }, held, versions);

describe('a package that is to be published', () => {
  it('has no fault when all that it names is in it', () => {
    expect(problems({})).toEqual([]);
  });

  it.each(['README.md', 'LICENSE', 'CHANGELOG.md', 'dist/index.d.ts'])(
    'must not lack %s',
    file => {
      expect(
        problems(
          {},
          files.filter(name => name !== file),
        ),
      ).toEqual([`@agentworkloads/kube lacks ${file}`]);
    },
  );

  it('must hold the files of each of its entries', () => {
    const exports = { './testing': { default: './dist/testing.cjs.js' } };
    expect(problems({ exports })).toEqual([
      '@agentworkloads/kube lacks dist/testing.cjs.js',
    ]);
  });

  it.each([
    [{ zod: '*' }, 'takes any zod'],
    [{ '@agentworkloads/api': 'workspace:^' }, 'takes any @agentworkloads/api'],
    [{ '@agentworkloads/api': '^1.1.0' }, '^1.1.0, not this one'],
    [{ '@agentworkloads/operator': '^1.2.0' }, 'which is not published'],
  ])('must not depend on %j', (dependencies, words) => {
    expect(problems({ dependencies }).join()).toContain(words);
  });

  it('must be public, and say what it is and where it comes from', () => {
    expect(problems({ private: true })).toHaveLength(1);
    expect(problems({ repository: undefined })).toHaveLength(1);
  });

  it('holds nothing that is for tests', () => {
    expect(problems({}, [...files, 'dist/x.test.js'])).toHaveLength(1);
  });
});

describe.each(PUBLISHED)('the catalog entry of %s', folder => {
  const read = name => readFileSync(`${folder}/${name}`, 'utf8');
  const { name, description, backstage } = JSON.parse(read('package.json'));

  it('says what its package.json says', () => {
    const { metadata, spec } = parse(read('catalog-info.yaml'));
    expect(metadata).toMatchObject({ title: name, description });
    expect(spec.type).toBe(`backstage-${backstage.role}`);
  });

  it('comes with that of the product', () => {
    expect(readFileSync('catalog-info.yaml', 'utf8')).toContain(
      `- ./${folder}/catalog-info.yaml\n`,
    );
  });
});

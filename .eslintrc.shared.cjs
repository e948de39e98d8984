// What holds for packages with and without a Backstage role: the caps, and rules that need types.
const path = require('node:path');
const overCap = require('./.eslint-over-cap.json');

const CAPS = { 'max-lines': 350, 'max-lines-per-function': 80, complexity: 15 };
const NOT_READ_IN_ONE_GO = [
  '*.test.ts',
  '*.test.tsx',
  '*.spec.ts',
  '**/test/**',
  '**/__testUtils__/**',
  '**/testUtils/**',
  '**/testing/**',
  '*.d.ts',
  '*.config.ts',
];

const capped = caps =>
  Object.fromEntries(
    Object.entries({ ...CAPS, ...caps }).map(([rule, max]) => [
      rule,
      rule === 'complexity'
        ? ['error', max]
        : ['error', { max, skipBlankLines: true, skipComments: true }],
    ]),
  );

/**
 * @param folder of a package, absolute
 * @returns overrides for its configuration of ESLint. Files that were over a cap when it came may not grow
 *   (.eslint-over-cap.json has their size); nothing is added there.
 */
exports.overridesOf = folder => [
  {
    files: ['*.ts', '*.tsx'],
    excludedFiles: '*.d.ts',
    parserOptions: {
      project: './tsconfig.json',
      tsconfigRootDir: __dirname,
    },
    rules: { '@typescript-eslint/no-floating-promises': 'error' },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.tsx'],
    excludedFiles: NOT_READ_IN_ONE_GO,
    rules: capped({}),
  },
  ...Object.entries(overCap)
    .map(([file, caps]) => [
      path.relative(folder, path.join(__dirname, file)),
      caps,
    ])
    .filter(([file]) => !file.startsWith('..'))
    .map(([file, caps]) => ({ files: [file], rules: capped(caps) })),
];

const { overridesOf } = require('./.eslintrc.shared.cjs');

/** Lint of the packages without a Backstage role, by their folder. */
module.exports = folder => ({
  root: true,
  parser: '@typescript-eslint/parser',
  parserOptions: { ecmaVersion: 2024, sourceType: 'module' },
  plugins: ['@typescript-eslint'],
  extends: ['eslint:recommended', 'plugin:@typescript-eslint/recommended'],
  env: { node: true, es2023: true },
  rules: {
    '@typescript-eslint/no-explicit-any': 'error',
    '@typescript-eslint/consistent-type-imports': 'off',
    '@typescript-eslint/no-unused-vars': [
      'error',
      {
        argsIgnorePattern: '^_',
        varsIgnorePattern: '^_',
        ignoreRestSiblings: true,
      },
    ],
    // TypeScript finds these, and knows types.
    'no-undef': 'off',
    'no-restricted-syntax': [
      'error',
      {
        selector: 'TSEnumDeclaration',
        message: 'Use a union or a const object.',
      },
      { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
    ],
    eqeqeq: ['error', 'always'],
    'max-depth': ['error', 4],
    'max-params': ['error', 7],
    // Scraped text is cleaned of control characters in several places.
    'no-control-regex': 'off',
  },
  overrides: [
    ...overridesOf(folder),
    {
      files: [
        '*.test.ts',
        '**/test/**/*.ts',
        '*.config.ts',
        '*.mjs',
        '*.spec.ts',
        '*.d.ts',
      ],
      rules: { 'no-restricted-syntax': 'off' },
    },
    {
      files: ['*.cjs'],
      parserOptions: { sourceType: 'script' },
      rules: {
        '@typescript-eslint/no-require-imports': 'off',
        '@typescript-eslint/no-var-requires': 'off',
      },
    },
  ],
});

module.exports = {
  extends: ['eslint:recommended'],
  parserOptions: { ecmaVersion: 2024, sourceType: 'module' },
  env: { node: true, es2023: true },
  overrides: [
    { files: ['.eslintrc.js'], parserOptions: { sourceType: 'script' } },
  ],
};

module.exports = {
  root: true,
  overrides: [
    {
      files: ['*.mjs'],
      extends: ['eslint:recommended'],
      parserOptions: { ecmaVersion: 2024, sourceType: 'module' },
      env: { node: true, es2023: true },
    },
  ],
};

const { overridesOf } = require('../../.eslintrc.shared.cjs');

module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  overrides: overridesOf(__dirname),
});

const { overridesOf } = require('../../.eslintrc.shared.cjs');

const TRANSLATE =
  'Words that people read come from src/translation: t(…) of useWords().';
const LETTERS = '[A-Za-zÄ-ž]{2,}';
/** Props and fields that people see or hear. */
const SEEN =
  '^(label|title|description|placeholder|secondaryLabel|aria-label|alt|what|action|none|why|explanation|text|button)$';

/** Addresses have no language. */
const LITERAL = `:matches(Literal[value=/^(?!https?:).*${LETTERS}/], TemplateLiteral:has(TemplateElement[value.raw=/${LETTERS}/]))`;
const CHOICE = ':matches(ConditionalExpression, LogicalExpression)';

/** A literal in a place whose text is shown. In titles of extensions, which know one language, it may stand: src/plugin.tsx, src/legacyPlugin.tsx. */
const literals = [
  `JSXText[value=/${LETTERS}/]`,
  `JSXElement > JSXExpressionContainer > ${LITERAL}`,
  `JSXElement > JSXExpressionContainer > ${CHOICE} > ${LITERAL}`,
  `JSXElement > JSXExpressionContainer TemplateElement[value.raw=/${LETTERS} /]`,
  `JSXAttribute[name.name=/${SEEN}/] > ${LITERAL}`,
  `JSXAttribute[name.name=/${SEEN}/] > JSXExpressionContainer > ${LITERAL}`,
  `JSXAttribute[name.name=/${SEEN}/] > JSXExpressionContainer > ${CHOICE} > ${LITERAL}`,
  `Property[key.name=/${SEEN}/] > ${LITERAL}`,
  `Property[key.name=/${SEEN}/] > ${CHOICE} > ${LITERAL}`,
].map(selector => ({ selector, message: TRANSLATE }));

module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  overrides: [
    ...overridesOf(__dirname),
    {
      files: ['src/**/*.ts', 'src/**/*.tsx'],
      excludedFiles: [
        '*.test.ts',
        '*.test.tsx',
        'src/__testUtils__/**',
        'src/translation/**',
        'src/plugin.tsx',
        'src/legacyPlugin.tsx',
      ],
      rules: { 'no-restricted-syntax': ['error', ...literals] },
    },
  ],
});

import { describe, expect, it } from '@jest/globals';
import { extractFacts } from '../extract-facts';
import { bundleOf, type Line } from '../testing/bundles';

const CARD = 'html > body > div > div:nth-of-type';

/** A page whose first card shows `parts` in one line, those in brackets of the code raised, and `note` below all cards. */
function page(parts: readonly string[], note: string) {
  const pieces = parts.map((part): Line => {
    const raised = part.startsWith('^');
    return {
      text: raised ? part.slice(1) : part,
      selector: `${CARD}(1) > p${raised ? ' > sup' : ''}`,
      fontSize: raised ? 12 : 24,
    };
  });
  const bundle = bundleOf([
    { text: 'Basic', selector: `${CARD}(1) > h3`, fontSize: 20, bold: true },
    ...pieces,
    { text: 'Deluxe', selector: `${CARD}(2) > h3`, fontSize: 20, bold: true },
    { text: '$99 / month', selector: `${CARD}(2) > p`, fontSize: 24 },
    ...(note ? [{ text: note, selector: 'html > body > p' }] : []),
  ]);
  const { runs } = bundle.layout;
  let cut = 0;
  runs.forEach((run, index) => {
    const within = index > 1 && index <= parts.length;
    if (within) {
      const { box } = runs[index - 1];
      cut += 1;
      run.box = { ...run.box, x: box.x + box.width, y: runs[1].box.y };
      run.tag = run.selector.endsWith('sup') ? 'sup' : 'p';
    }
    run.start -= cut;
    run.end -= cut;
  });
  const lines = bundle.text.split('\n');
  const text = [
    lines[0],
    lines.slice(1, parts.length + 1).join(''),
    ...lines.slice(parts.length + 1),
  ].join('\n');
  return { ...bundle, text };
}

const amounts = (parts: readonly string[], note = '') =>
  extractFacts(page(parts, note))
    .filter(({ kind, subject }) => kind === 'price' && subject === 'Basic')
    .map(({ value }) => value);

describe('raised digits', () => {
  it.each([
    [['$24', '^12', ' / month'], '12) For new customers.'],
    [['$24', '^12', ' / month'], '1) Billed yearly. (12) For new customers.'],
    [['24 €', '^12', ' / month'], '12) For new customers.'],
    [['24', '^12', ' € / month'], '12) For new customers.'],
    [['$24', '^1,2', ' / month'], ''],
    [['$24', '^1', ' / month'], ''],
  ])('are the number of a note: %j, %s', (parts, note) => {
    expect(amounts(parts, note)).toEqual([24]);
  });

  it.each([[['$24.50', '^2,3', ' / month']], [['$24.50', '^12', ' / month']]])(
    'are the number of a note where the amount has its cents: %j',
    parts => {
      expect(amounts(parts)).toEqual([24.5]);
    },
  );

  it('are cents where no note has their number', () => {
    expect(
      amounts(['$24', '^99', ' / month'], '12) For new customers.'),
    ).toEqual([24.99]);
  });
});

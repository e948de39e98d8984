import { said, SAID, type SaidCode } from '@agentworkloads/api';
import german from '../translation/de';
import { flattened } from '../translation/flattened';
import { messages } from '../translation/messages';
import { saidText } from './saidText';

const english: Record<string, string> = flattened(messages);

/** As i18next does, in German. */
const t = ((key: string, values: Record<string, string | number>) =>
  (({ ...german.messages } as Record<string, string>)[key].replace(
    /\{\{(\w+)\}\}/g,
    (_whole, name) => String(values[name]),
  ))) as never;

describe('what the backend says', () => {
  it('has a message for each code', () => {
    const codes = Object.keys(SAID) as SaidCode[];
    expect(
      codes.filter(code => english[`said.${code}`] !== SAID[code]),
    ).toEqual([]);
    expect(codes.length).toBeGreaterThan(50);
  });

  it('is said in the language of the person', () => {
    const { message, ...own } = said('runEnded', { phase: 'Completed' });
    expect(message).toBe(
      'The run ended already (Completed); there is nothing to cancel',
    );
    expect(saidText(message, own, { t })).toBe(
      'Der Lauf ist schon zu Ende (Completed); es gibt nichts abzubrechen',
    );
  });

  it.each([
    ['a code that only a later backend has', { code: 'later', values: {} }],
    ['a name that every object has', { code: 'constructor', values: {} }],
    ['values that are missing', { code: 'runEnded', values: {} }],
    ['no code', undefined],
  ])('stays as it was sent with %s', (_what, wording) => {
    expect(saidText('As it was sent.', wording, { t })).toBe('As it was sent.');
  });
});

import german from './de';
import { flattened } from './flattened';
import { messages } from './messages';

const english: Record<string, string> = flattened(messages);
const words: Record<string, string> = { ...german.messages };

/** `{{count, number}}` and the like, in any order. */
const placesIn = (text: string) =>
  [...text.matchAll(/\{\{[^}]*\}\}/g)].map(([place]) => place).sort();

/** What is called the same in both languages. */
const THE_SAME =
  /^(Agent Workloads|Hosts?|Name|Text|Desktop|CSV|SHA-256|Element|Live|Phase|\{\{n\}\} min)$/;

describe('German', () => {
  it('has the words of each key, and of no other', () => {
    expect(Object.keys(words).sort()).toEqual(Object.keys(english).sort());
    expect(Object.keys(words).filter(key => !words[key].trim())).toEqual([]);
  });

  it('says the same values as English', () => {
    // What could not be done stands in the title above; in English it is part of the sentence.
    const told = (key: string) =>
      placesIn(english[key]).filter(
        place => !(key.startsWith('said.cluster') && place === '{{doing}}'),
      );
    expect(
      Object.keys(english).filter(
        key => `${placesIn(words[key])}` !== `${told(key)}`,
      ),
    ).toEqual([]);
  });

  it('leaves nothing in English', () => {
    const wordsOf = (text: string) => text.replace(/\{\{[^}]*\}\}/g, '');
    expect(
      Object.entries(english).filter(
        ([key, text]) =>
          words[key] === text &&
          /[a-z]{3}/i.test(wordsOf(text)) &&
          !THE_SAME.test(text),
      ),
    ).toEqual([]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { notesOfPage } from './notes';

const whole = { truncated: false };
const cut = { truncated: true };

describe('the notes of a page', () => {
  it('are what was said while it was read', () => {
    expect(notesOfPage(whole, [], ['One.', 'Two.'])).toEqual(['One.', 'Two.']);
  });

  it('say of each part whether its end is missing, and which part it is', () => {
    expect(
      notesOfPage(
        cut,
        [
          { state: 'Yearly', collected: cut },
          { state: 'Weekly', collected: whole },
          { frame: { url: 'https://w.example/t' }, collected: cut },
          { frame: { url: 'about:srcdoc' }, collected: cut },
          { scrolled: 400, collected: cut },
        ],
        [],
      ).map(note =>
        note.replace(' is larger than what is read; its end is missing.', ''),
      ),
    ).toEqual([
      'The page',
      'What the page shows with “Yearly” chosen',
      'A frame of w.example:443',
      'A frame',
      'A part of a list that was scrolled to',
    ]);
  });

  it('beyond the thirtieth are counted in its place', () => {
    const many = Array.from({ length: 45 }, (_n, i) => `Note ${i}.`);
    const notes = notesOfPage(whole, [], many);
    expect(notes).toHaveLength(30);
    expect(notes.slice(-2)).toEqual([
      'Note 28.',
      '16 more notes on this page were left out here.',
    ]);
    expect(notesOfPage(whole, [], many.slice(0, 30))).toEqual(
      many.slice(0, 30),
    );
  });

  it('that are too long say that they go on', () => {
    const [note] = notesOfPage(whole, [], ['x'.repeat(400)]);
    expect(note).toHaveLength(300);
    expect(note).toMatch(/x…$/);
  });
});

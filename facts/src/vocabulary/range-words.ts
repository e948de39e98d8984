/** Words between the ends of a range, and between two terms, in all languages; parts of patterns, for a single letter is a word of many. */

/** "$20 to $40", "20–40 €": alone between two amounts they say that one is the upper end of the other. */
export const UP_TO =
  '[-–—−~～〜]|to|bis|à|a|al|do|až|až do|až po|até|til|tot|till|до|ile|kuni|līdz|iki|έως|ως|μέχρι|إلى|至|到|から';

/** "per user and month"; between two amounts they say nothing, unless {@link BETWEEN} stands before the first. */
export const AND =
  'and|und|et|y|e|en|og|och|ja|i|a|și|un|ir|és|ve|και|и|і|та|و';

/** "between $20 and $40". */
export const BETWEEN =
  'between|zwischen|entre|tra|fra|tussen|mellem|mellom|mellan|między|mezi|medzi|između|starp|nuo|între|между|між|μεταξύ|بين';

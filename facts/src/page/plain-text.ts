/** Text as the rules read it: local digits, separators and full-width signs as ASCII has them. As long as the text it is made from. */

/** First digits of the decimal digits of Unicode's basic plane that pages price in. */
const ZEROS = [
  0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6,
  0x0c66, 0x0ce6, 0x0d66, 0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x17e0, 0x1810,
  0xff10,
];
const OTHERS: Readonly<Record<string, string>> = {
  '٫': '.',
  '٬': ',',
  '٪': '%',
  '．': '.',
  '，': ',',
  '＄': '$',
  '￥': '¥',
  '￡': '£',
  '￦': '₩',
  '／': '/',
  '：': ':',
  '（': '(',
  '）': ')',
  '〜': '~',
  '～': '~',
  // Marks of direction and of no width stand inside of amounts and say nothing.
  '\u200e': ' ',
  '\u200f': ' ',
  '\u061c': ' ',
  '\u200b': ' ',
  '\u2060': ' ',
  '\ufeff': ' ',
  '\u00ad': ' ',
};
const DIGITS = new Map(
  ZEROS.flatMap(zero =>
    Array.from({ length: 10 }, (_, digit) => [
      String.fromCharCode(zero + digit),
      String(digit),
    ]),
  ),
);
const UNUSUAL =
  /[\u0660-\u0669\u06f0-\u06f9\u07c0-\u07c9\u0966-\u096f\u09e6-\u09ef\u0a66-\u0a6f\u0ae6-\u0aef\u0b66-\u0b6f\u0be6-\u0bef\u0c66-\u0c6f\u0ce6-\u0cef\u0d66-\u0d6f\u0e50-\u0e59\u0ed0-\u0ed9\u0f20-\u0f29\u1040-\u1049\u17e0-\u17e9\u1810-\u1819\uff10-\uff19٫٬٪．，＄￥￡￦／：（）〜～\u200e\u200f\u061c\u200b\u2060\ufeff\u00ad]/g;

const PLAIN = /^[\x00-\x7f]*$/;

export function plainText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(UNUSUAL, sign => DIGITS.get(sign) ?? OTHERS[sign] ?? ' ');
}

/** Languages that write 1.290,00 for what English writes 1,290.00. */
const COMMA_DECIMAL =
  /^(de|fr|es|it|nl|pt|da|sv|nb|nn|no|fi|pl|cs|sk|hu|ro|bg|hr|sl|sr|et|lv|lt|el|tr|ru|uk|id|vi|is|ca|eu|gl)\b/i;

export function usesCommaDecimal(lang: string | undefined): boolean {
  if (!lang || /^(de|fr|it)-CH/i.test(lang) || /^es-(MX|US)/i.test(lang))
    return false;
  return COMMA_DECIMAL.test(lang);
}

/**
 * Reads an amount as people write it: `1,290.00`, `1.290,00`, `1 290`, `1'290.-`, `12,5`. Three digits after a single separator are
 * thousands, unless the whole part is 0 or the page's own language says otherwise.
 */
export function parseAmount(
  written: string,
  commaDecimal: boolean,
): number | undefined {
  const digits = written.replace(/[\s'’]/g, '').replace(/[.,][-–—]+$/, '');
  if (!/^\d[\d.,]*$/.test(digits) || /[.,]$/.test(digits)) return undefined;
  const dot = digits.lastIndexOf('.');
  const comma = digits.lastIndexOf(',');
  let decimal = '';
  if (dot >= 0 && comma >= 0) decimal = dot > comma ? '.' : ',';
  else if (dot >= 0 || comma >= 0)
    decimal = singleSeparator(digits, dot >= 0 ? '.' : ',', commaDecimal);
  const whole = decimal ? digits.slice(0, digits.lastIndexOf(decimal)) : digits;
  const fraction = decimal ? digits.slice(digits.lastIndexOf(decimal) + 1) : '';
  const value = Number(`${whole.replace(/[.,]/g, '')}.${fraction || '0'}`);
  return Number.isFinite(value) ? value : undefined;
}

function singleSeparator(
  digits: string,
  separator: '.' | ',',
  commaDecimal: boolean,
): '' | '.' | ',' {
  const groups = digits.split(separator);
  if (groups.length > 2) return '';
  const [whole, rest] = groups;
  if (rest.length !== 3) return separator;
  if (/^0+$/.test(whole)) return separator;
  if (separator === '.' && !commaDecimal && whole.length <= 1) return '';
  return '';
}

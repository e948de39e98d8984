/** Markup that may be inserted as it is; every other value is escaped by {@link html}. */
export interface Html {
  readonly markup: string;
}

type Part = string | number | Html | readonly Html[] | undefined | false;

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, char => ESCAPES[char]);
}

export function raw(markup: string): Html {
  return { markup };
}

function toMarkup(part: Part): string {
  if (part === undefined || part === false) return '';
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return escapeHtml(part);
  if ('markup' in part) return part.markup;
  return part.map(item => item.markup).join('');
}

/** Template tag: escapes what is put in, keeps what {@link html} or {@link raw} made. */
export function html(
  strings: TemplateStringsArray,
  ...parts: readonly Part[]
): Html {
  return raw(
    strings.reduce(
      (out, text, index) =>
        out + text + (index < parts.length ? toMarkup(parts[index]) : ''),
      '',
    ),
  );
}

export function each<T>(
  items: readonly T[],
  render: (item: T, index: number) => Html,
): Html {
  return raw(items.map((item, index) => render(item, index).markup).join(''));
}

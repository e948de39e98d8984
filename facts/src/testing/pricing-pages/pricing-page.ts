/** A page that was written for the tests, and what a person reads on it. */
export interface PricingPage {
  name: string;
  lang?: string;
  url?: string;
  /** Inside of `<head>`, for styles. */
  head?: string;
  body: string;
  /** Plan -> its prices, as `12 USD month seat`; parts from the right may be left out, `-` skips one. `contact`: on request. */
  plans: Readonly<Record<string, readonly string[] | 'contact'>>;
  /** Amounts on the page that are no prices. */
  decoys?: readonly number[];
}

export const CARDS_CSS = `<style>
body{font:16px/1.5 sans-serif;margin:24px}
.row{display:flex;gap:20px}.col{flex:1;border:1px solid #ccc;padding:20px}
.big{font-size:40px;font-weight:700}.muted{color:#777;font-size:14px}
.sr-only{position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0);white-space:nowrap}
table{border-collapse:collapse}td,th{padding:8px 16px;text-align:left}
</style>`;

export function toDocument(page: PricingPage): string {
  return `<!doctype html><html lang="${
    page.lang ?? 'en'
  }"><head><meta charset="utf-8"><title>${page.name}</title>${
    page.head ?? CARDS_CSS
  }</head><body>${page.body}</body></html>`;
}

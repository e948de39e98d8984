import { escape as e } from './kit.mjs';

/**
 * Ways to build the same cards. A card is `{name, price, terms, lines, ask, badge, note}`: `price` and `terms` are HTML, the rest text.
 * Each skin gives `{css, html}`.
 */
const list = (lines, tag = 'ul') =>
  lines?.length
    ? `<${tag}>${lines.map(line => `<li>${e(line)}</li>`).join('')}</${tag}>`
    : '';

const plain = cards => ({
  css: '.row{display:flex;gap:20px}.col{flex:1;border:1px solid #ccc;padding:20px}.big{font-size:38px;font-weight:700;margin:0}.muted{color:#666}',
  html: `<div class="row">${cards
    .map(
      c =>
        `<div class="col">${
          c.badge ? `<p class="muted">${e(c.badge)}</p>` : ''
        }<h3>${e(c.name)}</h3><p class="big">${c.price}</p><p class="muted">${
          c.terms ?? ''
        }</p>${list(c.lines)}${c.note ? `<p class="muted">${c.note}</p>` : ''}${
          c.ask ? `<a href="#">${e(c.ask)}</a>` : ''
        }</div>`,
    )
    .join('')}</div>`,
});

const utility = cards => ({
  css: '.grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(200px,1fr));gap:24px}.p-6{padding:24px}.rounded-2xl{border-radius:16px}.ring-1{box-shadow:0 0 0 1px #ddd}.text-sm{font-size:14px}.text-4xl{font-size:36px}.font-semibold{font-weight:600}.tracking-tight{letter-spacing:-.02em}.text-gray-500{color:#6b7280}.flex{display:flex}.items-baseline{align-items:baseline}.gap-x-1{column-gap:4px}.mt-4{margin-top:16px}',
  html: `<div class="grid mt-4">${cards
    .map(
      c =>
        `<div class="p-6 rounded-2xl ring-1"><div class="flex gap-x-1"><div id="tier" class="font-semibold">${e(
          c.name,
        )}</div>${
          c.badge
            ? `<span class="text-sm text-gray-500">${e(c.badge)}</span>`
            : ''
        }</div><div class="mt-4 flex items-baseline gap-x-1"><span class="text-4xl font-semibold tracking-tight">${
          c.price
        }</span><span class="text-sm text-gray-500">${
          c.terms ?? ''
        }</span></div>${
          c.note ? `<div class="text-sm text-gray-500">${c.note}</div>` : ''
        }${list(c.lines)}${
          c.ask ? `<button class="mt-4 text-sm">${e(c.ask)}</button>` : ''
        }</div>`,
    )
    .join('')}</div>`,
});

const articles = cards => ({
  css: 'section.tiers{display:flex;flex-wrap:wrap}article{width:28%;margin:1%;background:#f6f6f9;padding:1em}article header strong{font-size:20px}article footer{margin-top:1em}output{font-size:30px;display:block}',
  html: `<section class="tiers">${cards
    .map(
      c =>
        `<article><header><strong>${e(c.name)}</strong>${
          c.badge ? ` <em>${e(c.badge)}</em>` : ''
        }</header><output>${c.price}</output><small>${c.terms ?? ''}</small>${
          c.note ? `<p><small>${c.note}</small></p>` : ''
        }${list(c.lines)}${
          c.ask ? `<footer><a href="#go">${e(c.ask)}</a></footer>` : ''
        }</article>`,
    )
    .join('')}</section>`,
});

const items = cards => ({
  css: 'ul.offers{list-style:none;padding:0;display:grid;grid-template-columns:1fr 1fr;gap:1rem}ul.offers>li{border-top:3px solid #246;padding:12px}.offers h2{font-size:18px}.offers b{font-size:26px}',
  html: `<ul class="offers">${cards
    .map(
      c =>
        `<li><h2>${e(c.name)}</h2>${
          c.badge ? `<i>${e(c.badge)}</i><br>` : ''
        }<b>${c.price}</b> <span>${c.terms ?? ''}</span>${
          c.note ? `<br><span>${c.note}</span>` : ''
        }${(c.lines ?? []).map(line => `<div>✓ ${e(line)}</div>`).join('')}${
          c.ask ? `<a href="/go">${e(c.ask)}</a>` : ''
        }</li>`,
    )
    .join('')}</ul>`,
});

const oldTable = cards => ({
  css: 'td{padding:10px;vertical-align:top;border:1px solid #999}font{font-size:24px}',
  html: `<table width="900" cellspacing="0"><tr>${cards
    .map(
      c =>
        `<td width="33%" align="center"><b>${e(c.name)}</b>${
          c.badge ? `<br><i>${e(c.badge)}</i>` : ''
        }<br><font color="#a00">${c.price}</font> ${c.terms ?? ''}${
          c.note ? `<br>${c.note}` : ''
        }<br>${(c.lines ?? []).map(e).join('<br>')}${
          c.ask ? `<br><a href="#">${e(c.ask)}</a>` : ''
        }</td>`,
    )
    .join('')}</tr></table>`,
});

const custom = cards => ({
  css: 'price-grid{display:flex;gap:12px}price-card{display:block;flex:1;padding:16px;border-radius:8px;background:#eef}price-card [slot=name]{font-weight:700;font-size:19px}price-card [slot=amount]{font-size:32px}',
  html: `<price-grid>${cards
    .map(
      c =>
        `<price-card><div slot="name" role="heading" aria-level="3">${e(
          c.name,
        )}</div>${
          c.badge ? `<div slot="badge">${e(c.badge)}</div>` : ''
        }<div><span slot="amount">${c.price}</span> <span slot="terms">${
          c.terms ?? ''
        }</span></div>${c.note ? `<div slot="note">${c.note}</div>` : ''}${list(
          c.lines,
        )}${
          c.ask ? `<a role="button" href="#">${e(c.ask)}</a>` : ''
        }</price-card>`,
    )
    .join('')}</price-grid>`,
});

const priceFirst = cards => ({
  css: '.pf{display:flex}.pf>div{width:240px;padding:14px;border-left:1px solid #bbb}.pf .amount{font-size:34px}.pf h4{margin:6px 0;font-size:17px}',
  html: `<div class="pf">${cards
    .map(
      c =>
        `<div><div class="amount">${c.price}</div><div>${c.terms ?? ''}</div>${
          c.note ? `<div>${c.note}</div>` : ''
        }<h4>${e(c.name)}</h4>${list(c.lines, 'ol')}${
          c.ask ? `<a href="#">${e(c.ask)}</a>` : ''
        }</div>`,
    )
    .join('')}</div>`,
});

const stacked = cards => ({
  css: '.stack>div{display:flex;justify-content:space-between;border-bottom:1px solid #ddd;padding:18px 0;max-width:820px}.stack .l{width:45%}.stack .r{width:40%;text-align:right}.stack .n{font-size:22px;font-weight:600}.stack .v{font-size:28px}',
  html: `<div class="stack">${cards
    .map(
      c =>
        `<div><div class="l"><div class="n">${e(c.name)}</div>${(c.lines ?? [])
          .map(line => `<div>${e(line)}</div>`)
          .join('')}</div><div class="r"><div><span class="v">${
          c.price
        }</span> ${c.terms ?? ''}</div>${c.note ? `<div>${c.note}</div>` : ''}${
          c.ask ? `<a href="#">${e(c.ask)}</a>` : ''
        }</div></div>`,
    )
    .join('')}</div>`,
});

export const SKINS = [
  plain,
  utility,
  articles,
  items,
  oldTable,
  custom,
  priceFirst,
  stacked,
];

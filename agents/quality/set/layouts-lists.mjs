import { escape as e, fill, ladder, priced, scaled, writer } from './kit.mjs';

/** Layouts that are tables, lists, goods and prose. See layouts-cards.mjs. */

const TABLE =
  'table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:8px 14px;text-align:left}';
const cells = (tag, values) =>
  values.map(value => `<${tag}>${value}</${tag}>`).join('');
const row = values => `<tr>${cells('td', values)}</tr>`;

function comparison(w, random) {
  const write = writer(w, random);
  const steps = ladder(w, random).slice(0, 3);
  const month = e(random.pick(w.month));
  const count = fill(w.lines[0], { n: '' }).trim();
  const body = `<h1>${e(w.title)}</h1><table><thead><tr><th></th>${cells(
    'th',
    w.names.slice(0, 3).map(e),
  )}</tr></thead><tbody>
<tr><th>${e(w.head[1])}</th>${cells(
    'td',
    steps.map(step => `${e(write.write(step))} ${month}`),
  )}</tr>
<tr><th>${e(count)}</th>${cells('td', [5, 50, 500])}</tr><tr><th>GB</th>${cells(
    'td',
    [10, 100, 1000],
  )}</tr>
<tr><th>${e(w.lines[2])}</th>${cells('td', [
    '–',
    '✓',
    '✓',
  ])}</tr></tbody></table>`;
  return {
    css: TABLE,
    body,
    prices: steps.map((step, index) =>
      priced(w, w.names[index], step, { period: 'month' }),
    ),
  };
}

function rows(w, random) {
  const write = writer(w, random);
  const steps = ladder(w, random);
  const inHead = random.coin();
  const month = random.pick(w.month);
  const head = [
    w.head[0],
    inHead ? `${w.head[1]} (${w.head[2].toLowerCase()})` : w.head[1],
    'GB',
  ].map(e);
  const body = `<h1>${e(w.title)}</h1><table><tr>${cells(
    'th',
    head,
  )}</tr>${steps
    .map((step, index) =>
      row([
        e(w.names[index]),
        e(write.write(step) + (inHead ? '' : ` ${month}`)),
        (index + 1) * 20,
      ]),
    )
    .join('')}</table>`;
  return {
    css: TABLE,
    body,
    prices: steps.map((step, index) =>
      priced(w, w.names[index], step, { period: 'month' }),
    ),
  };
}

function twoColumns(w, random) {
  const write = writer(w, random);
  const steps = ladder(w, random).slice(0, 3);
  const years = steps.map(step => Math.round(step * 1000) / 100);
  const body = `<h1>${e(w.title)}</h1><table><thead><tr>${cells(
    'th',
    [w.head[0], w.head[2], w.head[3]].map(e),
  )}</tr></thead><tbody>${steps
    .map((step, index) =>
      row([
        e(w.names[index]),
        e(write.write(step)),
        e(write.write(years[index])),
      ]),
    )
    .join('')}</tbody></table>`;
  return {
    css: TABLE,
    body,
    prices: steps.flatMap((step, index) => [
      priced(w, w.names[index], step, { period: 'month' }),
      priced(w, w.names[index], years[index], { period: 'year' }),
    ]),
  };
}

function definitions(w, random) {
  const write = writer(w, random);
  const steps = ladder(w, random).slice(0, 3);
  const month = random.pick(w.month);
  const body = `<h1>${e(w.title)}</h1><dl>${steps
    .map(
      (step, index) =>
        `<dt>${e(w.names[index])}</dt><dd>${e(
          `${write.write(step)} ${month}`,
        )}</dd>`,
    )
    .join('')}</dl>`;
  return {
    css: 'dt{font-weight:600;margin-top:12px}dd{margin-left:0;font-size:20px}',
    body,
    prices: steps.map((step, index) =>
      priced(w, w.names[index], step, { period: 'month' }),
    ),
  };
}

function tiers(w, random) {
  const write = writer(w, random);
  const steps = ladder(w, random).slice(0, 3).reverse();
  const bounds = [
    [1, 10],
    [11, 50],
    [51, 200],
  ];
  const names = bounds.map(([n, m]) => fill(w.tier, { n, m }));
  const body = `<h1>${e(w.title)}</h1><table><tbody>${steps
    .map((step, index) =>
      row([e(names[index]), e(`${write.write(step)} ${w.userMonth}`)]),
    )
    .join('')}</tbody></table>`;
  return {
    css: TABLE,
    body,
    prices: steps.map((step, index) =>
      priced(w, names[index], step, { period: 'month', per: 'user' }),
    ),
  };
}

function ranges(w, random) {
  const write = writer(w, random, { zeros: false });
  const steps = [
    [30, 60],
    [80, 120],
    [300, 500],
  ].map(pair => pair.map(step => scaled(w, step)));
  const oneMark = random.coin();
  const text = ([from, to]) =>
    oneMark
      ? write.range(from, to)
      : `${write.write(from)} – ${write.write(to)}`;
  const body = `<h1>${e(w.title)}</h1><div class="rates">${steps
    .map(
      (pair, index) =>
        `<div><h3>${e(w.names[index])}</h3><p class="v">${e(
          text(pair),
        )}</p><p>${e(fill(w.lines[0], { n: 12 }))}</p></div>`,
    )
    .join('')}</div>`;
  return {
    css: '.rates{display:flex;gap:24px}.v{font-size:24px}',
    body,
    prices: steps.map(([from, to], index) =>
      priced(w, w.names[index], from, { upTo: to }),
    ),
  };
}

function prose(w, random) {
  const write = writer(w, random);
  const steps = ladder(w, random).slice(0, 3);
  const month = random.pick(
    w.month.filter(term => !term.startsWith('/')).length
      ? w.month.filter(term => !term.startsWith('/'))
      : w.month,
  );
  const sentences = steps.map((step, index) =>
    e(fill(w.prose, { a: w.names[index], p: write.write(step), month })),
  );
  const body = `<h1>${e(w.title)}</h1>${
    random.coin()
      ? sentences.map(text => `<p>${text}</p>`).join('')
      : `<p>${sentences.join(' ')}</p>`
  }`;
  return {
    css: 'p{max-width:640px}',
    body,
    prices: steps.map((step, index) =>
      priced(w, w.names[index], step, { period: 'month' }),
    ),
  };
}

function product(w, random) {
  const write = writer(w, random);
  const [now, old, part, ship] = [60, 85, 15, 40].map(step =>
    scaled(w, step + random.int(0, 9)),
  );
  const line = (text, p) => e(fill(text, { p: write.write(p) }));
  const formerly = random.coin()
    ? `<del>${e(write.write(old))}</del>`
    : `<span class="old">${line(w.was, old)}</span>`;
  const body = `<div class="top">${line(
    w.cart,
    0,
  )}</div><div class="ship">${line(w.ship, ship)}</div>
<main><h1>${e(w.goods[0])}</h1><div class="buy"><span class="now">${e(
    write.write(now),
  )}</span> ${formerly}<div>${line(w.save, old - now)}</div><div>${line(
    w.part,
    part,
  )}</div></div>
<p>${e(fill(w.lines[0], { n: 3 }))}</p></main>`;
  return {
    css: '.top{text-align:right}.ship{background:#eee;padding:6px}.now{font-size:30px;color:#b00}del,.old{text-decoration:line-through;color:#777}',
    body,
    prices: [priced(w, w.goods[0], now)],
    forbid: [0, old, old - now, part, ship].map(
      amount => Math.round(amount * 100) / 100,
    ),
  };
}

function goods(w, random) {
  const write = writer(w, random);
  const steps = ladder(w, random).slice(0, 3);
  const old = scaled(w, 260);
  const item = (step, index) =>
    `<li><div class="img"></div><h3><a href="/g${index}">${e(
      w.goods[index],
    )}</a></h3><p>${
      index === 1 ? `<s>${e(write.write(old))}</s> ` : ''
    }<strong>${e(write.write(step))}</strong></p><button>+</button></li>`;
  const body = `<h1>${e(w.title)}</h1><ul class="shop">${steps
    .map(item)
    .join('')}</ul><p>${e(
    fill(w.ship, { p: write.write(scaled(w, 70)) }),
  )}</p>`;
  return {
    css: '.shop{display:grid;grid-template-columns:repeat(3,1fr);list-style:none;gap:16px}.img{height:80px;background:#dde}',
    body,
    prices: steps.map((step, index) => priced(w, w.goods[index], step)),
    forbid: [old, scaled(w, 70)],
  };
}

function rivals(w, random) {
  const write = writer(w, random);
  const [ours, second, third] = [19, 45, 62].map(step =>
    scaled(w, step + random.int(0, 5)),
  );
  const month = random.pick(w.month);
  const brand = random.pick(['Orvella', 'Tamrik', 'Quillo']);
  const head = ['', brand, 'Basecord', 'Notaryx'].map(e);
  const body = `<h1>${e(
    brand,
  )} vs. Basecord, Notaryx</h1><table><thead><tr>${cells(
    'th',
    head,
  )}</tr></thead><tbody>
${row([
  e(w.head[1]),
  ...[ours, second, third].map(step => e(`${write.write(step)} ${month}`)),
])}
${row([e(fill(w.lines[0], { n: '' }).trim()), 20, 10, 15])}${row([
    e(w.lines[2]),
    '✓',
    '✗',
    '✗',
  ])}</tbody></table>`;
  return {
    css: TABLE,
    brand,
    body,
    prices: [priced(w, brand, ours, { period: 'month' })],
    forbid: [second, third],
  };
}

/** Prices of usage, with three decimals throughout as the trade has them. */
function threeDecimals(w, random) {
  const write = writer(w, random, { fraction: 3 });
  const steps = [
    random.int(30, 99),
    random.int(1100, 1260),
    random.int(4500, 4720),
  ].map(mills => mills / 1000);
  const names = ['vm.small', 'vm.large', 'vm.24xlarge'];
  const body = `<h1>${e(w.title)}</h1><table><tr>${cells('th', [
    '',
    `${e(w.head[1])}`,
  ])}</tr>${steps
    .map((step, index) => row([names[index], e(write.write(step))]))
    .join('')}</table>`;
  return {
    css: TABLE,
    body,
    prices: steps.map((step, index) => priced(w, names[index], step)),
  };
}

function menu(w, random) {
  const write = writer(w, random);
  const steps = ladder(w, random).slice(0, 3);
  const body = `<h1>${e(w.title)}</h1><div class="menu">${steps
    .map(
      (step, index) =>
        `<div class="r"><span>${e(
          w.goods[index],
        )}</span><span class="dots"></span><span>${e(
          write.write(step),
        )}</span></div>`,
    )
    .join('')}</div>`;
  return {
    css: '.r{display:flex;max-width:520px;padding:6px 0}.dots{flex:1;border-bottom:1px dotted #888;margin:0 8px}',
    body,
    prices: steps.map((step, index) => priced(w, w.goods[index], step)),
  };
}

function accordion(w, random) {
  const write = writer(w, random);
  const steps = ladder(w, random).slice(0, 3);
  const month = random.pick(w.month);
  const body = `<h1>${e(w.title)}</h1>${steps
    .map(
      (step, index) =>
        `<details open><summary>${e(
          w.names[index],
        )}</summary><div><p class="v">${e(
          `${write.write(step)} ${month}`,
        )}</p><ul><li>${e(
          fill(w.lines[1], { n: 30 }),
        )}</li></ul></div></details>`,
    )
    .join('')}`;
  return {
    css: 'summary{font-size:20px;font-weight:600}.v{font-size:22px}',
    body,
    prices: steps.map((step, index) =>
      priced(w, w.names[index], step, { period: 'month' }),
    ),
  };
}

function sections(w, random) {
  const write = writer(w, random);
  const steps = ladder(w, random).slice(0, 3);
  const month = random.pick(w.month);
  const body = `<h1>${e(w.title)}</h1>${steps
    .map(
      (step, index) =>
        `<section><h2>${e(w.names[index])}</h2><p>${e(
          fill(w.lines[0], { n: 10 * (index + 1) }),
        )}. ${e(fill(w.lines[1], { n: 5 * (index + 1) }))}. ${e(
          w.lines[2],
        )}.</p><p>${e(w.head[1])}: <b>${e(write.write(step))}</b> ${e(
          month,
        )}</p></section>`,
    )
    .join('')}`;
  return {
    css: 'section{margin-bottom:32px;max-width:600px}',
    body,
    prices: steps.map((step, index) =>
      priced(w, w.names[index], step, { period: 'month' }),
    ),
  };
}

export const LIST_LAYOUTS = [
  ['comparison', comparison],
  ['rows', rows],
  ['two-columns', twoColumns],
  ['definitions', definitions],
  ['tiers', tiers],
  ['ranges', ranges],
  ['prose', prose],
  ['product', product],
  ['goods', goods],
  ['rivals', rivals],
  [
    'three-decimals',
    threeDecimals,
    w => ['en-US', 'en-GB', 'de-DE', 'fr-FR', 'de-CH', 'it-IT'].includes(w.tag),
  ],
  ['menu', menu],
  ['accordion', accordion],
  ['sections', sections],
];

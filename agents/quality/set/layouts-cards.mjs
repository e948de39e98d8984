import { escape as e, fill, ladder, priced, scaled, writer } from './kit.mjs';
import { base, linesOf, page } from './card-base.mjs';
import { SKINS } from './skins.mjs';

/** Layouts that are cards in one of the skins. A layout takes a language's words and a chance and gives `{body, css, prices, forbid, also}`. */

function cards(w, random) {
  const free = random.coin();
  const word = random.coin();
  const made = base(w, random, {
    change(all, write) {
      if (free) {
        all[0].price = word ? e(w.free) : e(write.write(0));
        all[0].terms = word ? '' : all[0].terms;
        all[0].amount = word ? undefined : 0;
      }
      all.push({
        name: w.names[3],
        price: e(w.ask),
        lines: linesOf(w, random),
      });
    },
  });
  const also = free ? [{ plan: w.names[0], amount: 0 }] : [];
  return page(w, made, { also });
}

function yearly(w, random) {
  return page(w, base(w, random, { period: 'year' }));
}

function lifetime(w, random) {
  return page(w, base(w, random, { terms: w.once, period: 'once' }));
}

function seats(w, random) {
  return page(
    w,
    base(w, random, { terms: w.userMonth, extra: { per: 'user' } }),
  );
}

function billedYearly(w, random) {
  const made = base(w, random, {
    extra: { billed: 'year' },
    change: all => all.forEach(card => (card.note = e(w.billed))),
  });
  return page(w, made);
}

function fromPrices(w, random) {
  const made = base(w, random, {
    extra: { from: true },
    change: (all, write) =>
      all.forEach(
        card => (card.price = e(fill(w.from, { p: write.write(card.amount) }))),
      ),
  });
  return page(w, made);
}

function promotion(w, random) {
  const made = base(w, random);
  const cheap = scaled(w, 4);
  const banner = `<p class="promo">${e(
    fill(w.promo, { p: made.write.write(cheap) }),
  )}</p>`;
  const body = random.coin()
    ? `${banner}<h1>${e(w.title)}</h1>${made.html}`
    : `<h1>${e(w.title)}</h1>${banner}${made.html}`;
  return {
    css: `${made.css}.promo{background:#fe9;padding:8px;text-align:center}`,
    body,
    prices: made.prices,
    forbid: [cheap],
  };
}

function questions(w, random) {
  const made = base(w, random);
  const [limit, days] = [scaled(w, 3), random.pick([14, 30, 60])];
  const ask = e(fill(w.ask1, { n: days }));
  const reply = e(fill(w.reply, { n: days, p: made.write.write(limit) }));
  const qa = random.coin()
    ? `<h3>${ask}</h3><p>${reply}</p>`
    : `<details open><summary>${ask}</summary><p>${reply}</p></details>`;
  return page(
    w,
    { ...made, html: `${made.html}<h2>FAQ</h2>${qa}` },
    { forbid: [limit] },
  );
}

function oddNames(w, random) {
  const odd = random.pick([
    ['Pro', 'Pro+', 'Business+'],
    ['Solo', 'For Teams', 'For Agencies'],
    ['Home', 'Home & Office', 'R&D'],
    [w.names[0], `${w.names[1]}+`, `${w.names[1]} & ${w.names[2]}`],
  ]);
  return page(
    w,
    base(w, random, {
      change: all => all.forEach((card, index) => (card.name = odd[index])),
    }),
  );
}

function periodNames(w, random) {
  const write = writer(w, random);
  const [month, year] = [
    scaled(w, random.pick([9, 12, 19])),
    scaled(w, random.pick([90, 99, 180])),
  ];
  const { css, html } = random.pick(SKINS)([
    {
      name: w.head[2],
      price: e(write.write(month)),
      terms: e(random.pick(w.month)),
      lines: linesOf(w, random),
    },
    {
      name: w.head[3],
      price: e(write.write(year)),
      terms: e(random.pick(w.year)),
      lines: linesOf(w, random),
    },
  ]);
  return {
    css,
    body: `<h1>${e(w.title)}</h1>${html}`,
    prices: [
      priced(w, w.head[2], month, { period: 'month' }),
      priced(w, w.head[3], year, { period: 'year' }),
    ],
  };
}

function addOns(w, random) {
  const made = base(w, random, {
    change: (all, write) =>
      all.forEach(card =>
        card.lines.push(`+ ${write.write(scaled(w, 2))} ${w.user[0]}`),
      ),
  });
  const [name, amount] = [w.lines[2], scaled(w, 14)];
  const more = `<h2>Extra</h2><table><tr><td>${e(name)}</td><td>${e(
    made.write.write(amount),
  )} ${e(random.pick(w.month))}</td></tr></table>`;
  return page(
    w,
    {
      ...made,
      html: made.html + more,
      prices: [...made.prices, priced(w, name, amount, { period: 'month' })],
    },
    { forbid: [scaled(w, 2)] },
  );
}

function toggle(w, random) {
  const write = writer(w, random);
  const steps = ladder(w, random).slice(0, 3);
  const years = steps.map(
    step =>
      Math.round(step * 10 * (w.decimals ? 100 : 1)) / (w.decimals ? 100 : 1),
  );
  const [month, year] = [random.pick(w.month), random.pick(w.year)];
  const { css, html } = random.pick(SKINS)(
    steps.map((step, index) => ({
      name: w.names[index],
      price: `<span class="m">${e(write.write(step))}</span><span class="y">${e(
        write.write(years[index]),
      )}</span>`,
      terms: `<span class="m">${e(month)}</span><span class="y">${e(
        year,
      )}</span>`,
      lines: linesOf(w, random),
    })),
  );
  const control = random.pick([
    `<div role="tablist"><button role="tab" aria-selected="true" onclick="pick(0,this)">${e(
      w.head[2],
    )}</button> <button role="tab" aria-selected="false" onclick="pick(1,this)">${e(
      w.head[3],
    )}</button></div>`,
    `<form><label><input type="radio" name="b" checked onchange="pick(0)"> ${e(
      w.head[2],
    )}</label> <label><input type="radio" name="b" onchange="pick(1)"> ${e(
      w.head[3],
    )}</label></form>`,
    `<p>${e(
      w.head[2],
    )} <button role="switch" aria-checked="false" aria-label="${e(
      w.head[3],
    )}" onclick="pick(document.body.className?0:1,this)">◐</button> ${e(
      w.head[3],
    )}</p>`,
    `<select onchange="pick(this.selectedIndex)"><option>${e(
      w.head[2],
    )}</option><option>${e(w.head[3])}</option></select>`,
  ]);
  const script = `<script>function pick(n,b){document.body.className=n?'yearly':'';if(b&&b.getAttribute('role')==='switch')b.setAttribute('aria-checked',String(!!n));document.querySelectorAll('[role=tab]').forEach(function(t,i){t.setAttribute('aria-selected',String(i===n))})}</script>`;
  return {
    css: `${css}.y{display:none}.yearly .y{display:inline}.yearly .m{display:none}`,
    body: `<h1>${e(w.title)}</h1>${control}${html}${script}`,
    prices: steps.map((step, index) =>
      priced(w, w.names[index], step, { period: 'month' }),
    ),
    also: years.map((step, index) =>
      priced(w, w.names[index], step, { period: 'year' }),
    ),
  };
}

export const CARD_LAYOUTS = [
  ['cards', cards],
  ['yearly', yearly],
  ['lifetime', lifetime],
  ['seats', seats],
  ['billed-yearly', billedYearly],
  ['from', fromPrices],
  ['promotion', promotion],
  ['questions', questions],
  ['odd-names', oddNames],
  ['period-names', periodNames],
  ['add-ons', addOns],
  ['toggle', toggle],
];

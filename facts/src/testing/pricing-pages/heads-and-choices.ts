import type { PricingPage } from './pricing-page';

/** Numbers whose currency a head names, choices called by their period, amounts on top, and amounts that somebody else paid. */
export const HEAD_AND_CHOICE_PAGES: readonly PricingPage[] = [
  {
    name: 'bare numbers under a head with a currency',
    body: `<table><tr><th>Tier</th><th>Price (USD per month)</th><th>Mailboxes</th></tr><tr><td>Fern</td><td>14</td><td>20</td></tr><tr><td>Moss</td><td>1,040</td><td>9,000</td></tr></table>`,
    plans: { Fern: ['14 USD month'], Moss: ['1040 USD month'] },
    decoys: [20, 9000],
  },
  {
    name: 'a caption names the currency and the period',
    lang: 'de',
    body: `<table><caption>Alle Preise in Schweizer Franken pro Jahr</caption><tr><th>Modell</th><th>Preis</th><th>Sitze</th></tr><tr><td>Gämse</td><td>480.–</td><td>12</td></tr><tr><td>Luchs</td><td>1'960.–</td><td>60</td></tr></table>`,
    plans: { Gämse: ['480 CHF year'], Luchs: ['1960 CHF year'] },
    decoys: [12, 60],
  },
  {
    name: 'a row of bare numbers under plans',
    body: `<p>Prices are in euros.</p><table><tr><th></th><th>Solo</th><th>Choir</th></tr><tr><th>Price per month</th><td>6</td><td>36</td></tr><tr><th>Scores</th><td>15</td><td>400</td></tr></table>`,
    plans: { Solo: ['6 EUR month'], Choir: ['36 EUR month'] },
    decoys: [15, 400],
  },
  {
    name: 'tables of money that offer nothing',
    body: `<h1>Facts about our town</h1><table><tr><th>District</th><th>Median income (EUR)</th></tr><tr><td>Harbour</td><td>31,200</td></tr></table><table><tr><th>Year</th><th>Price (EUR)</th></tr><tr><td>2021</td><td>14</td></tr><tr><td>2022</td><td>16</td></tr></table><table><tr><th>Item</th><th>Price (USD million)</th></tr><tr><td>Bridge</td><td>12</td></tr></table>`,
    plans: {},
    decoys: [31200, 14, 16, 12],
  },
  {
    name: 'choices called by their period alone',
    body: `<h1>Become a member</h1><form><label style="display:block"><input type="radio" name="t"> <span>Monthly</span> <b>€5</b> per month</label><label style="display:block"><input type="radio" name="t"> <span>Yearly</span> <b>€50</b> per year</label></form>`,
    plans: { Monthly: ['5 EUR month'], Yearly: ['50 EUR year'] },
  },
  {
    name: 'one plan with two periods is no two choices',
    body: `<h1>Prices</h1><div><h2>Lark</h2><div class="row"><div class="col"><div>Monthly</div><div class="big">€5</div></div><div class="col"><div>Yearly</div><div class="big">€50</div></div></div></div>`,
    plans: { Lark: ['5 EUR month', '50 EUR year'] },
  },
  {
    name: 'francs with a dash for the cents',
    lang: 'de-CH',
    body: `<p>Offen: Mo.–Fr. 8.30 Uhr bis 17 Uhr</p><div class="row"><div class="col"><h3>Spur</h3><p class="big">Fr. 29.–</p><p>pro Monat</p></div><div class="col"><h3>Gleis</h3><p class="big">139.50 Fr.</p><p>pro Monat</p></div></div>`,
    plans: { Spur: ['29 CHF month'], Gleis: ['139.5 CHF month'] },
    decoys: [8.3, 8],
  },
  {
    name: 'amounts that come on top of the price',
    body: `<div class="row"><div class="col"><h3>Den</h3><p class="big">$30</p><p>per month</p><p>+ $6 per helper / month</p></div><div class="col"><h3>Hall</h3><p><span class="big">$90</span> per month plus $9 per helper per month</p></div></div>`,
    plans: { Den: ['30 USD month'], Hall: ['90 USD month'] },
    decoys: [6, 9],
  },
  {
    name: 'a range with the mark at its end alone',
    lang: 'de',
    body: `<dl><dt>Skizze</dt><dd>400 – 900 €</dd><dt>Entwurf</dt><dd>von 1.200 bis 2.800 €</dd></dl>`,
    plans: {
      Skizze: ['400 EUR', '900 EUR'],
      Entwurf: ['1200 EUR', '2800 EUR'],
    },
  },
  {
    name: 'a bill that is shown as an example',
    body: `<h1>Get paid on time</h1><p>Plans for every trade, from free to full.</p><div><table><tr><th>Service</th><th>Qty</th><th>Amount</th></tr><tr><td>Roof repair</td><td>1</td><td>$640.00</td></tr><tr><td>Gutter</td><td>2</td><td>$90.00</td></tr><tr><td>Total</td><td></td><td>$820.00</td></tr></table></div><div class="col"><p>Paint</p><p>$48.00</p><p>Brushes</p><p>$12.00</p><p>Subtotal</p><p>$60.00</p></div>`,
    plans: {},
    decoys: [640, 90, 820, 48, 12, 60],
  },
  {
    name: 'receipts in prose and in a list',
    body: `<h1>Receipts, sorted while you sleep</h1><p>“Lunch for two, $31.40, paid by card”, says the slip, and the book says so too.</p><ul><li>Train to Leeds – $54.20</li><li>Toner – $88.00</li></ul>`,
    plans: {},
    decoys: [31.4, 54.2, 88],
  },
  {
    name: 'vouchers in other languages',
    lang: 'es',
    body: `<p>Con el código SOL te damos 20 € de descuento</p><div class="row"><div class="col"><h3>Brisa</h3><p class="big">9 €</p><p>al mes</p></div><div class="col"><h3>Viento</h3><p class="big">19 €</p><p>al mes</p></div></div>`,
    plans: { Brisa: ['9 EUR month'], Viento: ['19 EUR month'] },
    decoys: [20],
  },
  {
    name: 'periods and units in hindi and japanese',
    body: `<div class="row"><div class="col"><h3>Kamal</h3><p class="big">₹299</p><p>प्रति माह</p></div><div class="col"><h3>Sona</h3><p class="big">₹2,999</p><p>प्रति वर्ष</p></div></div><div class="row"><div class="col"><h3>Take</h3><p class="big">500円<small> / 月 / ユーザー</small></p></div><div class="col"><h3>Ume</h3><p class="big">900円<small> / 月 / ユーザー</small></p></div></div>`,
    plans: {
      Kamal: ['299 INR month'],
      Sona: ['2999 INR year'],
      Take: ['500 JPY month user'],
      Ume: ['900 JPY month user'],
    },
  },
  {
    name: 'a head that says of how many',
    body: `<table><tr><th>Model</th><th>Read (per 1M tokens)</th><th>Write (per 1M tokens)</th></tr><tr><td>Owl</td><td>$2.00</td><td>$8.00</td></tr></table>`,
    plans: { Owl: ['2 USD', '8 USD'] },
  },
  {
    name: 'plans under heads that only say for how long',
    body: `<p>All prices in NZD including GST.</p><table><tr><th>Plan</th><th>Monthly</th><th>Seats</th></tr><tr><td>Tui</td><td>18</td><td>2</td></tr><tr><td>Kea</td><td>64</td><td>30</td></tr></table>`,
    plans: { Tui: ['18 NZD month'], Kea: ['64 NZD month'] },
    decoys: [2, 30],
  },
  {
    name: 'currencies as things of a table, and an order that is drawn',
    body: `<h1>Rates and carts</h1><table><tr><th>Currency</th><th>Rate (USD)</th></tr><tr><td>EUR</td><td>1.07</td></tr><tr><td>GBP</td><td>1.26</td></tr></table><div class="col"><p>Order summary</p><p>Kettle <b>$39.00</b></p><p>Tax <b>$3.90</b></p><p>Total <b>$42.90</b></p></div>`,
    plans: {},
    decoys: [1.07, 1.26, 39, 3.9, 42.9],
  },
];

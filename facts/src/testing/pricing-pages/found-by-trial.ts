import type { PricingPage } from './pricing-page';

/** What a trial on pages of strangers got wrong at first. */
export const TRIAL_PAGES: readonly PricingPage[] = [
  {
    name: 'a sticker inside of the heading',
    body: `<div class="row"><div class="col"><h4>Sloop</h4><p class="big">$11</p><p>/ mo</p></div><div class="col"><h4>Ketch <span class="muted">Best value</span></h4><p class="big">$22</p><p>/ mo</p></div></div>`,
    plans: { Sloop: ['11 USD month'], Ketch: ['22 USD month'] },
  },
  {
    name: 'a descriptor inside of the heading, an overline before it',
    body: `<div class="row"><div class="col"><h3>Cottage <small>for one household</small></h3><p>$6/month</p></div><div class="col"><h3>Manor <small>for large estates</small></h3><p>$16/month</p></div></div>
<div class="row"><div class="col"><p class="muted">LEVEL 1</p><p>Squire</p><p class="big">$40</p><p>yearly</p></div><div class="col"><p class="muted">LEVEL 2</p><p>Knight</p><p class="big">$80</p><p>yearly</p></div></div>`,
    plans: {
      Cottage: ['6 USD month'],
      Manor: ['16 USD month'],
      Squire: ['40 USD year'],
      Knight: ['80 USD year'],
    },
  },
  {
    name: 'rows are plans, columns are sorts of prices',
    lang: 'de',
    body: `<table><tr><th>Tarif</th><th>Daten</th><th>Preis/Monat</th><th>Anschluss</th></tr><tr><td>Funk 5</td><td>5 GB</td><td>7,99 €</td><td>25,00 €</td></tr><tr><td>Funk 50</td><td>50 GB</td><td>1.017,99 €</td><td>15,00 €</td></tr></table>`,
    plans: {
      'Funk 5': ['7.99 EUR month', '25 EUR'],
      'Funk 50': ['1017.99 EUR month', '15 EUR'],
    },
  },
  {
    name: 'steps of a volume, and models with two meters',
    body: `<table><tr><th>Seats</th><th>Price per seat / month</th></tr><tr><td>1–9</td><td>$14</td></tr><tr><td>10+</td><td>$11</td></tr></table>
<table><tr><th>Model</th><th>Input / 1M tokens</th><th>Output / 1M tokens</th></tr><tr><td>Wren-1</td><td>$0.40</td><td>$1.60</td></tr></table>`,
    plans: {
      '1–9': ['14 USD month seat'],
      '10+': ['11 USD month seat'],
      'Wren-1': ['0.4 USD', '1.6 USD'],
    },
  },
  {
    name: 'rows of a comparison that hold amounts of something else',
    body: `<table><thead><tr><th></th><th>Bark</th><th>Howl</th></tr></thead><tbody><tr><th>Price per month</th><td>£13</td><td>£31</td></tr><tr><th>Vet fee limit</th><td>£4,000</td><td>£9,000</td></tr></tbody></table>
<div style="display:table;width:700px"><div style="display:table-row"><div style="display:table-cell">Feature</div><div style="display:table-cell"><b>Page</b></div><div style="display:table-cell"><b>Volume</b></div></div><div style="display:table-row"><div style="display:table-cell">Ad credit</div><div style="display:table-cell">$60</div><div style="display:table-cell">$600</div></div><div style="display:table-row"><div style="display:table-cell">Monthly price</div><div style="display:table-cell">$8</div><div style="display:table-cell">$48</div></div></div>`,
    plans: {
      Bark: ['13 GBP month'],
      Howl: ['31 GBP month'],
      Page: ['8 USD month'],
      Volume: ['48 USD month'],
    },
    decoys: [4000, 9000, 60, 600],
  },
  {
    name: 'two currencies told beside each other',
    body: `<div class="row"><div class="col"><h3>Mate</h3><p class="big">$21 / €19</p><p>per month</p></div><div class="col"><h3>Skipper</h3><p class="big">$42 / €38</p><p>per month</p></div></div>`,
    plans: {
      Mate: ['21 USD month', '19 EUR month'],
      Skipper: ['42 USD month', '38 EUR month'],
    },
  },
  {
    name: 'ranges, codes before a dollar sign, lakhs',
    body: `<dl><dt>Portrait</dt><dd>from CAD $180</dd><dt>Wedding</dt><dd>MXN $2,300 – MXN $4,100</dd><dt>Feature film</dt><dd>₹1,75,000</dd></dl>`,
    plans: {
      Portrait: ['180 CAD'],
      Wedding: ['2300 MXN', '4100 MXN'],
      'Feature film': ['175000 INR'],
    },
  },
  {
    name: 'was and now in one line',
    body: `<div class="row"><div class="col"><h3>Den</h3><p>Was $61, now $37 per month</p></div><div class="col"><h3>Lair</h3><p>Was $91, now $73 per month</p></div></div>`,
    plans: { Den: ['37 USD month'], Lair: ['73 USD month'] },
    decoys: [61, 91],
  },
  {
    name: 'what more costs, beside what the plan costs',
    body: `<div class="row"><div class="col"><h3>Post</h3><p><b class="big">$15</b> a month</p><p>2,000 letters</p><p>then $1.20 per 1,000 letters</p><a href="/b">Start for free</a></div><div class="col"><h3>Courier</h3><p><b class="big">$55</b> a month</p><p>20,000 letters</p><p>then $0.70 per 1,000 letters</p><a href="/b">Choose Courier</a></div></div>`,
    plans: {
      Post: ['15 USD month', '1.2 USD'],
      Courier: ['55 USD month', '0.7 USD'],
    },
  },
  {
    name: 'cards that are buttons, names in small letters',
    body: `<div class="row"><button><div>Quartz</div><div>$3.50</div><div>monthly</div></button><button><div>Topaz</div><div>$35.00</div><div>yearly</div></button></div>
<div class="row" style="text-transform:uppercase"><div class="col"><div>seedling</div><div class="big">A$12</div><div>/month + GST</div></div><div class="col"><div>sapling</div><div class="big">A$24</div><div>/month + GST</div></div></div>`,
    plans: {
      Quartz: ['3.5 USD month'],
      Topaz: ['35 USD year'],
      seedling: ['12 AUD month'],
      sapling: ['24 AUD month'],
    },
  },
  {
    name: 'text that lies under something, or on the back of a card',
    head: `<style>.row{display:flex;gap:20px}.card{position:relative;width:260px;height:150px}.layer{position:absolute;inset:0;background:#fff}.flip{backface-visibility:hidden}.back{transform:rotateY(180deg)}</style>`,
    body: `<div class="row"><div class="card"><div class="layer">$811/month</div><div class="layer"><h3>Dune</h3><p>$7/month</p><p style="filter:opacity(0)">$812/month</p></div></div><div class="card"><div class="layer flip"><h3>Oasis</h3><p>$17/month</p></div><div class="layer flip back">$813/month</div></div></div>`,
    plans: { Dune: ['7 USD month'], Oasis: ['17 USD month'] },
    decoys: [811, 812, 813],
  },
  {
    name: 'links over cards and a notice over the page hide nothing',
    body: `<div style="position:fixed;inset:0;background:#fff;z-index:9">We value your privacy</div><div class="row"><div class="col" style="position:relative"><h3>Yew</h3><p class="big">$9</p><p>/mo</p><a href="/y" style="position:absolute;inset:0"></a></div><div class="col"><h3>Box</h3><p class="big">$19</p><p>/mo</p></div></div>`,
    plans: { Yew: ['9 USD month'], Box: ['19 USD month'] },
  },
  {
    name: 'figures of success with their label below',
    body: `<h1>Ship with ease, plans from day one</h1><div class="row"><div class="col"><h3>Heron Air</h3><p class="big">$415,000</p><p>recovered revenue</p></div><div class="col"><h3>Ibis</h3><p class="big">$52</p><p>average saved each week</p></div></div>`,
    plans: {},
    decoys: [415000, 52],
  },
  {
    name: 'a drawn dashboard',
    body: `<h1>Books without tears</h1><div class="row"><div class="col"><p>Invoice #88</p><p class="big">$3,120.00</p><p>Paid 4 June</p></div><div class="col"><p>Outstanding</p><p class="big">$9,400.00</p></div></div>`,
    plans: {},
    decoys: [3120, 9400],
  },
  {
    name: 'vacancies',
    body: `<h1>Careers</h1><div class="row"><div class="col"><h3>Data engineer</h3><p>$130,000 – $160,000</p></div><div class="col"><h3>Recruiter</h3><p>$70,000 base</p></div></div>`,
    plans: {},
    decoys: [130000, 160000, 70000],
  },
  {
    name: 'a list of changes',
    url: 'https://pricing.example/changelog',
    body: `<h1>Changelog</h1><ul><li>Invoices over $10,000 need two approvals</li><li>Fixed rounding of $0.005</li><li>Rent of $2,000 a month is shown in full</li></ul>`,
    plans: {},
    decoys: [10000, 0.005, 2000],
  },
  {
    name: 'plans that are named in sentences',
    body: `<h1>Membership</h1><p>The <strong>Wader</strong> plan is $12 a month. The <strong>Diver</strong> plan is $24 a month.</p>`,
    plans: { Wader: ['12 USD month'], Diver: ['24 USD month'] },
  },
];

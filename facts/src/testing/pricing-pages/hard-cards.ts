import type { PricingPage } from './pricing-page';

export const HARD_PAGES: readonly PricingPage[] = [
  {
    name: 'deep wrappers, and hidden prices of every sort',
    body: `<main><div><div><div class="row">
${[
  ['Ember', 14, 140],
  ['Blaze', 34, 340],
]
  .map(
    ([name, month, year]) =>
      `<div class="col"><div><div><div><span><b>${name}</b></span></div></div><div><div><span class="big">$${month}</span><div><span class="muted">/ user / month</span></div></div>
<div style="opacity:0">$${year}</div><div style="visibility:hidden">$${year} per year</div><div style="height:0;overflow:hidden">$${year} a year</div></div></div><a href="/b">Buy now</a></div>`,
  )
  .join('')}</div></div></div></main>`,
    plans: { Ember: ['14 USD month user'], Blaze: ['34 USD month user'] },
    decoys: [140, 340],
  },
  {
    name: 'name and price in one heading',
    body: `<h1>Pricing</h1><div class="row"><div class="col"><h3>Creator — $19/mo</h3><p>Ten channels</p></div><div class="col"><h3>Agency — $89/mo</h3><p>Hundred channels</p></div></div>`,
    plans: { Creator: ['19 USD month'], Agency: ['89 USD month'] },
  },
  {
    name: 'annual price with the monthly one in small type',
    body: `<div class="row"><div class="col"><h3>Base</h3><p class="big">$10</p><p class="muted">per user / month</p><p class="muted">billed annually or $12 billed monthly</p></div>
<div class="col"><h3>Peak</h3><p class="big">$20</p><p class="muted">per user / month</p><p class="muted">billed annually or $24 billed monthly</p></div></div>`,
    plans: {
      Base: ['10 USD month user', '12 USD month'],
      Peak: ['20 USD month user', '24 USD month'],
    },
  },
  {
    name: 'praise and questions around the cards',
    body: `<h1>Fair prices</h1><div class="row"><div class="col"><h2>Tiny</h2><div class="big">€4</div><div>/month</div></div><div class="col"><h2>Huge</h2><div class="big">€44</div><div>/month</div></div></div>
<div><div>“We used to pay €900 per month for something worse.”</div><div>Kim, CEO</div></div>
<h2>Questions</h2><h3>Is there a fee?</h3><p>We charge no fee. Our competitors take €30 per month for that, and you would pay €360 a year.</p>
<h3>Discounts?</h3><p>Charities get 50% off, up to €100.</p><div>Already 25,000 customers • €2M saved</div>`,
    plans: { Tiny: ['4 EUR month'], Huge: ['44 EUR month'] },
    decoys: [900, 30, 360, 100, 2],
  },
  {
    name: 'cards, then a comparison table that repeats names and prices',
    body: `<div class="row"><div class="col"><h3>Local</h3><p class="big">$5</p><p>/month</p></div><div class="col"><h3>Global</h3><p class="big">$55</p><p>/month</p></div></div>
<table><thead><tr><th>Compare</th><th>Local<br>$5/mo</th><th>Global<br>$55/mo</th></tr></thead><tbody><tr><td>Regions</td><td>1</td><td>30</td></tr><tr><td>Overage</td><td>$2 per GB</td><td>$1 per GB</td></tr></tbody></table>`,
    plans: {
      Local: ['5 USD month', '2 USD - gb'],
      Global: ['55 USD month', '1 USD - gb'],
    },
  },
  {
    name: 'choices as labels of radio buttons',
    body: `<h1>Choose</h1><form><label class="row"><input type="radio" name="p"><span>Weekly box</span><b>£24.50</b><span>per week</span></label><label class="row"><input type="radio" name="p"><span>Fortnightly box</span><b>£26.00</b><span>per delivery</span></label></form>`,
    plans: {
      'Weekly box': ['24.5 GBP week'],
      'Fortnightly box': ['26 GBP - delivery'],
    },
  },
  {
    name: 'lists of plans as rows that are no table',
    body: `<h1>Hosting</h1><div><div class="row"><div class="col"><b>Nimbus</b></div><div class="col">2 GB RAM</div><div class="col">40 GB SSD</div><div class="col">$6/mo</div><div><a href="/o">Order</a></div></div>
<div class="row"><div class="col"><b>Cirrus</b></div><div class="col">4 GB RAM</div><div class="col">80 GB SSD</div><div class="col">$12/mo</div><div><a href="/o">Order</a></div></div>
<div class="row"><div class="col"><b>Stratus</b></div><div class="col">8 GB RAM</div><div class="col">160 GB SSD</div><div class="col">$24/mo</div><div><a href="/o">Order</a></div></div></div>`,
    plans: {
      Nimbus: ['6 USD month'],
      Cirrus: ['12 USD month'],
      Stratus: ['24 USD month'],
    },
  },
  {
    name: 'table of servers with hourly and monthly columns',
    body: `<table><thead><tr><th>Droplet</th><th>Memory</th><th>$/hr</th><th>$/mo</th></tr></thead><tbody><tr><td>s-1</td><td>1 GB</td><td>$0.00893</td><td>$6.00</td></tr><tr><td>s-2</td><td>2 GB</td><td>$0.01786</td><td>$12.00</td></tr></tbody></table>`,
    plans: {
      's-1': ['0.00893 USD hour', '6 USD month'],
      's-2': ['0.01786 USD hour', '12 USD month'],
    },
  },
  {
    name: 'mobile copy of the cards that is hidden on a desktop',
    head: `<style>body{font:16px sans-serif}.row{display:flex;gap:20px}.col{flex:1}.big{font-size:36px}.mobile{display:none}</style>`,
    body: `<div class="row"><div class="col"><h3>Ant</h3><div class="big">$3</div><div>monthly</div></div><div class="col"><h3>Bee</h3><div class="big">$13</div><div>monthly</div></div></div>
<div class="mobile"><h3>Ant</h3><div>$4 monthly</div><h3>Bee</h3><div>$14 monthly</div></div>`,
    plans: { Ant: ['3 USD month'], Bee: ['13 USD month'] },
    decoys: [4, 14],
  },
  {
    name: 'first months cheaper, then the full price',
    body: `<div class="row"><div class="col"><h3>Reader</h3><p class="big">$1</p><p>per week for the first year</p><p class="muted">then $5 per week</p></div><div class="col"><h3>Supporter</h3><p class="big">$4</p><p>per week for the first year</p><p class="muted">then $9 per week</p></div></div>`,
    plans: {
      Reader: ['1 USD week', '5 USD week'],
      Supporter: ['4 USD week', '9 USD week'],
    },
  },
  {
    name: 'a single product',
    body: `<nav><a>Home</a> <a>Shop</a></nav><h1>Walnut Desk Lamp</h1><p>4.8 (212 reviews)</p><p><s>$149.00</s> <span class="big">$119.00</span></p><p>In stock. Free shipping over $50.</p><button>Add to cart</button>
<h2>You may also like</h2><div class="row"><div class="col"><h3>Oak Tray</h3><p>$39.00</p></div><div class="col"><h3>Ash Stool</h3><p>$89.00</p></div></div>`,
    plans: {
      'Walnut Desk Lamp': ['119 USD'],
      'Oak Tray': ['39 USD'],
      'Ash Stool': ['89 USD'],
    },
    decoys: [149, 50],
  },
  {
    name: 'names in capitals, terms in brackets, tax notes',
    lang: 'de',
    body: `<h1>Preise</h1><div class="row"><div class="col"><div>START</div><div class="big">0 €</div><div>(für immer kostenlos)</div></div><div class="col"><div>WACHSTUM</div><div class="big">29 €</div><div>pro Nutzer/Monat zzgl. MwSt.</div></div><div class="col"><div>KONZERN</div><div class="big">Individuell</div><div><a href="/k">Kontakt aufnehmen</a></div></div></div>`,
    plans: {
      START: ['0 EUR'],
      WACHSTUM: ['29 EUR month user'],
      KONZERN: 'contact',
    },
  },
  {
    name: 'two groups of plans for two products',
    body: `<section><h2>Mail</h2><div class="row"><div class="col"><h3>Mail Lite</h3><p class="big">$2</p><p>/user/mo</p></div><div class="col"><h3>Mail Pro</h3><p class="big">$6</p><p>/user/mo</p></div></div></section>
<section><h2>Drive</h2><div class="row"><div class="col"><h3>Drive Lite</h3><p class="big">$3</p><p>/user/mo</p></div><div class="col"><h3>Drive Pro</h3><p class="big">$9</p><p>/user/mo</p></div></div></section><section><h2>Need help?</h2><p>Contact us</p></section>`,
    plans: {
      'Mail Lite': ['2 USD month user'],
      'Mail Pro': ['6 USD month user'],
      'Drive Lite': ['3 USD month user'],
      'Drive Pro': ['9 USD month user'],
    },
  },
  {
    name: 'flex order, cents in a span, asterisk',
    body: `<div class="row"><div class="col"><h3>Quiet</h3><div><span>$</span><span class="big">14</span><span>.99</span><span>*</span> <span>/ month</span></div></div><div class="col"><h3>Loud</h3><div><span>$</span><span class="big">24</span><span>.99</span><span>*</span> <span>/ month</span></div></div></div><p>* For the first 12 months, $29.99 after.</p>`,
    plans: { Quiet: ['14.99 USD month'], Loud: ['24.99 USD month'] },
  },
  {
    name: 'a page without a price',
    body: `<h1>We build bridges</h1><p>Since 1999, with 40 people in 3 offices. Call us for pricing.</p><h2>Contact us</h2><p>We won $3M of grants.</p>`,
    plans: {},
    decoys: [3],
  },
  {
    name: 'labels of periods above their amounts',
    body: `<div class="row"><div class="col"><h3>Violin</h3><div>Monthly</div><div class="big">$12</div><div>Yearly</div><div class="big">$120</div></div><div class="col"><h3>Cello</h3><div>Monthly</div><div class="big">$30</div><div>Yearly</div><div class="big">$300</div></div></div>`,
    plans: {
      Violin: ['12 USD month', '120 USD year'],
      Cello: ['30 USD month', '300 USD year'],
    },
  },
  {
    name: 'paragraphs with dashes',
    body: `<h2>Rooms</h2><p>Single room – €80 per night</p><p>Double room – €120 per night</p><p>Voucher -€15</p>`,
    plans: {
      'Single room': ['80 EUR - night'],
      'Double room': ['120 EUR - night'],
    },
    decoys: [15],
  },
];

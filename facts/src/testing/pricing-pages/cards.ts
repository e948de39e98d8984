import type { PricingPage } from './pricing-page';

export const CARD_PAGES: readonly PricingPage[] = [
  {
    name: 'bootstrap cards',
    body: `<nav><a href="/">Acme</a> <a href="/pricing">Pricing</a> <a>Cart $0.00</a></nav>
<h1 class="display-4">Pricing</h1><p class="lead">Quickly build an effective pricing table. Trusted by 12,000 companies.</p>
<div class="row card-deck">
${[
  [
    'Free',
    '$0',
    ['10 users included', '2 GB of storage', 'Email support'],
    'Sign up for free',
  ],
  [
    'Pro',
    '$15',
    ['20 users included', '10 GB of storage', 'Priority email support'],
    'Get started',
  ],
  [
    'Enterprise',
    '$29',
    ['30 users included', '15 GB of storage', 'Phone and email support'],
    'Contact us',
  ],
]
  .map(
    ([name, price, items, cta]) =>
      `<div class="col card"><div class="card-header"><h4>${name}</h4></div><div class="card-body"><h1 class="big">${price} <small class="muted">/ mo</small></h1><ul>${(
        items as string[]
      )
        .map(item => `<li>${item}</li>`)
        .join('')}</ul><button>${cta}</button></div></div>`,
  )
  .join('')}
</div><footer><p>© 2017-2026 Acme</p></footer>`,
    plans: {
      Free: ['0 USD month'],
      Pro: ['15 USD month'],
      Enterprise: ['29 USD month'],
    },
  },
  {
    name: 'grid of bare divs without classes or headings',
    body: `<div>Choose what fits</div><div style="display:grid;grid-template-columns:1fr 1fr 1fr;gap:16px">
<div><div>Seedling</div><div style="font-size:34px">€9</div><div>per month</div><div>3 beds</div><div>1 gardener</div></div>
<div><div>Orchard</div><div style="font-size:34px">€29</div><div>per month</div><div>12 beds</div><div>5 gardeners</div></div>
<div><div>Forest</div><div style="font-size:34px">€119</div><div>per month</div><div>Unlimited beds</div><div>50 gardeners</div></div></div>`,
    plans: {
      Seedling: ['9 EUR month'],
      Orchard: ['29 EUR month'],
      Forest: ['119 EUR month'],
    },
  },
  {
    name: 'split spans, superscript cents and a footnote',
    body: `<h2>Plans</h2><div class="row">
<div class="col"><h3>Light</h3><div><sup>$</sup><span class="big">9</span><sup>99</sup><span>/mo</span></div><p>Per user</p></div>
<div class="col"><h3>Medium</h3><div><sup>$</sup><span class="big">19</span><sup>49</sup><span>/mo</span></div><p>Per user</p></div>
<div class="col"><h3>Heavy</h3><div><sup>$</sup><span class="big">149</span><sup style="font-size:10px">1</sup><span>/mo</span></div><p>Per user</p></div></div>
<p class="muted"><sup>1</sup> Needs a contract of 24 months.</p>`,
    plans: {
      Light: ['9.99 USD month user'],
      Medium: ['19.49 USD month user'],
      Heavy: ['149 USD month user'],
    },
  },
  {
    name: 'screen-reader copies and aria labels',
    body: `<h1>Pricing</h1><div class="row">
<section class="col" aria-label="Basic plan, 12 dollars per month"><h2>Basic</h2><p><span aria-hidden="true" class="big">$12</span><span aria-hidden="true">/month</span><span class="sr-only">12 dollars per month, was $18</span></p></section>
<section class="col"><h2>Plus</h2><p><span aria-hidden="true" class="big">$24</span><span aria-hidden="true">/month</span><span class="sr-only">$24 per month</span></p></section></div>`,
    plans: { Basic: ['12 USD month'], Plus: ['24 USD month'] },
    decoys: [18],
  },
  {
    name: 'monthly and annual both in sight',
    body: `<h1>One tool, two ways to pay</h1><div class="row">
<div class="col"><h3>Team</h3><p><b class="big">$30</b> per user/month</p><p><b>$25</b> per user/month billed annually</p></div>
<div class="col"><h3>Company</h3><p><b class="big">$50</b> per user/month</p><p><b>$42</b> per user/month billed annually</p></div></div>`,
    plans: {
      Team: ['30 USD month user', '25 USD month user'],
      Company: ['50 USD month user', '42 USD month user'],
    },
  },
  {
    name: 'a toggle that shows the annual price',
    head: `<style>body{font:16px sans-serif}.row{display:flex;gap:20px}.col{flex:1}.big{font-size:40px}.m{display:none}</style>`,
    body: `<h1>Pricing</h1><div><button aria-pressed="false">Monthly</button><button aria-pressed="true">Annually</button> <span>Save 20%</span></div>
<div class="row"><div class="col"><h3>Maker</h3><div class="m"><span class="big">$10</span>/mo</div><div><span class="big">$8</span>/mo<div>billed annually ($96)</div></div></div>
<div class="col"><h3>Studio</h3><div class="m"><span class="big">$40</span>/mo</div><div><span class="big">$32</span>/mo<div>billed annually ($384)</div></div></div></div>`,
    plans: { Maker: ['8 USD month'], Studio: ['32 USD month'] },
    decoys: [10, 40],
  },
  {
    name: 'struck-out former prices and savings',
    body: `<h1>Summer sale</h1><p>Save up to $200 today. Over $5M raised.</p><div class="row">
<div class="col"><span class="muted">MOST POPULAR</span><h3>Personal</h3><p><del>$99</del> <ins class="big" style="text-decoration:none">$59</ins> / year</p><p>You save $40</p></div>
<div class="col"><h3>Family</h3><p><span style="text-decoration:line-through">$149</span> <span class="big">$89</span> / year</p><p>Save $60 (40% off)</p></div>
<div class="col"><h3>Lifetime</h3><p><s>$499</s> <span class="big">$299</span> one-time payment</p><p>Was $499</p></div></div>`,
    plans: {
      Personal: ['59 USD year'],
      Family: ['89 USD year'],
      Lifetime: ['299 USD once'],
    },
    decoys: [200, 5, 99, 40, 149, 60, 499],
  },
  {
    name: 'free, from and on request',
    body: `<h1>Start small</h1><div class="row">
<div class="col"><h3>Hobby</h3><div class="big">Free</div><p>For tinkerers</p><a href="/signup">Start building</a></div>
<div class="col"><h3>Startup</h3><div>Starting at</div><div class="big">$1,200</div><p>per year</p><a href="/signup">Buy now</a></div>
<div class="col"><h3>Corporate</h3><div class="big">Custom</div><p>For the rest</p><a href="/sales">Contact sales</a></div></div>
<section><h2>Ready to begin?</h2><a href="/contact">Contact us</a></section>`,
    plans: { Hobby: ['0'], Startup: ['1200 USD year'], Corporate: 'contact' },
  },
  {
    name: 'ids on everything',
    body: `<h1 id="top">Prices</h1><div id="plans" class="row">
<div id="plan-a" class="col"><h3 id="a-name">Alpha</h3><div id="a-price"><span class="big">£5</span> a month</div></div>
<div id="plan-b" class="col"><h3 id="b-name">Beta</h3><div id="b-price"><span class="big">£15</span> a month</div></div>
<div id="plan-c" class="col"><h3 id="c-name">Gamma</h3><div id="c-price"><span class="big">£45</span> a month</div></div></div>`,
    plans: {
      Alpha: ['5 GBP month'],
      Beta: ['15 GBP month'],
      Gamma: ['45 GBP month'],
    },
  },
  {
    name: 'price before the name, badge on top',
    body: `<div class="row">
<div class="col"><p class="big">$7</p><p>per month</p><h4>Sparrow</h4><p>For one person</p></div>
<div class="col"><p class="muted">Best value</p><p class="big">$17</p><p>per month</p><h4>Falcon</h4><p>For five people</p></div>
<div class="col"><p class="big">$70</p><p>per month</p><h4>Eagle</h4><p>For everybody</p></div></div>`,
    plans: {
      Sparrow: ['7 USD month'],
      Falcon: ['17 USD month'],
      Eagle: ['70 USD month'],
    },
  },
  {
    name: 'add-ons and overage inside cards',
    body: `<div class="row">
<div class="col"><h3>Launch</h3><p class="big">$39<small>/mo</small></p><ul><li>5,000 contacts</li><li>$5 per additional 1,000 contacts</li><li>2 seats</li></ul></div>
<div class="col"><h3>Orbit</h3><p class="big">$99<small>/mo</small></p><ul><li>20,000 contacts</li><li>$4 per additional 1,000 contacts</li><li>5 seats</li></ul></div></div>`,
    plans: { Launch: ['39 USD month'], Orbit: ['99 USD month'] },
    decoys: [5, 4],
  },
  {
    name: 'a carousel with a card out of sight',
    body: `<div style="width:620px;overflow:hidden"><div style="display:flex;width:1240px">
${['Red', 'Green', 'Blue', 'Black']
  .map(
    (name, index) =>
      `<div style="width:310px;flex:none"><h3>${name}</h3><p><b class="big">$${
        (index + 1) * 11
      }</b>/month</p></div>`,
  )
  .join('')}</div></div>`,
    plans: { Red: ['11 USD month'], Green: ['22 USD month'] },
    decoys: [33, 44],
  },
  {
    name: 'web components with shadow roots',
    body: `<h1>Plans</h1><div class="row"><plan-card name="Coral" price="21"></plan-card><plan-card name="Reef" price="84"></plan-card></div>
<script>customElements.define('plan-card',class extends HTMLElement{connectedCallback(){const r=this.attachShadow({mode:'open'});
r.innerHTML='<style>.p{font-size:38px}</style><h3>'+this.getAttribute('name')+'</h3><div class="p">$'+this.getAttribute('price')+'</div><div>per seat / month</div>';}})</script>`,
    plans: { Coral: ['21 USD month seat'], Reef: ['84 USD month seat'] },
  },
  {
    name: 'currency sign drawn by the style sheet',
    head: `<style>body{font:16px sans-serif}.row{display:flex;gap:20px}.col{flex:1}.p{font-size:40px}.p::before{content:"$"}</style>`,
    body: `<div class="row"><div class="col"><h3>Mono</h3><span class="p">18</span><span>/month</span></div><div class="col"><h3>Stereo</h3><span class="p">36</span><span>/month</span></div></div>`,
    plans: { Mono: ['18 USD month'], Stereo: ['36 USD month'] },
  },
  {
    name: 'cards in two rows, with an enterprise banner below',
    body: `<h1>Simple pricing</h1><section><div class="row">
<div class="col"><h3>Solo</h3><p class="big">$9</p><p>/user/month</p></div><div class="col"><h3>Duo</h3><p class="big">$19</p><p>/user/month</p></div></div>
<div class="row"><div class="col"><h3>Trio</h3><p class="big">$29</p><p>/user/month</p></div><div class="col"><h3>Quartet</h3><p class="big">$39</p><p>/user/month</p></div></div>
<div class="banner"><h3>Enterprise</h3><p>Everything for big orchestras.</p><a href="/c">Contact us</a></div></section>`,
    plans: {
      Solo: ['9 USD month user'],
      Duo: ['19 USD month user'],
      Trio: ['29 USD month user'],
      Quartet: ['39 USD month user'],
      Enterprise: 'contact',
    },
  },
  {
    name: 'numbers that are no prices',
    body: `<h1>Version 3.2 is out</h1><p>We raised $5M in 2024. Customers saved $1,200 per month on average. 99.9% uptime, 4.8 stars.</p>
<div class="row"><div class="col"><h3>Nano</h3><p class="big">$6</p><p>per month</p></div><div class="col"><h3>Mega</h3><p class="big">$60</p><p>per month</p></div></div>
<blockquote>“It paid back $80,000 within a year.” <cite>Ana, CFO</cite></blockquote>
<p>Your cart: Subtotal $34.00. Free shipping on orders over $50. Get $300 in free credits. 20 % off with code SAVE20.</p>
<p>Processing more than $2 billion a year. Insured up to $1,000,000. Series B of $25 million.</p>`,
    plans: { Nano: ['6 USD month'], Mega: ['60 USD month'] },
    decoys: [5, 1200, 80000, 34, 50, 300, 2, 1000000, 25],
  },
  {
    name: 'ranges, thousands and a K',
    body: `<div class="row"><div class="col"><h3>Workshop</h3><p class="big">$1,250.00</p><p>once</p></div>
<div class="col"><h3>Retainer</h3><p class="big">$2.5k<small>/mo</small></p></div>
<div class="col"><h3>Programme</h3><p class="big">US$12,000</p><p>per year</p></div></div>`,
    plans: {
      Workshop: ['1250 USD once'],
      Retainer: ['2500 USD month'],
      Programme: ['12000 USD year'],
    },
  },
];

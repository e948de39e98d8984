import type { PricingPage } from './pricing-page';

export const TABLE_AND_LIST_PAGES: readonly PricingPage[] = [
  {
    name: 'table with a column for each plan',
    body: `<h1>Compare</h1><table><thead><tr><th></th><th>Bronze</th><th>Silver</th><th>Gold</th></tr></thead><tbody>
<tr><td>Price</td><td>$10/mo</td><td>$20/mo</td><td>$40/mo</td></tr>
<tr><td>Storage</td><td>10 GB</td><td>100 GB</td><td>1 TB</td></tr>
<tr><td>Support</td><td>Email</td><td>Chat</td><td>Phone</td></tr></tbody></table>`,
    plans: {
      Bronze: ['10 USD month'],
      Silver: ['20 USD month'],
      Gold: ['40 USD month'],
    },
  },
  {
    name: 'table with a row for each plan and two periods',
    body: `<table><caption>Plans</caption><tr><th>Plan</th><th>Users</th><th>Monthly</th><th>Yearly</th></tr>
<tr><td>Small</td><td>5</td><td>$25</td><td>$250</td></tr><tr><td>Medium</td><td>25</td><td>$100</td><td>$1,000</td></tr><tr><td>Large</td><td>100</td><td>$300</td><td>$3,000</td></tr></table>`,
    plans: {
      Small: ['25 USD month', '250 USD year'],
      Medium: ['100 USD month', '1000 USD year'],
      Large: ['300 USD month', '3000 USD year'],
    },
  },
  {
    name: 'table with periods as rows and plans as columns',
    body: `<table><tr><th>Billing</th><th>Starter</th><th>Growth</th><th>Enterprise</th></tr>
<tr><th>Monthly price</th><td>£12</td><td>£48</td><td>Contact us</td></tr>
<tr><th>Annual price</th><td>£120</td><td>£480</td><td>Contact us</td></tr>
<tr><th>Projects</th><td>3</td><td>30</td><td>Unlimited</td></tr></table>`,
    plans: {
      Starter: ['12 GBP month', '120 GBP year'],
      Growth: ['48 GBP month', '480 GBP year'],
      Enterprise: 'contact',
    },
  },
  {
    name: 'definition list',
    body: `<h2>What it costs</h2><dl><dt>Day pass</dt><dd>€15 per day</dd><dt>Flex desk</dt><dd>€180 per month</dd><dt>Fixed desk</dt><dd>€290 per month</dd></dl>`,
    plans: {
      'Day pass': ['15 EUR day'],
      'Flex desk': ['180 EUR month'],
      'Fixed desk': ['290 EUR month'],
    },
  },
  {
    name: 'plain list with names and prices on one line',
    body: `<h2>Membership</h2><ul><li>Student: $5/month</li><li>Individual: $10/month</li><li>Household: $18/month</li></ul>`,
    plans: {
      Student: ['5 USD month'],
      Individual: ['10 USD month'],
      Household: ['18 USD month'],
    },
  },
  {
    name: 'flat sequence of headings and paragraphs',
    body: `<h1>Our rates</h1><h3>Consulting</h3><p>$150 per hour</p><p>We sit down with you.</p><h3>Audit</h3><p>$2,400 one-time</p><p>A report in two weeks.</p><h3>Support</h3><p>$400 per month</p><p>Answers within a day.</p>`,
    plans: {
      Consulting: ['150 USD hour'],
      Audit: ['2400 USD once'],
      Support: ['400 USD month'],
    },
  },
  {
    name: 'grid filled row by row',
    body: `<div style="display:grid;grid-template-columns:repeat(3,200px);gap:12px"><b>Copper</b><b>Nickel</b><b>Cobalt</b><span>$3</span><span>$6</span><span>$12</span><span>per month</span><span>per month</span><span>per month</span><span>1 user</span><span>3 users</span><span>9 users</span></div>`,
    plans: {
      Copper: ['3 USD month'],
      Nickel: ['6 USD month'],
      Cobalt: ['12 USD month'],
    },
  },
  {
    name: 'accordion of open details',
    body: `<details open><summary>Sprint</summary><p><b>$900</b> per week</p></details><details open><summary>Marathon</summary><p><b>$3,200</b> per month</p></details><details><summary>Hidden league</summary><p><b>$1</b> per month</p></details>`,
    plans: { Sprint: ['900 USD week'], Marathon: ['3200 USD month'] },
    decoys: [1],
  },
  {
    name: 'tabs with a hidden panel',
    body: `<div role="tablist"><button aria-selected="true">Cloud</button><button aria-selected="false">Server</button></div>
<div role="tabpanel"><div class="row"><div class="col"><h3>Cloud S</h3><p class="big">$8</p><p>per month</p></div><div class="col"><h3>Cloud L</h3><p class="big">$80</p><p>per month</p></div></div></div>
<div role="tabpanel" hidden><div class="row"><div class="col"><h3>Server S</h3><p class="big">$500</p><p>per year</p></div></div></div>`,
    plans: { 'Cloud S': ['8 USD month'], 'Cloud L': ['80 USD month'] },
    decoys: [500],
  },
  {
    name: 'per seat and flat beside each other',
    body: `<div class="row"><article class="col"><header><h2>Seats</h2></header><div class="big">$8</div><div>per editor per month</div></article><article class="col"><header><h2>Flat</h2></header><div class="big">$499</div><div>per month, unlimited editors</div></article></div>`,
    plans: { Seats: ['8 USD month editor'], Flat: ['499 USD month'] },
  },
];

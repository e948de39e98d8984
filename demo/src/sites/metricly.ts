import { each, html, raw } from '../html';
import { said, type Page, type Site, type Version } from '../site';

/** Prices that a script draws after load, in pounds, with limits, a trial and a comparison table. */

interface Plan {
  name: string;
  /** In pounds a month; absent: "Custom". */
  price?: number;
  from?: boolean;
  events: string;
  seats: string;
  retention: string;
  cta: string;
}

function plans(version: Version): readonly Plan[] {
  const all: Plan[] = [
    {
      name: 'Hobby',
      price: 0,
      events: '10,000 events / month',
      seats: '1 user',
      retention: '7 days',
      cta: 'Get started',
    },
    {
      name: 'Growth',
      price: said(version, { 1: 49, 2: 59 }),
      events: '500,000 events / month',
      seats: '5 users',
      retention: '12 months',
      cta: 'Start free trial',
    },
    {
      name: said(version, { 1: 'Scale', 2: 'Pro' }),
      price: said(version, { 1: 499, 4: 549 }),
      from: true,
      events: '20 million events / month',
      seats: 'Unlimited users',
      retention: '36 months',
      cta: 'Start free trial',
    },
    {
      name: 'Enterprise',
      events: 'Unlimited events',
      seats: 'Unlimited users',
      retention: 'Custom retention',
      cta: 'Contact sales',
    },
  ];
  if (version > 1)
    all.splice(1, 0, {
      name: 'Solo',
      price: said(version, { 1: 19, 3: 15 }),
      events: '100,000 events / month',
      seats: '1 user',
      retention: '3 months',
      cta: 'Start free trial',
    });
  return all;
}

const DRAW = `
fetch('/api/plans.json').then(answer=>answer.json()).then(({plans})=>setTimeout(()=>{
const box=document.getElementById('plans');box.replaceChildren(...plans.map(plan=>{
const el=(tag,cls,text)=>{const node=document.createElement(tag);if(cls)node.className=cls;if(text!==undefined)node.textContent=text;return node;};
const card=el('div','col');card.append(el('div','name',plan.name));
const price=el('div','price');
if(plan.price===undefined)price.append(el('span','big','Custom'));
else{if(plan.from)price.append(el('span','small','From '));price.append(el('sup','',  '£'),el('span','big',String(plan.price)),el('span','small','/mo'));}
card.append(price);for(const line of [plan.events,plan.seats,plan.retention])card.append(el('div','line',line));
const link=el('a','button',plan.cta);link.href='/signup';card.append(link);return card;}));
box.removeAttribute('aria-busy');},300));`;

const COMPARISON: readonly (readonly [string, readonly string[]])[] = [
  ['Funnels', ['–', '✓', '✓', '✓']],
  ['Cohorts', ['–', '✓', '✓', '✓']],
  ['Raw export', ['–', '–', '✓', '✓']],
  ['On-premises', ['–', '–', '–', '✓']],
];

function comparison(version: Version) {
  const shown = plans(version).filter(plan => plan.name !== 'Solo');
  const rows =
    version === 1
      ? COMPARISON
      : COMPARISON.filter(([feature]) => feature !== 'Cohorts');
  return html`<table>
    <thead>
      <tr>
        <th>Compare plans</th>
        ${each(shown, plan => html`<th>${plan.name}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${each(
        rows,
        ([feature, cells]) => html`<tr>
          <th scope="row">${feature}</th>
          ${each(cells, cell => html`<td>${cell}</td>`)}
        </tr>`,
      )}
    </tbody>
  </table>`;
}

function pricing(version: Version): Page {
  return {
    title: 'Pricing · Metricly',
    description: 'Analytics that is paid by the event.',
    body: html`<section class="hero center">
        <div class="wrap">
          <h1>Pay for what you measure</h1>
          <p class="lead">
            Try any paid plan free for 30 days. Cancel whenever you like.
          </p>
        </div>
      </section>
      <section class="plans">
        <div class="wrap">
          <div id="plans" class="cols" aria-busy="true">
            <p>Loading plans…</p>
          </div>
          <p class="fine">
            Need more? Additional events cost
            £${said(version, { 1: '0.20', 3: '0.25' })} per 1,000 events. Prices
            exclude VAT.
          </p>
        </div>
      </section>
      <section class="tint">
        <div class="wrap scroll">${comparison(version)}</div>
      </section>
      <section>
        <div class="wrap">
          <h2>What a good number is worth</h2>
          <blockquote>
            Metricly found a £250,000 leak in our checkout in its first week.
            <footer>Dana Okafor, Larkspur Outdoors</footer>
          </blockquote>
        </div>
      </section>`,
    script: DRAW,
  };
}

function home(version: Version): Page {
  return {
    title: 'Metricly · Analytics without the guessing',
    description: 'Product analytics.',
    body: html`<section class="hero center">
        <div class="wrap">
          <p class="eyebrow">Series B: we raised $25M</p>
          <h1>
            ${said(version, {
              1: 'Analytics without the guessing',
              2: 'Ask your product what it needs',
            })}
          </h1>
          <p class="lead">Funnels, cohorts and alerts from one line of code.</p>
          <div class="actions">
            <a class="button" href="/signup">Start free trial</a>
            <a class="button quiet" href="/demo">Book a demo</a>
          </div>
        </div>
      </section>
      <section>
        <div class="wrap">
          <div class="chart" role="img" aria-label="A rising chart">
            ${each([18, 26, 22, 35, 41, 38, 52, 60, 57, 71, 84, 96], height =>
              raw(`<i style="height:${height}%"></i>`),
            )}
          </div>
        </div>
      </section>`,
  };
}

function demo(): Page {
  return {
    title: 'Book a demo · Metricly',
    description: 'Half an hour with a person.',
    body: html`<section class="hero center">
      <div class="wrap">
        <h1>Half an hour with a person</h1>
        <p class="lead">
          Write to
          <a href="mailto:hello@metricly.example">hello@metricly.example</a>.
        </p>
      </div>
    </section>`,
  };
}

export const metricly: Site = {
  id: 'metricly',
  name: 'Metricly',
  tagline: 'Product analytics. Prices in pounds, drawn by a script after load.',
  logo: raw(
    '<svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="9" fill="#7c3aed"/><path d="M8 23v-5M14 23V12M20 23v-8M26 23V8" stroke="#fff" stroke-width="3" stroke-linecap="round"/></svg>',
  ),
  theme: {
    accent: '#8b5cf6',
    accentText: '#ffffff',
    ink: '#f1effa',
    muted: '#aaa3c4',
    paper: '#131022',
    card: '#1c1830',
    line: '#322c4d',
    hero: 'radial-gradient(900px 460px at 70% -20%,#4c1d95aa,transparent),#131022',
    font: "ui-sans-serif,system-ui,'Open Sans','Noto Sans',sans-serif",
    radius: '12px',
  },
  nav: [
    { label: 'Pricing', path: '/pricing' },
    { label: 'Demo', path: '/demo' },
  ],
  navCta: 'Start free trial',
  css: `
section.plans{padding-top:0}
.cols{display:flex;gap:18px;min-height:330px;align-items:stretch}
.cols>p{margin:auto;color:var(--muted)}
.col{flex:1;background:var(--card);border:1px solid var(--line);border-radius:18px;padding:28px 24px;display:flex;flex-direction:column;gap:6px}
.col .name{font-weight:650;font-size:18px;color:#c4b5fd}
.col .price{min-height:66px;white-space:nowrap}
.col .big{font-size:40px;font-weight:750;letter-spacing:-.03em}
.col sup{font-size:20px}
.col .small{color:var(--muted)}
.col .line{padding:7px 0;border-top:1px solid var(--line);font-size:15px}
.col .button{margin-top:auto;text-align:center}
.fine{color:var(--muted);text-align:center;margin-top:28px;font-size:14px}
.chart{display:flex;align-items:flex-end;gap:12px;height:260px;padding:26px;background:var(--card);border:1px solid var(--line);border-radius:20px}
.chart i{flex:1;background:linear-gradient(180deg,#a78bfa,#6d28d9);border-radius:8px 8px 0 0}
@media(max-width:860px){.cols{flex-direction:column}}
`,
  pages: { '/': home, '/pricing': pricing, '/demo': demo },
  data: { '/api/plans.json': version => ({ plans: plans(version) }) },
};

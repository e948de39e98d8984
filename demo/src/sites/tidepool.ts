import { each, html, raw } from '../html';
import { said, type Page, type Site, type Version } from '../site';

/** Cards with a monthly/annual switch, a struck-out former price, an enterprise plan on request, and four hidden decoys. */

interface Plan {
  name: string;
  blurb: string;
  monthly?: number;
  annual?: number;
  former?: number;
  features: readonly string[];
  cta: string;
  popular?: boolean;
}

const FREE: Plan = {
  name: 'Free',
  blurb: 'For people who want to get their thoughts in order.',
  monthly: 0,
  annual: 0,
  features: ['3 shared boards', '1 GB of storage', 'Community support'],
  cta: 'Start for free',
};

const ENTERPRISE: Plan = {
  name: 'Enterprise',
  blurb: 'For companies with their own rules.',
  features: ['SAML single sign-on', 'Audit log', 'A named contact'],
  cta: 'Contact us',
};

function plans(version: Version): readonly Plan[] {
  const starter: Plan = {
    name: 'Starter',
    blurb: 'For small teams that plan together.',
    monthly: said(version, { 1: 12, 3: 15 }),
    annual: said(version, { 1: 10, 3: 12 }),
    features: ['Unlimited boards', '50 GB of storage', 'Guest access'],
    cta: 'Choose Starter',
  };
  const name = said(version, { 1: 'Team', 2: 'Business' });
  const team: Plan = {
    name,
    blurb: 'For departments that ship every week.',
    monthly: said(version, { 1: 24, 2: 29, 4: 32 }),
    annual: said(version, { 1: 20, 2: 24, 4: 27 }),
    former: version === 1 ? 29 : undefined,
    features: said(version, {
      1: ['Everything in Starter', 'Timeline view', 'Priority support'],
      2: ['Everything in Starter', 'Priority support'],
    }),
    cta: `Choose ${name}`,
    popular: true,
  };
  const scale: Plan = {
    name: 'Scale',
    blurb: 'For many departments under one roof.',
    monthly: 49,
    annual: 41,
    features: ['Everything in Business', 'Portfolio view', 'Data residency'],
    cta: 'Choose Scale',
  };
  const paid = said<readonly Plan[]>(version, {
    1: [team],
    2: [team, scale],
    4: [team],
  });
  return [FREE, starter, ...paid, ENTERPRISE];
}

function price(plan: Plan) {
  if (plan.monthly === undefined) {
    return html`<p class="amount"><span class="word">Let’s talk</span></p>
      <p class="terms">A price for your company</p>`;
  }
  const per = plan.monthly === 0 ? 'Free for ever' : 'per seat, billed monthly';
  return html`<p class="amount monthly">
      ${plan.former !== undefined &&
      html`<s class="former">$${plan.former}</s>`}
      <span class="currency">$</span><span class="digits">${plan.monthly}</span
      ><span class="unit">/month</span>
    </p>
    <p class="terms monthly">${per}</p>
    <p class="amount annual">
      <span class="currency">$</span><span class="digits">${plan.annual}</span
      ><span class="unit">/month</span>
    </p>
    <p class="terms annual">
      ${plan.monthly === 0 ? 'Free for ever' : 'per seat, billed annually'}
    </p>`;
}

function card(plan: Plan) {
  return html`<article class="plan ${plan.popular ? 'popular' : ''}">
    ${plan.popular && html`<span class="flag">Most popular</span>`}
    <h3>${plan.name}</h3>
    <p class="blurb">${plan.blurb}</p>
    ${price(plan)}
    <a class="button ${plan.popular ? '' : 'quiet'}" href="/signup"
      >${plan.cta}</a
    >
    <ul>
      ${each(plan.features, feature => html`<li>${feature}</li>`)}
    </ul>
  </article>`;
}

/** Numbers that no visitor sees. A report that prints one of them is wrong. */
const DECOYS = raw(`
<div style="display:none">Secret plan $1 per month</div>
<p style="color:#fff;background:#fff;margin:0;font-size:12px">Shadow plan $2/month</p>
<div style="position:absolute;left:-9999px;top:0">Ghost plan $3/month</div>
<!-- Legacy plan $4/month -->
`);

function pricing(version: Version): Page {
  const shown = plans(version);
  return {
    title: 'Pricing — Tidepool',
    description: 'Simple prices for teams of every size.',
    body: html`<section class="hero center">
        <div class="wrap">
          <p class="eyebrow">Pricing</p>
          <h1>Plans that rise with your team</h1>
          <p class="lead">
            Start for free. Pay for the people who work in Tidepool, not for
            those who look in.
          </p>
          <div class="switch" role="group" aria-label="Billing period">
            <button type="button" data-period="monthly" aria-pressed="true">
              Monthly
            </button>
            <button type="button" data-period="annual" aria-pressed="false">
              Annual <em>save 17 %</em>
            </button>
          </div>
        </div>
      </section>
      <section class="plans">
        <div class="wrap">
          <div class="cards count-${shown.length}">${each(shown, card)}</div>
          ${DECOYS}
          <p class="note">
            Every paid plan starts with a 14-day free trial. No credit card
            required.
          </p>
        </div>
      </section>
      <section class="tint">
        <div class="wrap">
          <h2>What teams say</h2>
          <div class="grid three">
            <blockquote>
              Tidepool saved us $40,000 in its first year.
              <footer>Mara Lind, Fjordline Robotics</footer>
            </blockquote>
            <blockquote>
              We cut our status meetings by 60 % in one quarter.
              <footer>Jonas Abel, Northwind Bakeries</footer>
            </blockquote>
            <blockquote>
              The first tool that 1,200 people here opened twice.
              <footer>Ines Duarte, Atlas Freight</footer>
            </blockquote>
          </div>
        </div>
      </section>
      <section>
        <div class="wrap">
          <h2>Questions</h2>
          <details open>
            <summary>Can we change the plan later?</summary>
            <p>Yes, at any time. The change counts from the next invoice.</p>
          </details>
          <details>
            <summary>Is there a discount for schools?</summary>
            <p>Schools and non-profits get 50 % off any plan.</p>
          </details>
        </div>
      </section>`,
    script: `
const root=document.documentElement;root.dataset.period='monthly';
for(const button of document.querySelectorAll('[data-period]')){if(button.tagName!=='BUTTON')continue;
button.addEventListener('click',()=>{root.dataset.period=button.dataset.period;
for(const other of document.querySelectorAll('button[data-period]'))other.setAttribute('aria-pressed',String(other===button));});}`,
  };
}

function home(version: Version): Page {
  return {
    title: 'Tidepool — planning that people open twice',
    description: 'Boards, timelines and notes for teams.',
    body: html`<section class="hero center">
        <div class="wrap">
          <p class="eyebrow">
            Version ${said(version, { 1: '4.2', 2: '5.0', 3: '5.1' })} is here
          </p>
          <h1>
            ${said(version, {
              1: 'Planning that people open twice',
              2: 'One plan that the whole company reads',
              4: 'The plan that keeps itself up to date',
            })}
          </h1>
          <p class="lead">
            Boards, notes and timelines in one quiet place, for teams that would
            rather ship than report.
          </p>
          <div class="actions">
            <a class="button" href="/signup">Start for free</a>
            <a class="button quiet" href="/pricing">See pricing</a>
          </div>
        </div>
      </section>
      <section>
        <div class="wrap grid three">
          ${each(
            [
              ['Boards', 'Cards, owners and dates, without a manual.'],
              ['Notes', 'Write once, and link it to the work it is about.'],
              ['Reports', 'What moved this week, made from the work itself.'],
            ],
            ([title, text]) => html`<div class="tile">
              <div class="icon">◆</div>
              <h3>${title}</h3>
              <p>${text}</p>
            </div>`,
          )}
        </div>
      </section>
      <section class="tint">
        <div class="wrap">
          <h2>Trusted by 4,300 teams since 2019</h2>
          <p class="lead">
            Tidepool raised $12M in 2024 and is used in 31 countries.
          </p>
        </div>
      </section>`,
  };
}

function features(version: Version): Page {
  const rows: (readonly [string, string])[] = [
    ['Boards', 'Any number of columns, owners and due dates'],
    ['Guest access', 'Invite clients without paying for them'],
    ['Priority support', 'An answer within four working hours'],
  ];
  if (version === 1) rows.push(['Timeline view', 'Dependencies over months']);
  return {
    title: 'Features — Tidepool',
    description: 'What Tidepool does.',
    body: html`<section class="hero">
        <div class="wrap">
          <h1>Everything a plan needs</h1>
          <p class="lead">And nothing that it does not.</p>
        </div>
      </section>
      <section>
        <div class="wrap grid three">
          ${each(
            rows,
            ([title, text]) => html`<div class="tile">
              <h3>${title}</h3>
              <p>${text}</p>
            </div>`,
          )}
        </div>
      </section>`,
  };
}

export const tidepool: Site = {
  id: 'tidepool',
  name: 'Tidepool',
  tagline: 'Planning for teams. Cards, a monthly/annual switch, hidden decoys.',
  logo: raw(
    '<svg viewBox="0 0 32 32" aria-hidden="true"><circle cx="16" cy="16" r="15" fill="#0f766e"/><path d="M4 19c4-4 8-4 12 0s8 4 12 0" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round"/><path d="M6 13c3-3 7-3 10 0s7 3 10 0" fill="none" stroke="#99f6e4" stroke-width="2.2" stroke-linecap="round"/></svg>',
  ),
  theme: {
    accent: '#0f766e',
    accentText: '#ffffff',
    ink: '#10302d',
    muted: '#4c6663',
    paper: '#ffffff',
    card: '#f5faf9',
    line: '#d8e6e3',
    hero: 'radial-gradient(1000px 420px at 50% -10%,#ccfbf1,#ffffff)',
    font: "ui-sans-serif,system-ui,'Open Sans','Noto Sans',sans-serif",
    radius: '10px',
  },
  nav: [
    { label: 'Features', path: '/features' },
    { label: 'Pricing', path: '/pricing' },
  ],
  navCta: 'Start for free',
  css: `
.switch{display:inline-flex;padding:5px;background:#e6f4f1;border-radius:999px;gap:4px}
.switch button{border:0;background:none;padding:9px 18px;border-radius:999px;font:inherit;font-size:14px;font-weight:600;color:var(--muted);cursor:pointer}
.switch button[aria-pressed=true]{background:#fff;color:var(--ink);box-shadow:0 1px 3px #0002}
.switch em{font-style:normal;color:var(--accent)}
section.plans{padding-top:0}
.cards{display:grid;gap:20px;align-items:stretch;grid-template-columns:repeat(4,1fr)}
.cards.count-5{grid-template-columns:repeat(5,1fr);gap:14px}
.plan{position:relative;display:flex;flex-direction:column;background:#fff;border:1px solid var(--line);border-radius:18px;padding:28px 24px;box-shadow:0 10px 30px #0f766e0d}
.plan.popular{border:2px solid var(--accent)}
.flag{position:absolute;top:-13px;left:24px;background:var(--accent);color:#fff;font-size:12px;font-weight:700;border-radius:999px;padding:3px 12px}
.blurb{color:var(--muted);font-size:14px;min-height:68px;margin:0 0 12px}
.amount{margin:0;display:flex;align-items:baseline;gap:2px;min-height:56px}
.amount .digits{font-size:44px;font-weight:750;letter-spacing:-.03em;line-height:1}
.amount .currency{font-size:24px;font-weight:650}
.amount .word{font-size:30px;font-weight:700}
.amount .unit{color:var(--muted);margin-left:4px}
.amount .former{color:#94a3a0;margin-right:8px;font-size:20px}
.terms{margin:2px 0 18px;font-size:13px;color:var(--muted)}
.plan ul{list-style:none;padding:0;margin:22px 0 0;font-size:15px}
.plan li{padding:5px 0 5px 24px;position:relative}
.plan li::before{content:'✓';position:absolute;left:0;color:var(--accent);font-weight:700}
.plan .button{text-align:center}
.note{text-align:center;color:var(--muted);margin:30px 0 0}
html:not([data-period=annual]) .annual{display:none}
html[data-period=annual] .monthly{display:none}
@media(max-width:860px){.cards,.cards.count-5{grid-template-columns:1fr}}
`,
  pages: { '/': home, '/pricing': pricing, '/features': features },
};

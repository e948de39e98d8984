import { each, html, raw } from '../html';
import { said, type Page, type Site, type Version } from '../site';
import { metricly } from './metricly';

/**
 * Pages of the kinds that a newcomer should see read right: prices behind a switch, ranges, a table that another host serves, and a consent
 * layer over all of it.
 */

const cols = (
  cards: readonly { name: string; price: string; terms: string }[],
) => html`<div class="cols">
  ${each(
    cards,
    ({ name, price, terms }) => html`<div class="col">
      <div class="name">${name}</div>
      <div class="price"><span class="big">${price}</span></div>
      <div class="line">${terms}</div>
    </div>`,
  )}
</div>`;

const hero = (title: string, lead: string) => html`<section class="hero center">
  <div class="wrap">
    <h1>${title}</h1>
    <p class="lead">${lead}</p>
  </div>
</section>`;

/** A switch between two words; the yearly amounts are not in the page before it is pressed. */
export function teams(version: Version): Page {
  const studio = said(version, {
    1: { month: '£15', year: '£150' },
    4: { month: '£18', year: '£180' },
  });
  return {
    title: 'Metricly for teams',
    description: 'Prices for teams, by the month or by the year.',
    body: html`${hero('Metricly for teams', 'By the month, or by the year.')}
      <section class="plans">
        <div class="wrap">
          <p class="fine">
            <span>Monthly</span>
            <button
              type="button"
              id="yearly"
              role="switch"
              aria-checked="false"
              aria-label="Pay yearly"
              style="width:48px;height:26px"
            ></button>
            <span>Yearly</span>
          </p>
          ${cols([
            { name: 'Studio', price: studio.month, terms: 'per month' },
            { name: 'Agency', price: '£80', terms: 'per month' },
          ])}
        </div>
      </section>`,
    script: `
const button=document.getElementById('yearly');const shown={false:[['${studio.month}','per month'],['£80','per month']],true:[['${studio.year}','per year'],['£800','per year']]};
button.addEventListener('click',()=>{const on=button.getAttribute('aria-checked')!=='true';button.setAttribute('aria-checked',String(on));
document.querySelectorAll('.col').forEach((card,at)=>{card.querySelector('.big').textContent=shown[on][at][0];card.querySelector('.line').textContent=shown[on][at][1];});});`,
  };
}

/** What a piece of work costs, from and up to. */
export function services(): Page {
  return {
    title: 'Services · Metricly',
    description: 'What our people do for you, and what it costs.',
    body: html`${hero('Services', 'Our people set it up with you.')}
      <section class="plans">
        <div class="wrap">
          ${cols([
            { name: 'Tracking plan', price: '£800 – £2,400', terms: 'once' },
            { name: 'Migration', price: '£3,500 – £9,000', terms: 'once' },
            { name: 'Analyst', price: '£90–140', terms: 'per hour' },
          ])}
        </div>
      </section>`,
  };
}

/** The table stands in a frame of another host, whose name the page only finds out by itself. */
export function partners(): Page {
  return {
    title: 'For partners · Metricly',
    description: 'Prices for those who sell Metricly on.',
    body: html`${hero('For partners', 'Our shop keeps these prices.')}
      <section class="plans">
        <div class="wrap">
          <iframe
            id="table"
            title="Prices for partners"
            style="width:100%;height:420px;border:0"
          ></iframe>
        </div>
      </section>`,
    script: `document.getElementById('table').src='//metricly-shop.localhost'+(location.port?':'+location.port:'')+'/table';`,
  };
}

const ASKS =
  'We use cookies to improve your experience on our website and to show you advertising.';

/** A layer over the page asks for leave to keep cookies; it goes when it is answered, and nothing is kept. */
export function agencies(): Page {
  return {
    title: 'For agencies · Metricly',
    description: 'Prices for those who look after many sites.',
    body: html`${hero('For agencies', 'One account for all of your clients.')}
      <section class="plans">
        <div class="wrap">
          ${cols([
            { name: 'Ten clients', price: '£45', terms: 'per month' },
            { name: 'Fifty clients', price: '£120', terms: 'per month' },
          ])}
        </div>
      </section>
      <div
        id="cookies"
        role="dialog"
        aria-label="Cookies"
        style="position:fixed;left:0;right:0;bottom:0;z-index:9;background:#fff;color:#1d1a2e;padding:26px 28px;box-shadow:0 -8px 40px #0008"
      >
        <p style="margin:0 0 14px;max-width:70ch">${ASKS}</p>
        <button type="button" class="button" data-cookies>
          Accept all cookies
        </button>
        <button
          type="button"
          class="button quiet"
          style="color:#1d1a2e"
          data-cookies
        >
          Reject all
        </button>
      </div>`,
    script: `
for(const button of document.querySelectorAll('[data-cookies]'))button.addEventListener('click',()=>document.getElementById('cookies').remove());`,
  };
}

function table(): Page {
  return {
    title: 'Prices for partners',
    description: 'A table that other pages show.',
    body: html`<section class="plans">
      <div class="wrap">
        ${cols([
          { name: 'Silver', price: '£30', terms: 'per month' },
          { name: 'Gold', price: '£75', terms: 'per month' },
        ])}
      </div>
    </section>`,
  };
}

/** The host that serves the table to pages of others; no competitor of its own. */
export const metriclyShop: Site = {
  ...metricly,
  id: 'metricly-shop',
  company: 'metricly',
  nav: [],
  logo: raw(''),
  pages: { '/table': table },
  data: {},
};

export const MORE_PAGES: Site['pages'] = {
  '/teams': teams,
  '/services': services,
  '/partners': partners,
  '/agencies': agencies,
};

import { each, html, raw } from '../html';
import { said, type Page, type Site, type Version } from '../site';

/** A table of servers in euros with comma decimals, "from" prices, flat and per-seat add-ons, and the same in German. */

interface Server {
  name: string;
  cpu: string;
  memory: string;
  disk: string;
  price: string;
}

function servers(version: Version): readonly Server[] {
  const all: Server[] = [
    {
      name: said(version, { 1: 'Dinghy', 2: 'Skiff' }),
      cpu: '1 vCPU',
      memory: '2 GB',
      disk: '20 GB',
      price: said(version, { 1: '4,90', 4: '5,40' }),
    },
    {
      name: 'Sloop',
      cpu: '2 vCPU',
      memory: '4 GB',
      disk: '80 GB',
      price: said(version, { 1: '12,50', 2: '13,90' }),
    },
    {
      name: 'Frigate',
      cpu: '8 vCPU',
      memory: '32 GB',
      disk: '320 GB',
      price: said(version, { 1: '64,00', 3: '59,00' }),
    },
  ];
  if (said(version, { 1: false, 2: true, 4: false }))
    all.push({
      name: 'Galleon',
      cpu: '32 vCPU',
      memory: '128 GB',
      disk: '2 TB',
      price: '1.290,00',
    });
  return all;
}

function addOns(version: Version) {
  return html`<section class="tint">
    <div class="wrap">
      <h2>Around your servers</h2>
      <div class="grid three addons">
        <div class="tile">
          <h3>Managed Database</h3>
          <p class="cost">from <b>€ 19,90</b> per month</p>
          <p>PostgreSQL with a standby in another city.</p>
        </div>
        <div class="tile">
          <h3>Harbor Desk</h3>
          <p class="cost">
            <b>€ ${said(version, { 1: '7,50', 3: '8,00' })}</b> per seat / month
          </p>
          <p>Tickets and on-call for your own team.</p>
        </div>
        <div class="tile">
          <h3>Private Cloud</h3>
          <p class="cost"><b>On request</b></p>
          <p>Your own racks in our halls, run by us.</p>
          <p><a href="/contact">Talk to sales</a></p>
        </div>
      </div>
    </div>
  </section>`;
}

function pricing(version: Version): Page {
  return {
    title: 'Pricing | Cloudharbor',
    description: 'European servers with one price a month.',
    body: html`<section class="hero">
        <div class="wrap">
          <p class="eyebrow">Prices</p>
          <h1>One price a month. No tide tables.</h1>
          <p class="lead">
            Every server bills by the month and stops when you stop it. Prices
            are in euros, without VAT.
          </p>
        </div>
      </section>
      <section>
        <div class="wrap">
          <h2>Servers</h2>
          <div class="scroll">
            <table class="servers">
              <thead>
                <tr>
                  <th>Server</th>
                  <th>Processor</th>
                  <th>Memory</th>
                  <th>Disk</th>
                  <th>Traffic</th>
                  <th>Price per month</th>
                  <th></th>
                </tr>
              </thead>
              <tbody>
                ${each(
                  servers(version),
                  server => html`<tr>
                    <th scope="row">${server.name}</th>
                    <td>${server.cpu}</td>
                    <td>${server.memory}</td>
                    <td>${server.disk}</td>
                    <td>20 TB included</td>
                    <td class="price">€ ${server.price}</td>
                    <td><a class="button quiet" href="/signup">Deploy</a></td>
                  </tr>`,
                )}
              </tbody>
            </table>
          </div>
        </div>
      </section>
      ${addOns(version)}
      <section>
        <div class="wrap">
          <h2>Included with every server</h2>
          <ul class="plain">
            <li>Daily backups</li>
            <li>IPv4 and IPv6</li>
            ${version === 1 && html`<li>Free domain name</li>`}
            <li>DDoS protection</li>
          </ul>
          <p class="small">
            99,95 % uptime in 2025. Certified to ISO 27001. Founded 2011.
          </p>
        </div>
      </section>`,
  };
}

function german(version: Version): Page {
  return {
    title: 'Preise | Cloudharbor',
    description: 'Server mit einem Preis im Monat.',
    lang: 'de',
    body: html`<section class="hero">
        <div class="wrap">
          <h1>Ein Preis im Monat</h1>
          <p class="lead">Alle Preise ohne Umsatzsteuer.</p>
        </div>
      </section>
      <section>
        <div class="wrap grid three">
          ${each(
            servers(version),
            server => html`<div class="tile">
              <h3>${server.name}</h3>
              <p class="cost">ab <b>${server.price} €</b> / Monat</p>
              <p>${server.cpu}, ${server.memory} Speicher</p>
              <p><a class="button quiet" href="/signup">Jetzt starten</a></p>
            </div>`,
          )}
        </div>
      </section>`,
  };
}

function home(version: Version): Page {
  return {
    title: 'Cloudharbor | Servers in European ports',
    description: 'Servers, databases and private clouds in Europe.',
    body: html`<section class="hero">
        <div class="wrap">
          <p class="eyebrow">Hamburg · Rotterdam · Gdańsk</p>
          <h1>
            ${said(version, {
              1: 'Servers in a safe harbor',
              2: 'The European cloud that answers the phone',
            })}
          </h1>
          <p class="lead">
            Virtual servers from
            <strong
              >€ ${said(version, { 1: '4,90', 4: '5,40' })} per month</strong
            >, ready in 30 seconds, with backups and people who know them.
          </p>
          <div class="actions">
            <a class="button" href="/signup">Create a server</a>
            <a class="button quiet" href="/pricing">See all prices</a>
          </div>
        </div>
      </section>
      <section>
        <div class="wrap grid four numbers">
          ${each(
            [
              ['3', 'data centres'],
              ['28,000', 'servers running'],
              ['99.95 %', 'uptime in 2025'],
              ['24/7', 'support by phone'],
            ],
            ([number, label]) =>
              html`<div><b>${number}</b><span>${label}</span></div>`,
          )}
        </div>
      </section>`,
  };
}

function contact(): Page {
  return {
    title: 'Contact | Cloudharbor',
    description: 'Write or call.',
    body: html`<section class="hero">
      <div class="wrap">
        <h1>Talk to us</h1>
        <p class="lead">
          Write to
          <a href="mailto:sales@cloudharbor.example"
            >sales@cloudharbor.example</a
          >
          or call +49 40 5550 1234.
        </p>
      </div>
    </section>`,
  };
}

export const cloudharbor: Site = {
  id: 'cloudharbor',
  name: 'Cloudharbor',
  tagline:
    'European servers. A table in euros with comma decimals, and German.',
  logo: raw(
    '<svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="7" fill="#14213d"/><path d="M16 6v17M9 17c0 5 3 8 7 8s7-3 7-8M12 11h8" fill="none" stroke="#fca311" stroke-width="2.4" stroke-linecap="round"/></svg>',
  ),
  theme: {
    accent: '#d97706',
    accentText: '#ffffff',
    ink: '#14213d',
    muted: '#56607a',
    paper: '#fdfcf9',
    card: '#f4f2ec',
    line: '#e2ded2',
    hero: 'linear-gradient(180deg,#eef1f8,#fdfcf9)',
    font: "'Iowan Old Style',Georgia,'Open Sans',serif",
    radius: '4px',
  },
  nav: [
    { label: 'Prices', path: '/pricing' },
    { label: 'Preise (deutsch)', path: '/de/preise' },
    { label: 'Contact', path: '/contact' },
  ],
  navCta: 'Create a server',
  css: `
table.servers td.price{font-weight:700;font-size:18px;white-space:nowrap}
.cost{font-size:17px;color:var(--ink)!important;margin:0 0 10px!important}
.cost b{font-size:26px}
ul.plain{columns:2;padding-left:20px}
.small{color:var(--muted);font-size:14px}
.numbers div{border-left:3px solid var(--accent);padding-left:16px}
.numbers b{display:block;font-size:34px;line-height:1.1}
.numbers span{color:var(--muted)}
`,
  pages: {
    '/': home,
    '/pricing': pricing,
    '/de/preise': german,
    '/contact': contact,
  },
};

import { each, html, raw, type Html } from './html';
import type { Page, Site } from './site';

const BASE_CSS = `
*{box-sizing:border-box}
html{scroll-behavior:smooth}
body{margin:0;font:16px/1.6 var(--font);color:var(--ink);background:var(--paper);-webkit-font-smoothing:antialiased}
a{color:inherit}
.wrap{max-width:1120px;margin:0 auto;padding:0 28px}
header.top{position:sticky;top:0;z-index:5;background:color-mix(in srgb,var(--paper) 92%,transparent);border-bottom:1px solid var(--line);backdrop-filter:blur(8px)}
header.top .wrap{display:flex;align-items:center;gap:28px;height:68px}
.brand{display:flex;align-items:center;gap:10px;font-weight:700;font-size:20px;text-decoration:none;letter-spacing:-.02em}
.brand svg{width:30px;height:30px}
nav.main{display:flex;gap:22px;flex:1}
nav.main a{text-decoration:none;color:var(--muted);font-size:15px}
nav.main a:hover{color:var(--ink)}
.button{display:inline-block;padding:11px 20px;border-radius:var(--radius);background:var(--accent);color:var(--accent-text);text-decoration:none;font-weight:600;font-size:15px;border:1px solid var(--accent);cursor:pointer;font-family:inherit}
.button.quiet{background:transparent;color:var(--ink);border-color:var(--line)}
.hero{background:var(--hero);padding:84px 0 76px}
.hero.center{text-align:center}
h1{font-size:52px;line-height:1.08;letter-spacing:-.03em;margin:0 0 18px;font-weight:750;text-wrap:balance}
h2{font-size:32px;line-height:1.2;letter-spacing:-.02em;margin:0 0 12px}
h3{font-size:20px;margin:0 0 6px;letter-spacing:-.01em}
.lead{font-size:19px;color:var(--muted);max-width:62ch;margin:0 0 28px}
.hero.center .lead{margin-left:auto;margin-right:auto}
.actions{display:flex;gap:12px;flex-wrap:wrap}
.hero.center .actions{justify-content:center}
.eyebrow{font-size:13px;font-weight:700;letter-spacing:.08em;text-transform:uppercase;color:var(--accent);margin:0 0 14px}
section{padding:72px 0}
section.tint{background:var(--card)}
.grid{display:grid;gap:22px}
.grid.three{grid-template-columns:repeat(3,1fr)}
.grid.four{grid-template-columns:repeat(4,1fr)}
.tile{background:var(--card);border:1px solid var(--line);border-radius:calc(var(--radius)*1.6);padding:26px}
.tile p{margin:0;color:var(--muted)}
.tile .icon{width:40px;height:40px;border-radius:12px;background:color-mix(in srgb,var(--accent) 16%,transparent);display:grid;place-items:center;margin-bottom:14px;color:var(--accent)}
blockquote{margin:0;background:var(--card);border:1px solid var(--line);border-radius:calc(var(--radius)*1.6);padding:28px;font-size:17px}
blockquote footer{margin-top:14px;font-size:14px;color:var(--muted)}
table{width:100%;border-collapse:collapse;background:var(--card);border:1px solid var(--line);border-radius:calc(var(--radius)*1.2);overflow:hidden}
th,td{padding:13px 18px;text-align:left;border-bottom:1px solid var(--line);font-size:15px}
thead th{font-size:14px;color:var(--muted);font-weight:600}
tr:last-child td,tr:last-child th{border-bottom:0}
details{border-bottom:1px solid var(--line);padding:16px 0}
summary{font-weight:600;cursor:pointer}
details p{color:var(--muted);margin:10px 0 0}
footer.bottom{border-top:1px solid var(--line);padding:44px 0;color:var(--muted);font-size:14px}
footer.bottom .wrap{display:flex;justify-content:space-between;gap:24px;flex-wrap:wrap}
footer.bottom a{text-decoration:none;margin-left:18px}
@media(max-width:860px){h1{font-size:36px}nav.main{display:none}header.top .wrap{justify-content:space-between}.grid.three,.grid.four{grid-template-columns:1fr}.hero{padding:52px 0}section{padding:48px 0}.scroll{overflow-x:auto}}
`;

function themeCss({ theme }: Site): string {
  return `:root{--accent:${theme.accent};--accent-text:${theme.accentText};--ink:${theme.ink};--muted:${theme.muted};--paper:${theme.paper};--card:${theme.card};--line:${theme.line};--hero:${theme.hero};--font:${theme.font};--radius:${theme.radius}}`;
}

function header(site: Site): Html {
  return html`<header class="top">
    <div class="wrap">
      <a class="brand" href="/">${site.logo}<span>${site.name}</span></a>
      <nav class="main" aria-label="Main">
        ${each(
          site.nav,
          item => html`<a href="${item.path}">${item.label}</a>`,
        )}
      </nav>
      <a class="button" href="/signup">${site.navCta}</a>
    </div>
  </header>`;
}

function footer(site: Site): Html {
  return html`<footer class="bottom">
    <div class="wrap">
      <span>© 2026 ${site.name}. An invented company for demonstrations.</span>
      <span>
        ${each(
          site.nav,
          item => html`<a href="${item.path}">${item.label}</a>`,
        )}
        <a href="/robots.txt">robots.txt</a>
      </span>
    </div>
  </footer>`;
}

/** A whole document. Nothing in it comes from another host. */
export function renderDocument(site: Site, page: Page): string {
  const document = html`<!DOCTYPE html>
    <html lang="${page.lang ?? 'en'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>${page.title}</title>
        <meta name="description" content="${page.description}" />
        <meta property="og:site_name" content="${site.name}" />
        <meta property="og:title" content="${page.title}" />
        <link rel="icon" href="data:," />
        <style>
          ${raw(themeCss(site) + BASE_CSS + site.css)}
        </style>
      </head>
      <body>
        ${header(site)}
        <main>${page.body}</main>
        ${footer(site)}
        ${page.script ? raw(`<script>${page.script}</script>`) : raw('')}
      </body>
    </html>`;
  return document.markup;
}

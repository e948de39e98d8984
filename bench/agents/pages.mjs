/** Pages like those of a software company: a few thousand pixels high, styled, with pictures and a script. */
import http from 'node:http';

const FEATURES = Array.from(
  { length: 40 },
  (_, i) => `Feature number ${i + 1} that saves a team some time`,
);

const card =
  index => `<section class="card"><h2>Plan ${index}</h2><p class="price"><sup>$</sup><b>${
    index * 12 + 7
  }</b><span>/month</span></p>
<ul>${FEATURES.slice(index, index + 12)
    .map(text => `<li>${text}</li>`)
    .join('')}</ul><a href="/buy/${index}">Choose plan ${index}</a></section>`;

export const pageHtml =
  index => `<!doctype html><html lang="en"><head><title>Company ${index}</title><link rel="stylesheet" href="/style.css"></head>
<body><header><a href="/">Company ${index}</a><nav><a href="/a">Features</a><a href="/b">Pricing</a></nav></header><main><h1>What company ${index} sells</h1>
<div class="cards">${[1, 2, 3, 4].map(card).join('')}</div>${FEATURES.map(
    text =>
      `<article><img src="/pixel.svg" width="80" height="80" alt=""><h3>${text}</h3><p>${text}. `.repeat(
        1,
      ) + `${'More words about it. '.repeat(12)}</p></article>`,
  ).join('')}
<p id="late"></p></main><script src="/app.js"></script></body></html>`;

const FILES = {
  '/style.css': [
    'text/css',
    'body{font:16px sans-serif;margin:0}header{display:flex;gap:20px;padding:20px;background:#123;color:#fff}.cards{display:grid;grid-template-columns:repeat(4,1fr);gap:24px;padding:24px}.card{border:1px solid #ccc;border-radius:12px;padding:16px}b{font-size:48px}article{display:flex;gap:16px;padding:16px 24px}@media(max-width:600px){.cards{grid-template-columns:1fr}}',
  ],
  '/app.js': [
    'text/javascript',
    "fetch('/api').then(r=>r.json()).then(j=>{document.getElementById('late').textContent=j.text})",
  ],
  '/api': ['application/json', '{"text":"Drawn by a script"}'],
  '/pixel.svg': [
    'image/svg+xml',
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4" fill="#36c"/></svg>',
  ],
};

/** @returns the port; `/page/N` are pages, robots.txt is absent */
export async function startPages() {
  const server = http.createServer((request, response) => {
    const page = /^\/page\/(\d+)$/.exec(request.url ?? '');
    const [type, body] = page
      ? ['text/html; charset=utf-8', pageHtml(Number(page[1]))]
      : FILES[request.url] ?? ['text/plain', undefined];
    response
      .writeHead(body === undefined ? 404 : 200, { 'content-type': type })
      .end(body);
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return { port: server.address().port, close: () => server.close() };
}

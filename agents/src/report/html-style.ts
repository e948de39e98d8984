/** Style of report.html: readable on paper, in the dark and on a phone; loads nothing. */
export const REPORT_CSS = `
:root{color-scheme:light dark;--ink:#17212b;--muted:#5b6875;--paper:#fff;--card:#f6f8fa;--line:#dde3e9;--accent:#0b6e6e;--chip:#e3f1f0;--warn:#8a4b00;--warnbg:#fff5e5;--good:#0f6b3a;--bad:#a32020}
@media(prefers-color-scheme:dark){:root{--ink:#e7edf3;--muted:#9aa7b4;--paper:#11161c;--card:#192129;--line:#2c3742;--accent:#5ec8c3;--chip:#173a3a;--warn:#ffcf8a;--warnbg:#33260f;--good:#6fd39a;--bad:#ff9a9a}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Open Sans","Noto Sans",sans-serif}
main{max-width:1040px;margin:0 auto;padding:40px 24px 72px}
a{color:var(--accent);text-underline-offset:2px}
h1{font-size:34px;line-height:1.15;letter-spacing:-.02em;margin:0 0 8px}
h2{font-size:25px;letter-spacing:-.01em;margin:52px 0 12px;padding-top:16px;border-top:2px solid var(--line)}
h3{font-size:17px;margin:26px 0 8px}
p{margin:0 0 10px}
.objective{font-size:18px;color:var(--muted);max-width:70ch}
.made{color:var(--muted);font-size:14px}
.seen{font-weight:600}
.figures{display:flex;flex-wrap:wrap;gap:12px;margin:26px 0;padding:0;list-style:none}
.figures li{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:12px 18px;min-width:118px}
.figures b{display:block;font-size:26px;line-height:1.15}
.figures span{color:var(--muted);font-size:13px}
ul.summary{padding-left:20px}ul.summary li{margin:6px 0;max-width:80ch}
.note{background:var(--warnbg);color:var(--warn);border-radius:12px;padding:14px 18px;margin:18px 0}
.note ul{margin:4px 0 0;padding-left:20px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:15px}
th,td{text-align:left;vertical-align:top;padding:10px 14px 10px 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
thead th{color:var(--muted);font-weight:600;font-size:13px}
tbody th{font-weight:650;min-width:110px}
.price{font-size:19px;font-weight:700;white-space:nowrap}
.terms{color:var(--muted);font-size:13px;display:block}
ul.plain{list-style:none;margin:0;padding:0}ul.plain li{padding:1px 0}
.chips{display:flex;flex-wrap:wrap;gap:6px;padding:0;margin:0;list-style:none}
.chips li{background:var(--chip);border-radius:999px;padding:2px 12px;font-size:14px}
sup a{text-decoration:none;font-size:11px;padding:0 2px}
.pages{color:var(--muted);font-size:14px}
.shots{display:flex;gap:12px;flex-wrap:wrap;margin:14px 0}
.shots img{height:180px;border:1px solid var(--line);border-radius:8px}
tr.group th{padding-top:18px;font-size:16px}
.chosen{color:var(--muted);font-size:12px;border:1px solid var(--line);border-radius:999px;padding:0 8px}
.added{color:var(--good)}.removed{color:var(--bad)}
.changes>li{margin:10px 0}
.pair{display:flex;flex-wrap:wrap;gap:12px;margin:8px 0 18px;color:var(--ink)}
.pair figure{margin:0;flex:0 1 auto;min-width:0}
.pair figcaption{color:var(--muted);font-size:13px;margin-bottom:4px}
.cut{position:relative;overflow:hidden;max-width:100%;border:1px solid var(--line);border-radius:8px;background:#fff}
.cut img{display:block;width:100%;height:auto}
.cut i{position:absolute;border:2px solid #d6336c;border-radius:4px;outline:2px solid rgba(255,255,255,.8);margin:-4px;padding:4px;box-sizing:content-box}
.facts td{font-size:13px}
.facts q{font-family:ui-monospace,SFMono-Regular,Menlo,monospace;font-size:12.5px;white-space:pre-wrap;quotes:none}
.facts tr:target{background:var(--chip)}
.muted{color:var(--muted)}
.words{margin:18px 0}.words summary{cursor:pointer;color:var(--muted)}.words blockquote{margin:4px 0 14px;padding-left:14px;border-left:3px solid var(--line);font-size:14px;max-width:90ch}
nav.toc{display:flex;flex-wrap:wrap;gap:6px 18px;font-size:14px;margin:0 0 8px}
@media(max-width:640px){main{padding:24px 16px}h1{font-size:27px}h2{font-size:21px;margin-top:36px}.figures li{min-width:0;flex:1 1 40%;padding:10px 12px}th,td{padding:8px 10px 8px 0}.price{font-size:16px}tbody th{min-width:84px}.shots img{height:120px}}
@media print{:root{--ink:#000;--muted:#444;--paper:#fff;--card:#fff;--line:#bbb;--accent:#000;--chip:#fff;--warn:#000;--warnbg:#fff;--good:#000;--bad:#000}
main{max-width:none;padding:0}body{font-size:10.5pt}h2{break-after:avoid;margin-top:28px}tr,.figures li{break-inside:avoid}nav.toc{display:none}header+.figures{margin:12px 0}#comparison{break-inside:auto}section[id^=company]{break-before:auto}#evidence{break-before:page}section[id=company-1]{break-before:page}.price{font-size:12pt}.facts td{font-size:8pt}.note{border:1px solid #999}}
`;

import { customProperties, dark, light, type Palette } from '../palette.ts';

function properties(palette: Palette): string {
  return customProperties(palette)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';');
}

/** The look of a report. */
export const style = `
:root{color-scheme:light dark;${properties(light)}}
@media screen and (prefers-color-scheme:dark){:root{${properties(dark)}}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;background:var(--surface)}
body{counter-reset:figure;margin:0 auto;padding:56px 32px 96px;max-width:1144px;color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:break-word}
h1,h2,h3,h4,p,figure,ul,dl,dd{margin:0}
h1{font-size:34px;line-height:1.15;font-weight:650;letter-spacing:-.015em;overflow-wrap:anywhere}
h2{font-size:24px;line-height:1.25;font-weight:650;letter-spacing:-.01em;overflow-wrap:anywhere}
h3{font-size:16px;font-weight:600}
h4{font-size:14px;font-weight:600;overflow-wrap:anywhere}
a{color:inherit;text-decoration-color:var(--faint);text-underline-offset:3px}
a:hover{text-decoration-color:currentColor}
code{font:.92em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.over{font-size:13px;color:var(--muted);margin-bottom:10px}
.question{margin-top:14px;max-width:68ch;font-size:19px;line-height:1.5;color:var(--muted)}
.verdict{margin-top:40px;padding:22px 26px;background:var(--raised);border-radius:10px}
.verdict p{max-width:76ch}
.verdict p+p{margin-top:8px;color:var(--muted)}
.verdict .lead{font-size:19px;line-height:1.45;font-weight:550}
.alarm{margin-top:16px;padding:18px 26px;border-radius:10px;background:var(--alarm-surface);border-left:5px solid var(--alarm)}
.alarm strong,strong.violated{color:var(--alarm);letter-spacing:.02em}
.alarm ul{padding-left:20px;margin-top:6px}
nav{margin-top:36px}
nav ul{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:6px 22px}
section{margin-top:80px}
section>.facts{margin-top:6px;color:var(--muted);font-size:14px}
section>.description{margin-top:12px;max-width:72ch}
figure{margin-top:48px;counter-increment:figure}
figcaption{margin-top:14px;max-width:84ch;font-size:14px;line-height:1.5;color:var(--muted)}
figcaption::before{content:"Figure " counter(figure) ". ";color:var(--ink);font-weight:600}
.legend{list-style:none;padding:0;margin:8px 0 12px;display:flex;flex-wrap:wrap;gap:4px 22px;font-size:14px}
.legend li{display:flex;align-items:center;gap:8px;min-width:0;overflow-wrap:anywhere}
.key{flex:none;fill:none}
.scale{margin:10px 0 14px;width:min(320px,100%);font-size:12px;color:var(--muted)}
.boxes{display:flex;height:10px;border-radius:2px;overflow:hidden}
.boxes i{flex:1}
.ends{display:flex;justify-content:space-between;margin-top:3px;font-variant-numeric:tabular-nums}
.panels{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,var(--panel)),1fr));gap:28px 36px;margin-top:14px}
.panel{min-width:0}
.note{font-size:13px;line-height:1.45;color:var(--muted);margin:2px 0 6px;overflow-wrap:anywhere}
.chart{width:100%;overflow:hidden}
.chart svg{display:block;max-width:100%}
.wide{margin-top:36px}
.caption{margin-top:10px;font-size:14px;color:var(--muted);max-width:84ch}
.scroll{overflow-x:auto;max-width:100%;scrollbar-width:thin;background:linear-gradient(to left,var(--surface) 50%,transparent) right/48px 100% no-repeat local,linear-gradient(to left,var(--line) 25%,transparent) right/26px 100% no-repeat}
table{border-collapse:collapse;font-size:14px;line-height:1.4;font-variant-numeric:tabular-nums}
.wide table{width:100%}
th,td{text-align:right;white-space:nowrap;vertical-align:top;padding:8px 24px 8px 0;font-weight:400}
.word,tbody th{text-align:left;white-space:normal}
th:last-child,td:last-child{padding-right:0}
thead th{color:var(--muted);font-size:13px;border-bottom:1px solid var(--faint);white-space:nowrap;vertical-align:bottom}
tbody tr+tr>*{border-top:1px solid var(--line)}
tbody th{min-width:172px;max-width:260px;overflow-wrap:anywhere}
tr.heading th{font-weight:650;padding-top:22px;max-width:none}
tr.heading+tr>*{border-top:1px solid var(--line)}
small{display:block;font-size:12px;color:var(--muted)}
.words{min-width:150px;white-space:normal}
small.words{min-width:0}
.name{white-space:nowrap}
details{margin-top:12px;font-size:14px}
summary{cursor:pointer;color:var(--muted);width:fit-content}
details .scroll{margin-top:8px;max-height:420px;overflow-y:auto}
details tbody th{min-width:112px}
details th,details td{padding:4px 20px 4px 0;font-size:13px}
details tbody tr+tr>*{border-top-color:transparent}
details thead th{position:sticky;top:0;background:var(--surface)}
footer{margin-top:96px;padding-top:8px;border-top:1px solid var(--line);font-size:14px}
footer section{margin-top:36px}
footer h2{font-size:18px}
dl{display:grid;grid-template-columns:minmax(120px,auto) minmax(0,1fr);gap:8px 28px;margin-top:14px;max-width:1000px}
dt{color:var(--muted)}
dd{overflow-wrap:anywhere}
footer p{margin-top:12px;max-width:76ch}
pre{margin:12px 0 0;padding:14px 18px;background:var(--raised);border-radius:8px;overflow-x:auto;font-size:13px}
:focus-visible{outline:2px solid var(--series-0);outline-offset:2px}
@media (max-width:640px){
body{padding:32px 18px 64px}
h1{font-size:27px}
h2{font-size:21px}
.question,.verdict .lead{font-size:17px}
.verdict,.alarm{padding:18px}
section{margin-top:60px}
.dense{--panel:140px!important;gap:22px 18px}
dl{grid-template-columns:1fr;gap:2px}
dd{margin-bottom:10px}
th,td{padding-right:16px}
tbody th{min-width:130px}
.wide table,.wide tbody,.wide tr,.wide th,.wide td{display:block;max-width:none;padding-right:0}
.wide thead{display:none}
.wide tbody tr+tr>td{border-top:0}
.wide td{padding-top:0;text-align:right;white-space:normal}
.wide td::before{content:attr(data-column);float:left;margin-right:20px;color:var(--muted)}
.words{min-width:0}
}
@media print{
body{padding:0;max-width:none;font-size:11pt}
figure,.verdict,.alarm,tr{break-inside:avoid}
.wide table{font-size:8.5pt}
.wide th,.wide td{padding:4px 12px 4px 0;min-width:0;white-space:normal}
.words{min-width:0}
.wide small{font-size:7.5pt}
section{margin-top:36px}
h2,h3{break-after:avoid}
.scroll{overflow:visible;max-height:none}
.chart svg{height:auto}
details:not([open]),nav{display:none}
}
`;

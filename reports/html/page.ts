import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { html, type Markup, trusted } from './markup.ts';
import { runtime } from './runtime.ts';
import { style } from './style.ts';

const vegaModule = createRequire(import.meta.url).resolve('vega');

/** Vega for browsers, as the package ships it. */
function vegaScript(): string {
  return readFileSync(join(dirname(vegaModule), 'vega.min.js'), 'utf8').replace(/<\/script/gi, '<\\/script');
}

function scriptHash(script: string): string {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
}

/**
 * One self-contained page. Its policy lets only these two scripts run and nothing be fetched;
 * `unsafe-eval` is there because Vega compiles the expressions of a chart.
 */
export function page(title: string, body: Markup): string {
  const scripts = [vegaScript(), runtime];
  const policy = [
    "default-src 'none'",
    `script-src ${scripts.map(scriptHash).join(' ')} 'unsafe-eval'`,
    "style-src 'unsafe-inline'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="nashlab">
<title>${title}</title>
<style>${trusted(style)}</style>
</head>
<body>
${body}
${scripts.map((script) => html`<script>${trusted(script)}</script>\n`)}</body>
</html>
`.markup;
}

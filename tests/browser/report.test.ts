import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportNames } from '../../experiments/spec.ts';
import { reports } from '../../reports/catalogue.ts';
import { populations } from '../reports/populations.ts';
import { situations } from '../reports/situations.ts';
import { trials } from '../reports/trials.ts';
import {
  allDrawn,
  cutTexts,
  emptyFigures,
  misfits,
  namelessCells,
  scrolledVerdict,
  strangers,
  surfaceAndInk,
} from './in-page.ts';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const name =
  executablePath === undefined ? 'a report in a browser (skipped: no Chromium found)' : 'a report in a browser';

const all = { ...situations(), ...trials(), ...populations() };
const pages = reportNames.flatMap((template) => Object.keys(all).map((situation) => ({ template, situation })));
const views = [1280, 390].flatMap((width) => (['light', 'dark'] as const).map((scheme) => ({ width, scheme })));

describe.skipIf(executablePath === undefined)(name, () => {
  const folder = mkdtempSync(join(tmpdir(), 'nashlab-report-'));
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  describe.each(pages)('$template, $situation', ({ template, situation }) => {
    const file = join(folder, `${template}-${situation}.html`);

    beforeAll(async () => {
      writeFileSync(file, await reports[template].render([all[situation]]));
    });

    it.each(views)('is drawn, quiet and within $width px, $scheme', async ({ width, scheme }) => {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
      const said: string[] = [];
      const requests: string[] = [];
      page.on('console', (message) => said.push(message.text()));
      page.on('pageerror', (error) => said.push(error.message));
      page.on('dialog', (dialog) => {
        said.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      page.on('request', (request) => requests.push(request.url()));
      const url = pathToFileURL(file).href;
      await page.goto(url);
      await page.waitForFunction(allDrawn);
      expect(said).toEqual([]);
      expect(requests).toEqual([url]);
      expect(await page.evaluate(strangers)).toEqual([]);
      expect(await page.evaluate(emptyFigures)).toEqual([]);
      expect(await page.evaluate(misfits)).toEqual([]);
      expect(await page.evaluate(cutTexts)).toEqual([]);
      expect(await page.evaluate(scrolledVerdict)).toEqual([]);
      if (width < 640) expect(await page.evaluate(namelessCells)).toEqual([]);
      await page.close();
    });
  });

  it('redraws its charts when the window becomes narrow', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(pathToFileURL(join(folder, 'comparison-rps.html')).href);
    await page.waitForSelector('.chart[data-drawn] svg');
    await page.setViewportSize({ width: 390, height: 900 });
    await expect.poll(() => page.evaluate(misfits)).toEqual([]);
    await page.close();
  });

  it('is readable in the dark: ink and surface change places', async () => {
    const colours = async (colorScheme: 'light' | 'dark') => {
      const page = await browser.newPage({ colorScheme });
      await page.goto(pathToFileURL(join(folder, 'comparison-rps.html')).href);
      await page.waitForSelector('.chart[data-drawn] svg text');
      const found = await page.evaluate(surfaceAndInk);
      await page.close();
      return found;
    };
    expect(await colours('light')).toEqual(['rgb(255, 255, 255)', 'rgb(27, 29, 33)']);
    expect(await colours('dark')).toEqual(['rgb(22, 24, 27)', 'rgb(231, 233, 236)']);
  });
});

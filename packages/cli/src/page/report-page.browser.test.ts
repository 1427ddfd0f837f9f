import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, launchBrowser, openPage } from '../../testing/browser.ts';
import { faintTexts } from '../../testing/contrast.ts';
import { aRunReport } from '../../testing/made-up-report.ts';
import { aPageTrace } from '../../testing/made-up-trace.ts';
import { reportPage } from './report-page.ts';
import type { Observations } from './trace/page-trace.ts';

/** More than one screen of rows, so that there is something to turn over. */
const OBSERVATIONS = aPageTrace({ exported: 300, dropped: 300 }).observations();
const PAGE = pageOf(OBSERVATIONS);

function pageOf(observations: Observations, report = aRunReport()): string {
  return reportPage(report, observations, (text) => text);
}
const PHONE = { viewport: { width: 360, height: 740 } };

describe.skipIf(!CHROMIUM)('the page in a browser (needs chromium)', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it('asks for itself alone and brings no complaint', async () => {
    const { page, asked, complaints } = await openPage(browser, PAGE);
    await page.locator('footer').scrollIntoViewIfNeeded();
    expect(asked).toEqual(['/report.html']);
    expect(complaints).toEqual([]);
  });

  it('lets no script make markup', async () => {
    const { page } = await openPage(browser, PAGE);
    const attempt = page.evaluate(() => {
      document.body.innerHTML = '<p>taken over</p>';
    });
    await expect(attempt).rejects.toThrow(/TrustedHTML/);
  });

  it('is worked by keyboard alone, and shows where the focus is', async () => {
    const { page } = await openPage(browser, PAGE);
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('Skip to the report');
    const reached = new Set<string>();
    const hidden: string[] = [];
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab');
      const { name, outline } = await page.evaluate(() => {
        const focused = document.activeElement;
        const style = focused === null ? undefined : getComputedStyle(focused);
        return {
          name: focused?.id || focused?.tagName || '',
          outline: `${style?.outlineStyle} ${style?.outlineWidth}`,
        };
      });
      reached.add(name);
      if (name !== 'BODY' && /none|^\S+ 0px/.test(outline)) hidden.push(`${name}: ${outline}`);
    }
    for (const name of ['needle', 'INPUT', 'kind', 'next', 'previous', 'SUMMARY', 'A']) expect(reached).toContain(name);
    expect(hidden).toEqual([]);
    await page.locator('#next').focus();
    await page.keyboard.press('/');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('needle');
    await page.keyboard.type('a/b');
    expect(await page.getByLabel('Value, reason, event').inputValue()).toBe('a/b');
  });

  it('never scrolls sideways on a phone, whatever the values', async () => {
    const trace = aPageTrace();
    trace.rejected('cert', 'rejected:invalid-url', { value: 'x'.repeat(5000), place: 'y'.repeat(5000) });
    const report = aRunReport({ pipeline: 'z'.repeat(300), config: `/${'c'.repeat(300)}` });
    const { page } = await openPage(browser, pageOf(trace.observations(), report), PHONE);
    await page.getByLabel('Value, reason, event').fill('xxxx');
    await page.locator('#hits[data-sought=xxxx]').waitFor();
    for (const summary of await page.locator('summary').all()) await summary.click();
    const { width, scroll } = await page.evaluate(() => ({
      width: innerWidth,
      scroll: document.documentElement.scrollWidth,
    }));
    expect(scroll).toBe(width);
  });

  it.each(['light', 'dark'] as const)('has enough contrast in %s', async (colorScheme) => {
    const { page } = await openPage(browser, PAGE, { colorScheme });
    for (const summary of await page.locator('summary').all()) await summary.click();
    expect(await faintTexts(page, 4.5)).toEqual([]);
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(ground).toBe(colorScheme === 'light' ? 'rgb(247, 246, 242)' : 'rgb(20, 22, 24)');
  });

  it('is built so that a screen reader can tell its parts', async () => {
    const { page } = await openPage(browser, PAGE);
    const found = await page.evaluate(() => {
      const all = (selector: string) => [...document.querySelectorAll(selector)];
      const ids = all('[id]').map(({ id }) => id);
      return {
        levels: all('h1, h2, h3').map(({ tagName }) => Number(tagName[1])),
        repeatedIds: ids.filter((id, i) => ids.indexOf(id) !== i),
        unlabelled: all('input, select').filter((one) => (one as HTMLInputElement).labels?.length === 0).length,
        tablesWithoutCaption: all('table').filter((table) => table.querySelector('caption') === null).length,
        headsWithoutScope: all('th:not([scope])').length,
        emptyHeads: all('thead th').filter((head) => head.textContent?.trim() === '').length,
        brokenLinks: all('a').filter((a) => document.querySelector(a.getAttribute('href') ?? '') === null).length,
      };
    });
    const { levels, ...faults } = found;
    expect(faults).toEqual({
      ...{
        repeatedIds: [],
        unlabelled: 0,
        tablesWithoutCaption: 0,
        headsWithoutScope: 0,
        emptyHeads: 0,
        brokenLinks: 0,
      },
    });
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.every((level, i) => i === 0 || level <= (levels[i - 1] ?? 0) + 1)).toBe(true);
    expect(await page.getByRole('main').count()).toBe(1);
    expect(await page.getByRole('region', { name: 'From read to exported' }).count()).toBe(1);
  });

  it('shows all but the search without JavaScript', async () => {
    const { page } = await openPage(browser, PAGE, { javaScriptEnabled: false });
    expect(await page.locator('#finder').isVisible()).toBe(false);
    expect(await page.getByText('The search needs JavaScript').isVisible()).toBe(true);
    expect(await page.getByRole('cell', { name: 'error parsing signature' }).isVisible()).toBe(true);
    expect(await page.getByText('exported to suricata').isVisible()).toBe(true);
  });
});

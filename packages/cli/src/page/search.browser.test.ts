import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, launchBrowser, openPage } from '../../testing/browser.ts';
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

async function search(page: Page, text: string) {
  await page.getByLabel('Value, reason, event').fill(text);
  await page.locator(`#hits[data-sought=${JSON.stringify(text)}]`).waitFor();
}

function values(page: Page): Promise<string[]> {
  return page.locator('#found .value').allTextContents();
}

describe.skipIf(!CHROMIUM)('the search of the page in a browser (needs chromium)', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it('shows hostile values as text: no element, link or script comes of them', async () => {
    const value = `https://x.example/</script><img src=x onerror=alert(1)><a href="https://x.example">`;
    const trace = aPageTrace({ exported: 0, dropped: 0 });
    trace.rejected('cert', 'rejected:invalid-url', { value, place: value });
    const { page, complaints } = await openPage(browser, pageOf(trace.observations()));
    await search(page, 'onerror');
    expect(await values(page)).toEqual([value.replace('https://x.', 'hxxps://x[.]')]);
    expect(await page.locator('img, iframe, object').count()).toBe(0);
    expect(await page.locator('a:not([href^="#"])').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it.each([
    ['bad-6.example', 'bad-6[.]example', 'exported'],
    ['BAD-6[.]EXAMPLE', 'bad-6[.]example', 'exported'],
    ['popular-12.example', 'popular-12[.]example', 'dropped'],
    ['hxxps://popular-2.example/drop', 'hxxps://popular-2[.]example/drop/2?id=2', 'dropped'],
    ['not a', 'not a\\u{200b}host', 'rejected'],
  ])('finds %s', async (sought, value, state) => {
    const { page } = await openPage(browser, PAGE);
    await search(page, sought);
    const row = page.locator('#found tbody tr').first();
    expect(await row.locator('.value').textContent()).toBe(value);
    expect(await row.locator('.chip').textContent()).toBe(state);
  });

  it('finds by reason and by title, and says how many', async () => {
    const { page } = await openPage(browser, PAGE);
    await search(page, 'warninglist:tranco');
    expect(await page.getByRole('status').textContent()).toBe('300 rows fit.');
    await search(page, 'no such thing');
    expect(await page.getByRole('status').textContent()).toBe('0 rows fit.');
    expect(await values(page)).toEqual([]);
  });

  it('filters by state and by kind', async () => {
    const { page } = await openPage(browser, PAGE);
    for (const state of ['exported', 'skipped', 'rejected', 'withdrawn'])
      await page.getByRole('checkbox', { name: state }).uncheck();
    await page.getByLabel('Kind', { exact: true }).selectOption('ipv4');
    expect(await page.getByRole('status').textContent()).toBe('100 rows fit.');
    expect(new Set(await page.locator('#found .chip').allTextContents())).toEqual(new Set(['dropped']));
  });

  it('keeps one screen of rows in the document and turns over to the others', async () => {
    const { page } = await openPage(browser, PAGE);
    const [first] = await values(page);
    expect(await page.locator('#found tbody tr').count()).toBe(25);
    await page.getByRole('button', { name: 'Next' }).click();
    expect(await page.locator('#page').textContent()).toMatch(/^Page 2 of /);
    expect((await values(page))[0]).not.toBe(first);
    await page.getByRole('button', { name: 'Previous' }).click();
    expect((await values(page))[0]).toBe(first);
  });

  it('searches tens of thousands of values', async () => {
    const trace = aPageTrace({ exported: 20_000, dropped: 20_000, limit: 40_000 });
    const { page } = await openPage(browser, pageOf(trace.observations()));
    await search(page, 'popular-19998.example');
    expect(await values(page)).toEqual(['popular-19998[.]example']);
  });
});

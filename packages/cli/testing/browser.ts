import { existsSync } from 'node:fs';
import { startLoopback } from '@misp-pipeline/testing';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';

const EXECUTABLE = '/usr/bin/chromium';

/** Whether the browser is on this machine. */
export const CHROMIUM = existsSync(EXECUTABLE);

/** A headless browser that keeps nothing. Root may not use its sandbox. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: EXECUTABLE, args: ['--no-sandbox'] });
}

/** A page that is open, and what happened since. */
export interface OpenedPage {
  readonly page: Page;
  /** Paths that were asked of the page's own server. */
  readonly asked: readonly string[];
  /** Messages of the console, errors, dialogs, and requests for anything but the page. */
  readonly complaints: readonly string[];
}

/** Serves a page, as HTML, and opens it until the test ends. */
export async function openPage(browser: Browser, text: string, options?: BrowserContextOptions): Promise<OpenedPage> {
  const [asked, complaints]: [string[], string[]] = [[], []];
  const server = await startLoopback(({ path }, response) => {
    asked.push(path);
    response.setHeader('content-type', 'text/html').end(text);
  });
  const context = await browser.newContext(options);
  onTestFinished(async () => {
    await context.close();
    await server.close();
  });
  const page = await context.newPage();
  const address = `${server.url}/report.html`;
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (request.url() !== address) complaints.push(request.url());
  });
  page.on('dialog', async (dialog) => {
    complaints.push(dialog.message());
    await dialog.dismiss();
  });
  await page.goto(address);
  return { page, asked, complaints };
}

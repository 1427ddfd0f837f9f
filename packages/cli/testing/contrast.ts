/// <reference lib="dom" />
import type { Page } from 'playwright-core';

/**
 * Texts that are shown with less contrast to what is behind them than `least`, as WCAG 2 counts it, with the contrast.
 * Colours behind are taken from the nearest element that has one.
 */
export function faintTexts(page: Page, least: number): Promise<string[]> {
  return page.evaluate((least) => {
    const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
    const luminance = (colour: string) => {
      const [red = 0, green = 0, blue = 0] = channels(colour).map((channel) => {
        const share = channel / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const behind = (element: Element | null): string => {
      if (element === null) return 'rgb(255, 255, 255)';
      const { backgroundColor } = getComputedStyle(element);
      return channels(backgroundColor)[3] === 0 ? behind(element.parentElement) : backgroundColor;
    };
    const faint = new Set<string>();
    for (const element of document.body.querySelectorAll('*')) {
      const text = [...element.childNodes].find((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
      if (text === undefined || !element.checkVisibility()) continue;
      const [bright = 0, dark = 0] = [luminance(getComputedStyle(element).color), luminance(behind(element))].sort(
        (a, b) => b - a,
      );
      const contrast = (bright + 0.05) / (dark + 0.05);
      if (contrast < least) faint.add(`${contrast.toFixed(2)}: ${element.outerHTML.slice(0, 120)}`);
    }
    return [...faint];
  }, least);
}

import { describe, expect, it } from 'vitest';
import { isSameUrl, shownUrl } from './shown-url.ts';

describe('shownUrl', () => {
  it.each([
    ['https://feeds.example.org/osint', 'https://feeds.example.org/osint'],
    ['https://bob:pw@feeds.example.org/osint?token=abc&x=1', 'https://***@feeds.example.org/osint?token=***&x=***'],
    ['https://bob@feeds.example.org/', 'https://***@feeds.example.org/'],
    ['https://u:p/w@feeds.example.org/', '***@feeds.example.org/'],
    ['bob:pw@feeds.example.org/?k=abc', '***@feeds.example.org/?***'],
    ['/var/feeds/list.txt', '/var/feeds/list.txt'],
  ])('shows %s as %s', (url, shown) => {
    expect(shownUrl(url)).toBe(shown);
  });
});

describe('isSameUrl', () => {
  it('takes no heed of a slash at the end, and of capitals in the host', () => {
    expect(isSameUrl('https://Feeds.example.org/misp/', 'https://feeds.example.org/misp')).toBe(true);
    expect(isSameUrl('https://feeds.example.org/misp', 'https://feeds.example.org/MISP')).toBe(false);
  });
});

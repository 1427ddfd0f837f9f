import { describe, expect, it } from 'vitest';
import { secretsOfUrl, shownUrl } from './shown-url.ts';

describe('shownUrl', () => {
  it.each([
    ['https://feeds.example.org/osint', 'https://feeds.example.org/osint'],
    ['https://bob:pw@feeds.example.org/osint?token=abc&x=1', 'https://***@feeds.example.org/osint?token=***&x=***'],
    ['https://bob@feeds.example.org/', 'https://***@feeds.example.org/'],
    ['https://feeds.example.org/osint?BARETOKEN&a=1&b', 'https://feeds.example.org/osint?***&a=***&***'],
    ['https://u:p/w@feeds.example.org/', '***@feeds.example.org/'],
    ['bob:pw@feeds.example.org/?k=abc', '***@feeds.example.org/?***'],
    ['/var/feeds/list.txt', '/var/feeds/list.txt'],
  ])('shows %s as %s', (url, shown) => {
    expect(shownUrl(url)).toBe(shown);
  });
});

describe('secretsOfUrl', () => {
  it('has each value as it stands there, and decoded', () => {
    const secrets = secretsOfUrl('https://feed-user:p%40ss@feeds.example.org/?key=Tok%2FSecret&BARETOKEN');
    expect(secrets).toEqual(['p%40ss', 'p@ss', 'feed-user', 'Tok%2FSecret', 'Tok/Secret', 'BARETOKEN']);
  });

  it('leaves out what is so short or plain that masking it would hide other words', () => {
    expect(secretsOfUrl('https://bob:pw@feeds.example.org/?format=status&mode=changed&v=1&n=20')).toEqual([]);
    expect(secretsOfUrl('https://feeds.example.org/?a=abc123')).toEqual(['abc123']);
  });
});

import { describe, expect, it } from 'vitest';
import { readListLine } from './list-line.ts';

const read = (text: string) =>
  readListLine({ number: 1, text, isCut: false }).map((entry) =>
    'reason' in entry ? entry.reason : `${entry.type} ${entry.value}${entry.comment ? ` (${entry.comment})` : ''}`,
  );

describe('a line of a list', () => {
  it.each([
    ['192.0.2.1', 'ip-dst 192.0.2.1'],
    ['  evil.example  ', 'domain evil.example'],
    ['192.0.2.1\t9', 'ip-dst 192.0.2.1 (9)'],
    ['evil.example # seen by us', 'domain evil.example (seen by us)'],
    ['evil.example // seen', 'domain evil.example (seen)'],
    ['evil.example, botnet', 'domain evil.example (botnet)'],
    ['evil.example,', 'domain evil.example'],
    ['192.0.2.1 ns.provider.example EX', 'ip-dst 192.0.2.1 (ns.provider.example EX)'],
    ['http://evil.example/b 2026-11-24 botnet', 'url http://evil.example/b (2026-11-24 botnet)'],
    ['http://evil.example/b,2026-11-24', 'url http://evil.example/b (2026-11-24)'],
    ['"http://evil.example/b","2026-11-24"', 'url http://evil.example/b ("2026-11-24")'],
    ['http://evil.example/b,c;d', 'url http://evil.example/b,c;d'],
    ['hxxp://evil [.] example/b botnet', 'url hxxp://evil[.]example/b (botnet)'],
    ['hxxp://evil dot example/b', 'url hxxp://evil dot example/b'],
    ['"evil.example"', 'domain evil.example'],
    ['- evil[.]example', 'domain evil.example'],
    ['evil [.] example', 'domain evil.example'],
    ['192.0.2.1:443', 'ip-dst|port 192.0.2.1:443'],
    ['evil.example/gate.php', 'url evil.example/gate.php'],
    ['/wp-content/gate/', 'uri /wp-content/gate/'],
    ['0.0.0.0 evil.example', 'domain evil.example'],
    ['::1 www.evil.example # tracker', 'hostname www.evil.example'],
    ['evil.example CNAME .', 'domain evil.example'],
    ['*.www.evil.example. 60 IN CNAME .', 'domain www.evil.example'],
    ['||www.evil.example^', 'domain www.evil.example'],
    ['||evil.example/path^$third-party', 'url evil.example/path'],
  ])('`%s` is %s', (line, entry) => {
    expect(read(line)).toEqual([entry]);
  });

  it.each(['192.0.2.1, evil.example', '192.0.2.1 evil.example # both'])('may hold several values: `%s`', (line) => {
    expect(read(line)).toEqual([
      expect.stringMatching(/^ip-dst 192\.0\.2\.1/),
      expect.stringMatching(/^domain evil\.example/),
    ]);
  });

  it.each(['http://a.example/x http://b.example/y', 'http://a.example/x,http://b.example/y'])(
    'may hold several URLs: `%s`',
    (line) => {
      expect(read(line)).toEqual(['url http://a.example/x', 'url http://b.example/y']);
    },
  );

  it('may have words behind several URLs', () => {
    expect(read('http://a.example/x http://b.example/y loader, js')).toEqual([
      'url http://a.example/x (loader, js)',
      'url http://b.example/y (loader, js)',
    ]);
  });

  it('may hold a URL behind a link to read on', () => {
    expect(read('https://www.virustotal.com/x http://evil.example/x loader')).toEqual([
      'skipped:reference',
      'url http://evil.example/x (loader)',
    ]);
  });

  it.each([',', ',;|', '"'])('is accounted for when it is `%s`', (line) => {
    expect(read(line)).toHaveLength(1);
  });

  it('is no network that it would be with one digit less', () => {
    expect(read('203.0.113.5/33')).toEqual(['rejected:no-indicator']);
  });

  it('of a hosts file may name several hosts', () => {
    expect(read('127.0.0.1 one.example two.example')).toEqual(['domain one.example', 'domain two.example']);
  });

  it.each([
    ['# list of https://feed.example/', 'skipped:comment'],
    ['// evil.example', 'skipped:comment'],
    ['; evil.example', 'skipped:comment'],
    ['! Title: x', 'skipped:comment'],
    ['[Adblock Plus 2.0]', 'skipped:comment'],
    ['$TTL 300', 'skipped:directive'],
    ['@ IN SOA localhost. root.localhost. (1 2 3 4 5)', 'skipped:directive'],
    ['@ IN NS ns.example.', 'skipped:directive'],
    ['example.com##.banner', 'skipped:directive'],
    ['@@||good.example^', 'skipped:exception'],
    ['good.example CNAME rpz-passthru.', 'skipped:exception'],
    ['https://www.virustotal.com/gui/x', 'skipped:reference'],
    ['first seen value', 'rejected:no-indicator'],
    ['127.0.0.1 localhost', 'skipped:directive'],
    ['0.0.0.0 0.0.0.0', 'skipped:directive'],
    ['ff00::0 ip6-localnet', 'skipped:directive'],
    ['ff02::1 ip6-allnodes', 'skipped:directive'],
    ['0.0.0.0 192.0.2.1', 'rejected:no-indicator'],
    ['/ads/*/banner^$script', 'skipped:directive'],
    ['/^https?:\\/\\/ads\\./', 'skipped:directive'],
  ])('`%s` is accounted for as %s', (line, reason) => {
    expect(read(line)).toEqual([reason]);
  });

  it('says nothing when it is blank', () => {
    expect(read('   ')).toEqual([]);
  });

  it('is refused when it is endless', () => {
    expect(readListLine({ number: 7, text: 'xx', isCut: true })).toEqual([
      { line: 7, text: 'xx', reason: 'rejected:too-long' },
    ]);
  });
});

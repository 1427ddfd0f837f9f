import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bareRule } from './bare-rule.ts';
import { foreignRefusal } from './refusal.ts';

const rule = (options: string, header = 'alert tcp any any -> any 80') =>
  `${header} (msg:"x"; ${options} sid:1; rev:2;)`;

describe('foreignRefusal', () => {
  it.each([
    'alert tcp any any -> any 80 (msg:"theirs"; content:"gate"; sid:4712; rev:1;)',
    String.raw`alert tcp $HOME_NET any -> $EXTERNAL_NET $HTTP_PORTS (msg:"beacon"; content:"evil\;|22|"; sid:1;)`,
    'alert tcp [10.0.0.0/8,!10.1.2.3] 1024: <> !203.0.113.7 [80,8000:8080,!8001] (content:"gate"; sid:1;)',
    rule('flow:to_server,established; content:!"a"; content:"|47 45|T /"; pcre:"/a\\;b$/i"; dsize:>100;'),
    'alert tcp any any -> any 80 (msg:"several lines"; \\\n  content:"gate"; \\\n  sid:1;)\n',
    'alert tcp any any -> any 80 (msg:"several lines";\n  content:"gate"; sid:1;\n)',
  ])('passes %s to both', (text) => {
    expect([foreignRefusal(text, 3), foreignRefusal(text, 2)]).toEqual([undefined, undefined]);
  });

  it.each([
    rule('content:"gate"; nocase;'),
    rule('content:"gate"; offset:3; depth:10; content:"x"; within:5;'),
    rule('content:"gate"; http_uri;'),
    rule('content:"gate"; http_uri; content:"id"; http_uri; pcre:"/id=\\d/U";'),
    rule('content:"gate"; flags:S,12;'),
    rule('uricontent:"gate";'),
  ])('tells Snort 2 by %s', (text) => {
    expect([foreignRefusal(text, 3), foreignRefusal(text, 2)]).toEqual(['dialect:2', undefined]);
  });

  it.each([
    'alert http (msg:"x"; http_uri; content:"gate"; sid:1;)',
    'alert dns any any -> any any (content:"gate"; sid:1;)',
    rule('content:"gate",nocase,offset 3;'),
    rule('http_header:field host; content:"gate";'),
    rule('http_uri; content:"gate";'),
    rule('content:"gate"; bufferlen:4;'),
  ])('tells Snort 3 by %s', (text) => {
    expect([foreignRefusal(text, 3), foreignRefusal(text, 2)]).toEqual([undefined, 'dialect:3']);
  });

  it.each([
    'alert dns any any -> any any (msg:"x"; dns.query; content:"evil.example"; nocase; sid:1;)',
    'alert http any any -> any any (msg:"x"; content:"gate"; http_uri; nocase; sid:1;)',
    rule('content:"gate"; bsize:4;'),
    rule('content:"gate"; app-layer-protocol:http;'),
  ])('tells Suricata by %s', (text) => {
    expect([foreignRefusal(text, 3), foreignRefusal(text, 2)]).toEqual(['dialect:suricata', 'dialect:suricata']);
  });

  it('passes on nothing that both read and mean something else by', () => {
    const text = rule('content:"gate"; http_uri; content:"id";');
    expect([foreignRefusal(text, 3), foreignRefusal(text, 2)]).toEqual(['dialect:unclear', 'dialect:unclear']);
  });

  it.each([
    ['drop tcp any any -> any 80 (content:"gate"; sid:1;)', 'refused:action'],
    ['pass tcp any any -> any 80 (content:"gate"; sid:1;)', 'refused:action'],
    [rule('content:"gate"; logto:"/etc/passwd";'), 'refused:keyword'],
    [rule('content:"gate"; react:block;'), 'refused:keyword'],
    [rule('content:"gate"; replace:"etag";'), 'refused:keyword'],
    [rule('content:"gate"; flowbits:unset,x;'), 'refused:keyword'],
    [rule('content:"gate"; nonsense;'), 'refused:keyword'],
    [rule('content:"ga|7g|te";'), 'refused:keyword'],
    [rule('content:"ga|74te";'), 'refused:keyword'],
    [rule('content:"";'), 'refused:keyword'],
    [rule('content:"gäte";'), 'refused:keyword'],
    [rule('content:gate;'), 'refused:keyword'],
    [rule('content:"gate" "x";'), 'refused:keyword'],
    [rule('content:"gate"; pcre:"x";'), 'refused:keyword'],
    [rule('content:"gate"; dsize:$X;'), 'refused:keyword'],
    ['alert tcp any any -> any 80 (msg:"x"; flow:established; sid:1;)', 'too-broad:rule'],
    ['alert tcp any any -> any 80 (msg:"x"; content:!"gate"; sid:1;)', 'too-broad:rule'],
    [rule('content:"|47 45|T";'), 'too-broad:rule'],
    [rule('content:"e"; content:"t"; content:"a"; content:"o";'), 'too-broad:rule'],
    [rule(`content:"${'a'.repeat(2048)}";`), 'refused:keyword'],
    ['alert ip $MY_NET any -> any any (content:"gate"; sid:1;)', 'refused:address'],
    ['alert tcp evil.example any -> any any (content:"gate"; sid:1;)', 'refused:address'],
    ['alert tcp any any -> any 65536 (content:"gate"; sid:1;)', 'refused:port'],
    ['alert tcp any any -> any : (content:"gate"; sid:1;)', 'refused:port'],
    ['alert tcp any any <- any 80 (content:"gate"; sid:1;)', 'refused:syntax'],
    ['alert tcp 10.0.0.0/33 any -> any 80 (content:"gate"; sid:1;)', 'refused:address'],
    ['alert http any 443 -> 8.8.8.8 any', 'refused:syntax'],
    ['alert tcp any any -> any any (msg:"oui")', 'refused:syntax'],
    [
      'alert tcp any any -> any 80 (content:"gate"; sid:1;) alert tcp any any -> any 81 (content:"x";)',
      'refused:syntax',
    ],
    ['alert tcp any any -> any 80 (content:"gate"; sid:1;)\ninclude /etc/passwd', 'refused:syntax'],
    ['include /etc/passwd', 'refused:syntax'],
    ['# alert tcp any any -> any 80 (content:"gate"; sid:1;)', 'refused:syntax'],
    ['alert tcp any any -> any 80 (content:"ga\nte"; sid:1;)', 'refused:syntax'],
    ['alert tcp any any -> any 80 (content:"gate; sid:1;)', 'refused:syntax'],
    ['alert tcp any any -> any 80 (content:"ga;te"; sid:1;)', 'refused:syntax'],
    ['', 'refused:syntax'],
    [`alert tcp any any -> any 80 (content:"${'a'.repeat(20_000)}";)`, 'unsupported:too-long'],
  ])('refuses %s', (text, reason) => {
    expect(foreignRefusal(text, 2)).toBe(reason);
  });

  it('refuses a service that Snort 3 does not know', () => {
    expect(foreignRefusal('alert foosvc (content:"gate"; sid:1;)', 3)).toBe('refused:protocol');
  });

  it('lets nothing pass that would leave its line or its brackets', () => {
    const pieces = fc.constantFrom(
      ...['content:"gate";', 'msg:"', '"', ';', '\\', '\n', ')', '(', '|', '#', ' ', 'a', ':', '!', '$', ','],
      ...['alert tcp any any -> any 80 ', 'alert http ', 'nocase;', 'pcre:"/a/i";', 'sid:1;', 'include /x', 'ü'],
    );
    const text = fc.array(pieces, { maxLength: 12 }).map((some) => some.join(''));
    const property = fc.property(text, fc.constantFrom(3 as const, 2 as const), (some, version) => {
      for (const one of [some, `alert tcp any any -> any 80 (content:"gate";${some})`]) {
        if (foreignRefusal(one, version) !== undefined) continue;
        const { header, options } = bareRule(one) ?? { header: '', options: '' };
        expect(header).toMatch(/^alert [a-z]+( \S+ \S+ (->|<>) \S+ \S+)?$/);
        expect(options).toMatch(/^(?:[a-z_]+(?::(?:"(?:[ !#-:<-[\]-~]|\\[ -~])*"|[^"\\;()#\n])+)?; ?)+$/);
      }
    });
    fc.assert(property, { numRuns: 3000 });
  });
});

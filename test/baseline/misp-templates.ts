/**
 * The Suricata rules that MISP's own export writes for attributes, re-made from its templates as they stand in MISP 2.5:
 * the baseline that detections of ours are compared with. Faults of the templates are kept.
 */

/** An attribute as far as the templates look at it. */
export interface BaselineAttribute {
  readonly type: string;
  readonly value: string;
}

const TAG = 'tag:session,600,seconds;';
const END_OF_HEADERS = `content:"|0D 0A 0D 0A|"; within:8192; ${TAG}`;

type Template = readonly [header: string, message: string, options: string];

/** One rule a line; types without a template have none. */
export function mispRules(attributes: readonly BaselineAttribute[]): string {
  return attributes
    .flatMap((attribute, i) =>
      templatesOf(attribute).map(([header, message, options], n) => {
        const sid = 4_000_000 + 10 * (i + 1) + 1 + n;
        return `alert ${header} (msg: "MISP e1 [] ${message}"; ${options} classtype:trojan-activity; sid:${sid}; rev:1; priority:2; reference:url,https://misp.example.org/events/view/1;) \n`;
      }),
    )
    .join('');
}

function templatesOf({ type, value }: BaselineAttribute): readonly Template[] {
  const v = escaped(value);
  const [first = '', second = ''] = value.split('|');
  switch (type) {
    case 'ip-dst':
      return [ipTo(value)];
    case 'ip-src':
      return [ipFrom(value)];
    case 'ip-dst|port':
      return [[`ip $HOME_NET any -> ${first} ${second}`, `Outgoing To IP: ${v}`, '']];
    case 'ip-src|port':
      return [[`ip ${first} ${second} -> $HOME_NET any`, `Incoming From IP: ${v}`, '']];
    case 'domain':
      return domain(value);
    case 'domain|ip':
      return [...domain(first), ipTo(second), ipFrom(second)];
    case 'hostname':
      return hostname(value);
    case 'url':
      return [url(value)];
    case 'user-agent':
      return [
        [
          'http $HOME_NET any -> $EXTERNAL_NET any',
          `Outgoing User-Agent ${v}`,
          `flow:to_server,established; content:"${v}"; fast_pattern; http_user_agent; ${TAG}`,
        ],
      ];
    case 'ja3-fingerprint-md5':
      return [['tls any any -> any any', `JA3 Hash: ${v}`, `ja3.hash; content:"${v}"; fast_pattern; ${TAG}`]];
    case 'email-src':
      return [
        mail(`Source Email Address: ${v}`, `content:"MAIL FROM|3a|"; nocase; content:"${v}"; fast_pattern; nocase;`),
      ];
    case 'email-dst':
      return [
        mail(`Destination Email Address: ${v}`, `content:"RCPT TO|3a|"; nocase; content:"${v}"; fast_pattern; nocase;`),
      ];
    case 'email-subject':
      return [mail('Bad Email Subject', `content:"Subject|3a|"; nocase; content:"${v}"; fast_pattern; nocase;`)];
    case 'email-attachment':
      return [
        mail(
          'Bad Email Attachment',
          `content:"Content-Disposition|3a| attachment|3b| filename|3d 22|"; content:"${v}|22|"; fast_pattern;`,
        ),
      ];
    default:
      return [];
  }
}

function ipTo(address: string): Template {
  return [`ip $HOME_NET any -> ${address} any`, `Outgoing To IP: ${address}`, ''];
}

function ipFrom(address: string): Template {
  return [`ip ${address} any -> $HOME_NET any`, `Incoming From IP: ${address}`, ''];
}

function domain(name: string): Template[] {
  const v = escaped(name);
  const p = quoted(name);
  return [
    ['dns any any -> any any', `Domain ${v}`, `dns.query; content:"${v}"; nocase; pcre: "/(^|[^A-Za-z0-9-])${p}$/i";`],
    [
      'http $HOME_NET any -> $EXTERNAL_NET any',
      `Outgoing HTTP Domain ${v}`,
      `flow:to_server,established; http.header; content: "Host|3a|"; nocase; http.header; content:"${v}"; fast_pattern; nocase; pcre: "/(^|[^A-Za-z0-9-])${p}[^A-Za-z0-9-\\.]/Hi"; ${TAG}`,
    ],
  ];
}

function hostname(name: string): Template[] {
  const v = escaped(name);
  const p = quoted(name);
  return [
    [
      'dns any any -> any any',
      `Hostname ${v}`,
      `dns.query; content:"${v}"; nocase; pcre: "/(^|[^A-Za-z0-9-\\.])${p}$/i";`,
    ],
    [
      'http $HOME_NET any -> $EXTERNAL_NET any',
      `Outgoing HTTP Hostname ${v}`,
      `flow:to_server,established; http.header; content: "Host|3a| ${v}"; fast_pattern; nocase; pcre: "/(^|[^A-Za-z0-9-\\.])${p}[^A-Za-z0-9-\\.]/Hi"; ${TAG}`,
    ],
  ];
}

function url(value: string): Template {
  const v = escaped(value);
  const parts = /^(https?):\/\/([^/:?#]+)(?::(\d+))?([^?#]*)/.exec(value);
  if (parts === null) {
    return [
      'http $HOME_NET any -> $EXTERNAL_NET any',
      `Outgoing URL ${v}`,
      `flow:to_server,established; http.uri; content:"${v}"; fast_pattern; nocase; ${TAG}`,
    ];
  }
  const [, scheme, host = '', port, path = ''] = parts;
  if (scheme === 'https') {
    const header = `tls $HOME_NET any -> $EXTERNAL_NET ${port ?? 443}`;
    return [header, `Outgoing URL ${v}`, `tls.sni; content:"${host}"; ${TAG}`];
  }
  const target = /^[\d.]+$/.test(host) ? host : '$EXTERNAL_NET';
  const uri = path === '' ? '' : ` fast_pattern; nocase; http.uri; content:"${path}"; nocase;`;
  return [
    `http $HOME_NET any -> ${target} ${port ?? '$HTTP_PORTS'}`,
    `Outgoing URL ${v}`,
    `flow:to_server,established; http.header; content:"${host}";${uri} ${TAG}`,
  ];
}

function mail(message: string, contents: string): Template {
  return [
    'tcp $EXTERNAL_NET any -> $SMTP_SERVERS 25',
    message,
    `flow:established,to_server; ${contents} ${END_OF_HEADERS}`,
  ];
}

const ESCAPES: Readonly<Record<string, string>> = {
  '|': '|7c|',
  '"': '|22|',
  ';': '|3b|',
  ':': '|3a|',
  '\\': '|5c|',
  '0x': '|30 78|',
};

/** As the templates escape: in values alone, and some characters alone. */
function escaped(value: string): string {
  return value.replace(/[|";:\\]|0x/g, (text) => ESCAPES[text] ?? text);
}

function quoted(value: string): string {
  return value.replace(/[.\\+*?[^\]$(){}=!<>|:\-#/]/g, '\\$&');
}

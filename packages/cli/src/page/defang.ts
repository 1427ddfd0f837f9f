import { escaped, type Html } from './html.ts';

/** Kinds whose whole value is a host, an address or a mail address. */
const HOSTS: ReadonlySet<string> = new Set([
  'ipv4',
  'cidr',
  'domain',
  'hostname',
  'email',
  'email-src',
  'email-dst',
  'email-reply-to',
]);

/**
 * A value in a spelling that no mail program, PDF viewer or chat turns into a link: `hxxp`, `[.]`, `[@]`. Values of a kind
 * that is unknown are taken for hosts or URLs when they look like one.
 */
export function defanged(kind: string, value: string): string {
  const [, scheme, host = '', rest = ''] = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)(.*)$/is.exec(value) ?? [];
  if (scheme !== undefined) return `${scheme.replace(/^http/i, 'hxxp')}${broken(host)}${rest}`;
  return HOSTS.has(kind) || kind === '' ? broken(value) : value;
}

function broken(host: string): string {
  return host.replaceAll('.', '[.]').replaceAll('@', '[@]');
}

/** An indicator's value as it stands in a table. */
export function valueCell(kind: string, value: string): Html {
  return {
    write: (mask) => `<code class="value">${escaped(defanged(kind, mask(value)), mask)}</code>`,
  };
}

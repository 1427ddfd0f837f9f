import type { DecodedEvent } from './decoded-event.ts';

interface LineForm {
  readonly form: RegExp;
  readonly groups: readonly string[];
}

/** Lines of text as the stock decoders of Wazuh 4 cut them, with the groups of the stock rules that take them. */
const FORMS: readonly LineForm[] = [
  { form: /^.{15} \S+ sshd\[\d+\]: .* from (?<srcip>\S+) port \d+/, groups: ['syslog', 'sshd'] },
  { form: /^(?<srcip>\S+) - - \[[^\]]+\] "\w+ (?<url>\S+) HTTP/, groups: ['web', 'accesslog'] },
  { form: /^.{15} \S+ kernel: .*SRC=(?<srcip>\S+) DST=(?<dstip>\S+) /, groups: ['firewall'] },
  { form: /^[\d.]+ +\d+ (?<srcip>\S+) \w+\/\d+ \d+ \w+ (?<url>\S+) /, groups: ['squid'] },
  { form: /^.{15} \S+ unbound: .* info: (?<srcip>\S+) (?<url>\S+)\. A IN$/, groups: ['unbound'] },
  { form: /^.{15} \S+ unbound: .* info: (?<srcip>\S+) (?<url>\S+) AAAA IN$/, groups: ['unbound'] },
];

/** What the stock decoders make of a line of text; undefined when none knows it. */
export function decodeLine(line: string): DecodedEvent | undefined {
  for (const { form, groups } of FORMS) {
    const fields = form.exec(line)?.groups;
    if (fields !== undefined) return { groups, fields: { ...fields } };
  }
  return undefined;
}

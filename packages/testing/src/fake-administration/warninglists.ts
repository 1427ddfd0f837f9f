import { type AdministrationAnswer, type AdministrationRequest, type Fields, member, ok, says } from './exchange.ts';

/** Fields of a warninglist that differ from those of a plain one. */
export type FakeWarninglist = Fields & {
  /** Its entries. */
  readonly list?: readonly string[];
  /** Version that an update brings. */
  readonly available?: string;
};

/** The warninglists of a MISP server, as its API shows and changes them. */
export class FakeWarninglists {
  readonly warninglists: Fields[];

  constructor(lists: readonly FakeWarninglist[]) {
    this.warninglists = lists.map((fields, index) => ({
      id: String(index + 1),
      type: 'string',
      description: '',
      version: '1',
      enabled: false,
      default: true,
      category: 'false_positive',
      warninglist_entry_count: String(fields.list?.length ?? 0),
      valid_attributes: 'ip-src, ip-dst, domain, hostname',
      ...fields,
    }));
  }

  /** Undefined for what is no call of warninglists. */
  answer({ method, path, body }: AdministrationRequest): AdministrationAnswer | undefined {
    const action = path.split('/')[1];
    if (action === 'index')
      return ok({
        Warninglists: this.warninglists.map(({ list: _, available: __, ...shown }) => ({ Warninglist: shown })),
      });
    if (action === 'toggleEnable') return this.#toggle(body);
    if (action === 'checkValue') return this.#check(body, path);
    if (action !== 'update') return undefined;
    if (method === 'GET') return says(405, 'This function only accepts POST requests.', path);
    const outdated = this.warninglists.filter(({ version, available = version }) => version !== available);
    for (const list of outdated) list.version = list.available;
    const message =
      outdated.length === 0
        ? 'All warninglists are up to date already.'
        : `Successfully updated ${outdated.length} warninglists.`;
    return ok({ saved: true, success: true, name: message, message, url: `/${path}` });
  }

  /** Toggles when it is not told which way, as MISP does. */
  #toggle(body: unknown): AdministrationAnswer {
    const ids = [member(body, 'id') ?? []].flat().map(String);
    const enabled = member(body, 'enabled');
    const meant = this.warninglists.filter(({ id }) => ids.includes(String(id)));
    if (meant.length === 0) return ok({ saved: false, errors: 'Warninglist(s) not found.' });
    for (const list of meant) list.enabled = enabled === undefined ? list.enabled !== true : Boolean(enabled);
    return ok({ saved: true, success: `${meant.length} warninglist(s) ${meant[0]?.enabled ? 'enabled' : 'disabled'}` });
  }

  /** Entries match to the letter here; composites are not split, and only enabled lists count, as in MISP. */
  #check(body: unknown, path: string): AdministrationAnswer {
    const values = [body].flat().map((value) => String(value).trim());
    if (values.length === 0) return says(404, 'No valid data received.', path);
    const hits: Fields = {};
    for (const value of values) {
      const matching = this.warninglists.filter(({ enabled, list }) => enabled === true && listed(list, value));
      if (matching.length > 0) hits[value] = matching.map(({ id, name }) => ({ id, name, matched: value }));
    }
    return ok(Object.keys(hits).length === 0 ? [] : hits);
  }
}

function listed(list: unknown, value: string): boolean {
  return Array.isArray(list) && list.includes(value);
}

import { flagOf, isRecord, listOf, momentOf, textOf } from '../../fields.ts';
import type { MispClient } from '../../rest/misp-client.ts';
import { unexpected } from '../unexpected.ts';

/** The user whom a key belongs to. */
export interface MispUser {
  readonly email: string;
  readonly organisation: string;
  readonly role: string;
  /** Administers the whole server. */
  readonly siteAdmin: boolean;
  /** May switch warninglists. */
  readonly warninglists: boolean;
  /** Searches that the role may make in 900 seconds; undefined without a limit. */
  readonly rateLimit: number | undefined;
  /** Unix seconds at which the account ends. */
  readonly expires: number | undefined;
  /** Whether a setting of the user adds filters to every search, unseen by the one who searches. */
  readonly searchDefaults: boolean;
}

export async function readUser(client: MispClient, signal: AbortSignal): Promise<MispUser> {
  const { document } = await client.get('users/view/me', { signal, retries: 0 });
  if (!isRecord(document) || !isRecord(document.User) || !isRecord(document.Role))
    throw unexpected('users/view/me', 'names no user and role');
  const { User: user, Role: role, Organisation: organisation } = document;
  const siteAdmin = flagOf(role.perm_site_admin) ?? false;
  const limit = Number.parseInt(textOf(role.rate_limit_count), 10);
  return {
    email: textOf(user.email),
    organisation: isRecord(organisation) ? textOf(organisation.name) : '',
    role: textOf(role.name),
    siteAdmin,
    warninglists: siteAdmin || flagOf(role.perm_warninglist) === true,
    rateLimit: flagOf(role.enforce_rate_limit) === true && !Number.isNaN(limit) ? limit : undefined,
    expires: momentOf(user.expiration),
    searchDefaults: listOf(document.UserSetting).some(hasSearchDefaults),
  };
}

const SEARCH_DEFAULTS = 'default_restsearch_parameters';

function hasSearchDefaults(setting: unknown): boolean {
  if (!isRecord(setting)) return false;
  const fields = isRecord(setting.UserSetting) ? setting.UserSetting : setting;
  if (SEARCH_DEFAULTS in fields) return true;
  return textOf(fields.setting) === SEARCH_DEFAULTS;
}

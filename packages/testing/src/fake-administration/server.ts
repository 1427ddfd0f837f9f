import { type Loopback, type ReceivedRequest, startLoopback, type TlsFiles } from '../loopback.ts';
import {
  type AdministrationAnswer,
  type AdministrationRequest,
  type Fields,
  NOT_PERMITTED,
  ok,
  says,
} from './exchange.ts';
import { FakeFeeds, type FakeFeedsOptions } from './feeds.ts';
import { type FakeWarninglist, FakeWarninglists } from './warninglists.ts';

export interface FakeAdministrationOptions extends Partial<FakeFeedsOptions> {
  readonly warninglists?: readonly FakeWarninglist[];
  /** Names of tags, with ids from 1. */
  readonly tags?: readonly string[];
  /** Whether the key may change feeds and warninglists. */
  readonly siteAdmin?: boolean;
  /** Fields of the user, of its role, and its settings, that differ from plain ones. */
  readonly user?: Fields;
  readonly role?: Fields;
  readonly settings?: readonly Fields[];
  readonly version?: string;
  /** Headers of every answer. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Answers instead of the server where it returns something. */
  readonly instead?: (request: AdministrationRequest) => AdministrationAnswer | undefined;
  readonly tls?: TlsFiles;
}

export interface FakeAdministration extends Loopback {
  /** All requests so far, as `POST feeds/enable/1`. */
  readonly requests: readonly string[];
  /** Those among them that may change something, by GET as by POST: MISP does not always tell them apart. */
  readonly changing: readonly string[];
  /** The feeds as they are now, under MISP's own names. */
  readonly feeds: readonly Fields[];
  readonly warninglists: readonly Fields[];
  /** Lets the background workers do what is queued. */
  work(): void;
}

/** A small MISP server that can be administered: it keeps feeds and warninglists, and fails on demand. */
export async function startFakeAdministration(options: FakeAdministrationOptions = {}): Promise<FakeAdministration> {
  const { feeds = [], defaults = [], workers = false, broken = () => false, preview = () => [] } = options;
  const fakeFeeds = new FakeFeeds({ feeds, defaults, workers, broken, preview });
  const lists = new FakeWarninglists(options.warninglists ?? []);
  const requests: string[] = [];
  const server = await startLoopback((received, response) => {
    const request = readRequest(received);
    requests.push(`${request.method} ${request.path}`);
    const answer = options.instead?.(request) ?? answerOf(request, options, fakeFeeds, lists);
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
    const headers = { 'content-type': 'application/json; charset=UTF-8', ...options.headers, ...answer.headers };
    response.writeHead(answer.status, headers).end(text);
  }, options.tls);
  return {
    ...server,
    requests,
    get changing() {
      return requests.filter((request) => !READING.has(actionOf(request.replace(/^\S+ /, ''))));
    },
    feeds: fakeFeeds.feeds,
    warninglists: lists.warninglists,
    work: () => fakeFeeds.work(),
  };
}

function readRequest({ method, path, body }: ReceivedRequest): AdministrationRequest {
  const parsed: unknown = body.length === 0 ? undefined : JSON.parse(body.toString('utf8'));
  return { method, path: path.slice(1), body: parsed };
}

const EVERY_USER = new Set(['feeds/index', 'feeds/previewIndex', 'warninglists/index', 'warninglists/checkValue']);
const READING = new Set([...EVERY_USER, 'servers/getVersion', 'users/view', 'tags/index']);

/** Controller and action of a path such as `feeds/enable/1`. */
function actionOf(path: string): string {
  return path.split('/').slice(0, 2).join('/');
}

function answerOf(
  request: AdministrationRequest,
  options: FakeAdministrationOptions,
  feeds: FakeFeeds,
  lists: FakeWarninglists,
): AdministrationAnswer {
  const { siteAdmin = true, version = '2.5.1', tags = [] } = options;
  const { path } = request;
  if (path === 'servers/getVersion') return ok({ version, perm_sync: siteAdmin, request_encoding: ['gzip'] });
  if (path === 'users/view/me') return ok(me(options, siteAdmin));
  if (path === 'tags/index') return ok({ Tag: tags.map((name, index) => ({ id: String(index + 1), name })) });
  if (!siteAdmin && !EVERY_USER.has(actionOf(path))) return says(403, NOT_PERMITTED, path);
  if (!siteAdmin && path === 'feeds/index') return ok([]);
  const answer = path.startsWith('feeds/') ? feeds.answer(request) : lists.answer(request);
  return answer ?? says(404, 'Not Found', path);
}

function me({ user, role, settings = [] }: FakeAdministrationOptions, siteAdmin: boolean): object {
  return {
    User: { id: '2', email: 'pipeline@example.org', expiration: null, ...user },
    Role: {
      name: siteAdmin ? 'admin' : 'User',
      perm_auth: true,
      perm_site_admin: siteAdmin,
      perm_warninglist: false,
      enforce_rate_limit: false,
      rate_limit_count: '0',
      ...role,
    },
    UserSetting: settings,
    Organisation: { name: 'Example CERT' },
  };
}

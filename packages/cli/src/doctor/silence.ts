import { EXIT } from '@misp-pipeline/core';
import { type HttpError, isMaintenance } from '@misp-pipeline/misp';
import { type Finding, problem } from './finding.ts';

/** What it means that the server did not answer. */
export function silenceFinding(error: HttpError): Finding {
  const { kind, message } = error;
  if (kind === 'refused')
    return problem(
      'key/refused',
      message,
      'Check the key, that its role may use the API, and the addresses it is bound to.',
      EXIT.authentication,
    );
  if (isMaintenance(error)) {
    const seen = `down for maintenance: ${message}`;
    return problem('server/maintenance', seen, 'Wait, or set MISP.live on the server.', EXIT.source);
  }
  if (kind === 'redirected') return problem('server/redirects', message, redirectAdvice(error), EXIT.source);
  if (kind === 'busy')
    return problem(
      'server/busy',
      message,
      'Wait a quarter of an hour, or raise the rate limit of the role.',
      EXIT.source,
    );
  return problem('server/silent', message, 'Check `url`, the network, and the log of the server.', EXIT.source);
}

const ASKED = '/servers/getVersion';

/** Where the server answers with the path that was asked for, it stands at another address. */
function redirectAdvice({ location }: HttpError): string {
  const target = location === undefined ? undefined : new URL(location);
  if (target === undefined) return 'Ask whoever runs the server or the proxy before it: MISP itself does not do this.';
  if (target.pathname.endsWith(ASKED))
    return `Write \`${target.origin}${target.pathname.slice(0, -ASKED.length)}\` as \`url\`.`;
  return 'Write the address of MISP itself as `url`; what answers there asks a person to sign in, or is another program.';
}

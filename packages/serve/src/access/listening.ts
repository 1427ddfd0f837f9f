import { type FaultAt, SHORTEST_TOKEN } from '@misp-pipeline/core';
import type { ServeOptions } from '../options.ts';
import type { ServerParts } from '../parts.ts';
import { digestOf } from './callers.ts';

type Parts = Pick<ServerParts, 'options' | 'address' | 'insecureHttp' | 'faultAt'>;

/** Why the service must not listen there. */
export function listeningFaults({ options, address, insecureHttp, faultAt }: Parts): string[] {
  const faults = tokenFaults(options, faultAt);
  if (!address.isPublic) return faults;
  const where = `other machines reach \`${options.listen}\``;
  if (Object.keys(options.tokens).length === 0)
    faults.push(faultAt('serve.tokens', `${where}, so name who may ask, each with a token`));
  if (options.tls === undefined && !insecureHttp)
    faults.push(
      faultAt(
        'serve.tls',
        `${where}, so name \`cert\` and \`key\`, or say --insecure-http behind a proxy that has them`,
      ),
    );
  return faults;
}

function tokenFaults({ tokens }: ServeOptions, faultAt: FaultAt): string[] {
  const names = new Map<string, string>();
  return Object.entries(tokens).flatMap(([name, one]) => {
    const path = `serve.tokens.${name}`;
    if ((one.token === undefined) === (one.sha256 === undefined))
      return [faultAt(path, 'write either `token` or `sha256`')];
    if (one.token !== undefined && one.token.reveal().length < SHORTEST_TOKEN)
      return [
        faultAt(`${path}.token`, `has fewer than ${SHORTEST_TOKEN} characters; \`openssl rand -hex 32\` makes one`),
      ];
    const digest = digestOf(one).toString('hex');
    const twin = names.get(digest);
    names.set(digest, name);
    return twin === undefined ? [] : [faultAt(path, `is the same token as that of \`${twin}\``)];
  });
}

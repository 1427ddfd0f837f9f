import type { Direction } from '@misp-pipeline/core';

/** What one rule looks for, in the syntax of one Snort. */
export interface Match {
  /** Action, protocol and, where they matter, addresses and ports. */
  readonly header: string;
  /** Detection options, each ending in `;`. */
  readonly options: string;
}

/** A host name on the wire. */
export interface NameMatch {
  readonly host: string;
  /** True: the name and every name below it. False: this name only. */
  readonly below: boolean;
  /** Port of the server; undefined for any. */
  readonly port: number | undefined;
}

/** A path, and a query when one was named; without it any query matches. */
export interface TargetMatch {
  readonly path: string;
  readonly query: string | undefined;
}

/** A request for a target on one host. */
export interface RequestMatch extends TargetMatch {
  /** As in the Host header, without port. */
  readonly host: string;
  /** Port in the Host header; undefined for any or none. */
  readonly port: number | undefined;
}

/** A network or address and a port of it. */
export interface EndpointMatch {
  /** As a rule header takes it: an address or `address/bits`. */
  readonly address: string;
  readonly port: number;
  /** `source` when the endpoint opens the connection. */
  readonly direction: Direction;
}

/** A text, and where it has to stand. */
export interface TextMatch {
  /** What has to stand somewhere. */
  readonly text: string;
  /** Regular expression for the text and what is around it; quotes, slashes and semicolons as `\xNN`. */
  readonly pattern: string;
}

/** How one version of Snort says what is looked for. Values come as they are; each method escapes them. */
export interface Dialect {
  /** Number of rules for a name on any port: those of `dns`, and one each of `http` and `tls`. */
  readonly rulesPerName: number;
  dns(name: NameMatch): readonly Match[];
  /** The name in the Host header. */
  http(name: NameMatch): Match;
  /** The name in the server name of a ClientHello. */
  tls(name: NameMatch): Match;
  request(request: RequestMatch): Match;
  /** A target on whatever host. */
  target(target: TargetMatch): Match;
  /** Part of a target, as sent. */
  targetPart(text: string): Match;
  /** The whole User-Agent header. */
  userAgent(value: string): Match;
  /** The method of a request, whole. */
  method(name: string): Match;
  /** Part of the Cookie header of a request. */
  cookie(cookie: TextMatch): Match;
  /** A line of a mail or of its envelope, in any case; the expression is matched line by line. */
  mail(line: TextMatch): Match;
  /** The first packet of a TCP connection. */
  connection(endpoint: EndpointMatch): Match;
  /** A packet over UDP. */
  datagram(endpoint: EndpointMatch): Match;
  /** Bytes in what either end of a TCP connection sends. */
  stream(bytes: Uint8Array): Match;
  /** Bytes in a UDP packet. */
  packet(bytes: Uint8Array): Match;
}

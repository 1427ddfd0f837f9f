import type { Clock, FaultAt, ListenAddress, Logger } from '@misp-pipeline/core';
import type { LookupIndex } from '@misp-pipeline/lookup';

import type { ReadingsOf } from './answering.ts';
import type { ServeOptions } from './options.ts';

/** What a service is made of. */
export interface ServerParts {
  readonly options: ServeOptions;
  /** `options.listen`, read. */
  readonly address: ListenAddress;
  /** Whether others may ask without TLS, since a proxy in front of the service has it. */
  readonly insecureHttp: boolean;
  /** Is not closed by the service. */
  readonly index: LookupIndex;
  readonly readingsOf: ReadingsOf;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Tells what is wrong with the config. */
  readonly faultAt: FaultAt;
}

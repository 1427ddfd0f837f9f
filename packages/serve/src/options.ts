import type { ServeOptions } from '@misp-pipeline/core';

export type { ServeOptions };

/** PEM files. */
export type TlsOptions = NonNullable<ServeOptions['tls']>;

/** One who may ask. Either the token itself or its digest is given. */
export type TokenOptions = ServeOptions['tokens'][string];

/** What one client may ask of the service. */
export type ServeLimits = ServeOptions['limits'];

export const RULES = 'misp.rules';

/** Rules that others wrote. */
export const FOREIGN_RULES = 'misp-foreign.rules';

/** Folder with the lists of the reputation inspector; Snort 3 reads its `interface.info` first. */
export const LIST_FOLDER = 'reputation';
const ADDRESS_LIST = 'misp-ip.blocklist';
export const ADDRESSES = `${LIST_FOLDER}/${ADDRESS_LIST}`;
export const LIST_MANIFEST = `${LIST_FOLDER}/interface.info`;

/** SHA-256 digests, for the file policy of Snort 3. */
export const HASHES = 'misp-sha256.list';

export const SNIPPET = { 3: 'misp-pipeline.lua', 2: 'misp-pipeline.conf' } as const;

/** Any number that no other list of the sensor has. */
const LIST_ID = 7001;

/**
 * Name, number and action of the address list. `monitor` raises an alert and goes on; `block` would end the inspection
 * of the flow, in passive sensors too.
 */
export const LIST_MANIFEST_TEXT = `${ADDRESS_LIST}, ${LIST_ID}, monitor\n`;

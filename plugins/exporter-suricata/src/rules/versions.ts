/** Guards of rules that one version alone can load; the other skips them. */
export const SINCE_8 = 'requires:version >= 8;';
export const BEFORE_8 = 'requires:version < 8;';

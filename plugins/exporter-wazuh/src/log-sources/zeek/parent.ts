/** There are no stock rules for Zeek's own logs. */
export const parent = 'grouping';

/** The stock rules take events by type before their common parent's other children are asked: all are parents. */
export const parent = { sids: '86600,86601,86602,86603,86604' };

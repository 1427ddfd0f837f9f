export { contentBytes, contentText, messageText, metadataText, pcreText } from './escape.ts';
export { hasHungUp } from './hung-up.ts';
export { forEachMetadata, ruleMessage, ruleMetadata } from './metadata.ts';
export { type Rule, RuleFile } from './rule-file.ts';
export { openSids, type SidOptions, sidOptions, sidsOf } from './sids.ts';

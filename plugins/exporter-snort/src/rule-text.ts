import type { Indicator, Severity } from '@misp-pipeline/core';
import { type Rule, ruleMessage, ruleMetadata } from '@misp-pipeline/ids-rules';
import { type Detection, detectionKey, isHttps, united } from './detection.ts';
import type { Form } from './form.ts';

/** MISP's own numbers of its threat levels. */
const PRIORITY: Record<Severity, number> = { high: 1, medium: 2, low: 3, unknown: 4 };

/** Links of these characters need no escaping in either Snort; others are left out. Snort puts `http://` in front. */
const LINK = /^https?:\/\/([A-Za-z0-9._~:/-]{1,300})$/;

/** Says that a URL itself was not seen. */
const HOST_ONLY = ['misp_match host-only'];

/** The rules of a detection, one for each form. */
export function rulesOf(detection: Detection, forms: readonly Form[]): readonly Rule[] {
  const indicator = united(detection);
  const context = contextOf(indicator, isHttps(indicator) ? HOST_ONLY : []);
  const key = detectionKey(detection);
  return forms.map(({ name, what, header, options }) => ({
    key: `${key} ${name}`,
    header,
    options: `msg:"${ruleMessage(indicator, what)}"; ${options} ${context}`,
  }));
}

/** What a rule says besides what it looks for and its message; `extra` goes into the metadata. */
export function contextOf(indicator: Indicator, extra: readonly string[] = []): string {
  const metadata = ruleMetadata(indicator, extra);
  const priority = PRIORITY[indicator.severity];
  return `${reference(indicator)}classtype:trojan-activity; priority:${priority}; metadata:${metadata};`;
}

function reference({ origins }: Indicator): string {
  for (const { event } of origins) {
    const [, link] = LINK.exec(event.link ?? '') ?? [];
    if (link !== undefined) return `reference:url,${link}; `;
  }
  return '';
}

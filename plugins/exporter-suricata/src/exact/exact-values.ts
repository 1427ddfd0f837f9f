import { type Indicator, indicatorKey } from '@misp-pipeline/core';
import { append } from '../append.ts';
import { isListable, ValueListFiles } from '../lists/value-list.ts';
import { fits, framed, listFrame, ruleFrame } from '../rules/rule-text.ts';
import { inLists, type Ruleset, ruleFileOf } from '../ruleset.ts';
import type { ExactForm } from './exact-form.ts';
import { exactForm } from './exact-forms.ts';

/** Values that a buffer of the engine holds as they are, all of one kind. */
export function writeExactValues(values: readonly Indicator[], ruleset: Ruleset): void {
  const asLists = inLists(ruleset, values.length);
  const lists = new Map<ExactForm, Indicator[]>();
  for (const indicator of values) {
    const form = exactForm(indicator);
    if (form === undefined) ruleset.skip(indicator, `unsupported:${indicator.kind}-variant`);
    else if (!fits(form.match(indicator.value))) ruleset.skip(indicator, 'unsupported:too-long');
    else if (asLists && isListable(form.listed(indicator.value), indicator, form.listType))
      append(lists, form, indicator);
    else ruleset.room.claim([indicator], form.sights.length, () => writeValue(indicator, form, ruleset));
  }
  for (const [form, members] of lists) writeList(form, members, ruleset);
}

function writeValue(indicator: Indicator, { sights, match, traffic }: ExactForm, ruleset: Ruleset): void {
  const matched = match(indicator.value);
  const frame = ruleFrame(indicator, indicator.kind, traffic);
  for (const { protocol, buffer } of sights) {
    const options = framed(frame, `${buffer} ${matched}`);
    const key = `${indicatorKey(indicator)} ${protocol}`;
    ruleFileOf(protocol, ruleset).add({ key, header: headerOf(protocol), options }, indicator);
  }
}

function writeList(
  { list, traffic, listType, listed, sights }: ExactForm,
  members: readonly Indicator[],
  ruleset: Ruleset,
): void {
  const kind = members[0]?.kind ?? '';
  const frame = listFrame(`${kind} in list ${list}`, traffic, [`misp_kind ${kind}`]);
  const lookUps = sights.map(({ protocol, buffer }) => ({ protocol, header: headerOf(protocol), buffer }));
  const files = new ValueListFiles({ name: list, type: listType, size: members.length, frame, lookUps }, ruleset);
  for (const indicator of members) files.add(listed(indicator.value), [indicator]);
}

function headerOf(protocol: string): string {
  return `alert ${protocol} any any -> any any`;
}

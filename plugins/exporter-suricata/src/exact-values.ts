import { type Indicator, indicatorKey } from '@misp-pipeline/core';
import { append } from './append.ts';
import { datasetMatch } from './dataset.ts';
import { type ExactForm, exactForm } from './exact-forms.ts';
import { ListFile } from './list-file.ts';
import { fits, framed, listFrame, ruleFrame } from './rule-text.ts';
import { inLists, type Ruleset, ruleFileOf } from './ruleset.ts';

/** Values that a buffer of the engine holds as they are, all of one kind. */
export function writeExactValues(values: readonly Indicator[], ruleset: Ruleset): void {
  const asLists = inLists(ruleset, values.length);
  const lists = new Map<ExactForm, Indicator[]>();
  for (const indicator of values) {
    const form = exactForm(indicator);
    if (form === undefined) ruleset.skip(indicator, `unsupported:${indicator.kind}-variant`);
    else if (asLists) append(lists, form, indicator);
    else writeValue(indicator, form, ruleset);
  }
  for (const [form, members] of lists) writeValueList(form, members, ruleset);
}

function writeValue(indicator: Indicator, { sights, match, meaning }: ExactForm, ruleset: Ruleset): void {
  const matched = match(indicator.value);
  if (!fits(matched)) {
    ruleset.skip(indicator, 'unsupported:too-long');
    return;
  }
  const frame = ruleFrame(indicator, indicator.kind, meaning);
  for (const { protocol, buffer } of sights) {
    const options = framed(frame, `${buffer} ${matched}`);
    const key = `${indicatorKey(indicator)} ${protocol}`;
    ruleFileOf(protocol, ruleset).add({ key, header: headerOf(protocol), options }, indicator);
  }
}

function writeValueList(form: ExactForm, members: readonly Indicator[], ruleset: Ruleset): void {
  const kind = members[0]?.kind ?? '';
  const { list, meaning, listType } = form;
  const frame = listFrame(`${kind} in list ${list}`, meaning, [`misp_kind ${kind}`]);
  const sids = form.sights.map(({ protocol, buffer }) => {
    const options = framed(frame, `${buffer} ${datasetMatch(list, listType, members.length)}`);
    return ruleFileOf(protocol, ruleset).add({ key: `${list} ${protocol}`, header: headerOf(protocol), options });
  });
  const file = new ListFile(ruleset.output, list, sids);
  for (const indicator of members) file.add(form.listLine(indicator.value), indicator);
}

function headerOf(protocol: string): string {
  return `alert ${protocol} any any -> any any`;
}

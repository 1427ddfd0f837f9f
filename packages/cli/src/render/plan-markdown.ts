import type { ChangeGroup } from '@misp-pipeline/core';
import { countsText, indicatorText, isEmpty, SORTS, sortedReasons, titleOf } from './changes.ts';
import { type CheckVerdict, quarantineTexts } from './check.ts';
import { counted, plain } from './number.ts';
import { applyCommand, budgetTexts, type Plan, type PlannedExporter } from './plan.ts';
import { visible } from './visible.ts';

const EXAMPLES_SHOWN = 50;
const GROUPS_SHOWN = 20;

/** Characters of a text of others. */
const LONGEST = 120;

/** The plan as Markdown, for a merge request. */
export function planMarkdown(plan: Plan): string {
  const { pipeline, fingerprint, guard, exporters } = plan;
  const command = applyCommand(plan);
  const lines = [
    `## ${cell(pipeline)}: ${fingerprint === null ? 'nothing to apply' : `plan \`${fingerprint}\``}`,
    '',
    '| exporter | added | changed | withdrawn | indicators | generation | loaded by |',
    '| --- | ---: | ---: | ---: | ---: | --- | --- |',
    ...exporters.map(exporterRow),
  ];
  if (guard.length > 0)
    lines.push('', '### Guards object', '', ...guard.map(({ id, message }) => `- \`${id}\`: ${cell(message)}`));
  for (const exporter of exporters) lines.push(...details(exporter));
  if (command !== undefined) lines.push('', `To publish it: \`${command}\``);
  return lines.join('\n');
}

function exporterRow({ id, changes, exported, base, generation, check }: PlannedExporter): string {
  const counts = [changes?.added, changes?.changed, changes?.withdrawn].map((count) => plain(count ?? 0));
  const live = base === generation ? `\`${generation}\` stays` : `\`${base ?? 'none'}\` → \`${generation}\``;
  return `| ${[id, ...counts, plain(exported), live, loadedBy(check)].join(' | ')} |`;
}

function loadedBy(check: CheckVerdict): string {
  if (check.state === 'unchecked') return 'not checked';
  const refused = check.quarantined.length;
  return refused === 0 ? cell(check.engine) : `${cell(check.engine)}, which refused ${plain(refused)}`;
}

function details(exporter: PlannedExporter): string[] {
  const { id, changes, check } = exporter;
  const leftOut = [...budgetTexts(exporter), ...quarantineTexts(check)].map((text) => `- ${cell(text, 2 * LONGEST)}`);
  if (changes === undefined || isEmpty(changes))
    return leftOut.length === 0 ? [] : ['', `${cell(id)}:`, '', ...leftOut];
  const rows = SORTS.flatMap((sort) =>
    changes.examples[sort].slice(0, EXAMPLES_SHOWN).map((one) => `| ${sort} | ${code(indicatorText(one))} |`),
  );
  const total = changes.added + changes.changed + changes.withdrawn;
  return [
    '',
    `<details><summary>${cell(id)}: ${countsText(changes)}</summary>`,
    '',
    ...leftOut,
    ...sortedReasons(changes.causes).map(([cause, count]) => `- withdrawn, cause ${cell(cause)}: ${plain(count)}`),
    ...groupItems('event', changes.events, (event) => `${cell(titleOf(event))} (\`${cell(event.id)}\`)`),
    ...groupItems('organisation', changes.organisations, ({ title }) => cell(title)),
    '',
    ...['| change | indicator |', '| --- | --- |', ...rows],
    ...(total > rows.length ? ['', `and ${plain(total - rows.length)} more`] : []),
    '',
    '</details>',
  ];
}

/** The groups that change the most, and how many more there are. */
function groupItems(noun: string, groups: readonly ChangeGroup[], nameOf: (group: ChangeGroup) => string): string[] {
  const shown = groups.slice(0, GROUPS_SHOWN);
  const more = groups.length - shown.length;
  return [
    ...shown.map((group) => `- ${noun} ${nameOf(group)}: ${countsText(group)}`),
    ...(more > 0 ? [`- and ${counted(more, `more ${noun}`)}`] : []),
  ];
}

/** An indicator as code, which is neither a link nor markup, where nothing in it could end the code. */
function code(text: string): string {
  return /^[\w.:/@,;=+()[\] -]+$/.test(text) ? `\`${text}\`` : cell(text, 2 * LONGEST);
}

/** Text of others inside of Markdown: nothing in it is markup, a link, the end of a cell, or invisible. */
function cell(text: string, longest = LONGEST): string {
  return visible(text, longest).replace(/[^\p{L}\p{N} ,;/?%=-]/gu, (char) => `&#${char.codePointAt(0)};`);
}

/** An element with a class and with text, or with other elements, in it. Text is never read as markup. */
function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  made.append(...content);
  return made;
}

/** A second line of a cell; nothing when there is nothing to say. */
function notes(...texts) {
  return texts.filter((text) => text !== '').map((text) => element('span', 'note', text));
}

/** The table row of one row. Cells carry the name of their column, for narrow screens. */
export function tableRow({ state, kind, value, reason, detail, stage, event, org, tlp, exporters, count }) {
  const isOfExporters = ['exported', 'unpublished', 'skipped'].includes(state);
  const times = count > 1 && !isOfExporters ? `${count.toLocaleString('en')} times` : '';
  const cells = [
    cell('th', 'Value', element('code', 'value', value), ...notes(kind)),
    cell('td', 'State', element('span', `chip ${state}`, state), ...notes(times)),
    cell('td', 'Why', reason, ...notes(detail, stage)),
    cell('td', 'Event', event, ...notes(org)),
    cell('td', 'TLP', tlp),
    cell('td', 'Exporters', exporters),
  ];
  const row = element('tr', '', ...cells);
  row.setAttribute('role', 'row');
  return row;
}

function cell(name, title, ...content) {
  const parts = content.filter((part) => part !== '');
  const made = element(name, parts.length === 0 ? 'empty' : '', element('div', '', ...parts));
  made.dataset.title = title;
  made.setAttribute('role', name === 'th' ? 'rowheader' : 'cell');
  if (name === 'th') made.scope = 'row';
  return made;
}

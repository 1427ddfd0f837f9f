import { Rows } from './rows.js';
import { tableRow } from './view.js';

const PAGE_SIZE = 25;
/** Milliseconds without a key stroke after which a search begins. */
const PATIENCE = 120;

const byId = (id) => document.getElementById(id);
const [needle, kind, form, hits] = ['needle', 'kind', 'query', 'hits'].map(byId);
const [previous, next, pageText] = ['previous', 'next', 'page'].map(byId);
const body = document.querySelector('#found tbody');
const rows = new Rows(JSON.parse(byId('rows').textContent));

let found = [];
let page = 0;
let timer;

function search() {
  const checked = form.querySelectorAll('input[name=state]:checked');
  const states = new Set(Array.from(checked, ({ value }) => value));
  found = rows.find({ needle: needle.value, states, kind: kind.value });
  hits.dataset.sought = needle.value;
  hits.textContent = found.length === 1 ? '1 row fits.' : `${found.length.toLocaleString('en')} rows fit.`;
  show(0);
}

/** Only the rows of one page stand in the document. */
function show(number) {
  const last = Math.max(0, Math.ceil(found.length / PAGE_SIZE) - 1);
  page = Math.min(Math.max(0, number), last);
  const from = page * PAGE_SIZE;
  body.replaceChildren(...found.slice(from, from + PAGE_SIZE).map((i) => tableRow(rows.row(i))));
  pageText.textContent = `Page ${(page + 1).toLocaleString('en')} of ${(last + 1).toLocaleString('en')}`;
  previous.setAttribute('aria-disabled', String(page === 0));
  next.setAttribute('aria-disabled', String(page === last));
}

form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('change', search);
needle.addEventListener('input', () => {
  clearTimeout(timer);
  timer = setTimeout(search, PATIENCE);
});
previous.addEventListener('click', () => show(page - 1));
next.addEventListener('click', () => show(page + 1));
document.addEventListener('keydown', (event) => {
  const isTyping = event.target.matches('input[type=search], select');
  if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  needle.focus();
});
byId('finder').hidden = false;
byId('unscripted').hidden = true;
search();

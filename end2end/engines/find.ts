/** An element by role and accessible name. */
export interface Step {
  role: keyof typeof ROLES;
  /** Its full accessible name, or a prefix that ends with `*`; any if omitted. */
  name?: string;
}

/** Each step searches inside what the previous one found. */
export type Steps = Step[];

/** The elements that have each role in the console. */
const ROLES = {
  alert: '[role=alert]',
  button: 'button',
  checkbox: 'input[type=checkbox]',
  columnheader: 'th[scope=col]',
  combobox: '[role=combobox]',
  definition: 'dd',
  dialog: 'dialog[open]',
  field: 'input, textarea, select',
  // Used through its button, so it isn't visible itself.
  file: 'input[type=file]',
  group: 'fieldset, [role=group]',
  heading: 'h1',
  html: 'html',
  image: 'main img',
  item: 'li',
  link: 'a[href]',
  listbox: '[role=listbox]',
  menu: '[popover]:popover-open',
  navigation: 'nav',
  option: '[role=option]',
  radio: 'input[type=radio]',
  region: 'section',
  row: 'tr',
  rowheader: 'th[scope=row]',
  searchbox: 'input[type=search]',
  status: '[role=status]',
  table: 'table',
  term: 'dt',
} as const;

/** A script that defines `all(steps)`, which finds all matching elements. */
export const FIND = `
const ROLES = ${JSON.stringify(ROLES)};
const plain = (text) => (text ?? '').replace(/\\s+/g, ' ').trim();
const spoken = (element) => {
  const copy = element.cloneNode(true);
  copy.querySelectorAll('[aria-hidden=true]').forEach((hidden) => hidden.remove());
  return plain(copy.textContent);
};
const nameOf = (element) => {
  const labels = (element.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)).filter(Boolean);
  if (labels.length) return plain(labels.map(spoken).join(' '));
  if (element.hasAttribute('aria-label')) return plain(element.getAttribute('aria-label'));
  if (element.labels?.length) return plain([...element.labels].map(spoken).join(' '));
  if (element.matches('fieldset')) return spoken(element.querySelector('legend') ?? document.createElement('i'));
  if (element.matches('table')) return spoken(element.caption ?? document.createElement('i'));
  if (element.matches('section')) return spoken(element.querySelector('h2') ?? document.createElement('i'));
  return plain(element.getAttribute('alt')) || spoken(element);
};
const isCalled = (element, name) => name.endsWith('*') ? nameOf(element).startsWith(name.slice(0, -1)) : nameOf(element) === name;
const isShown = (element) => element.matches('input[type=file]') || element.checkVisibility({ visibilityProperty: true });
const all = (steps) => steps.reduce(
  (places, { role, name }) => [...new Set(places.flatMap((place) => [...place.querySelectorAll(ROLES[role])]))]
    .filter((element) => isShown(element) && (name === undefined || isCalled(element, name))),
  [document],
);
`;

// Parts that every tab is made of.
// Every text goes in as text, never as HTML: names of files and packages come from repositories nobody has vouched for.

import { vscode } from './state.js';

export function placeLink(place) {
  return button('link mono', place.label, () => vscode.postMessage({ type: 'open', place }));
}

export function notice(title, lines) {
  return el('div', { class: 'notice', role: 'alert' }, [
    el('strong', {}, title),
    ...lines.map((line) => el('p', {}, line)),
  ]);
}

/** Up, down, Home and End move between the controls of a list, as in the editor's own lists. */
export function arrowKeys(list, selector) {
  list.addEventListener('keydown', (event) => {
    const controls = [...list.querySelectorAll(selector)];
    const at = controls.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: controls.length - 1 }[event.key];
    if (at === -1 || to === undefined || !controls[to]) return;
    event.preventDefault();
    controls[to].focus();
  });
  return list;
}

export function button(name, content, act, attributes = {}) {
  const made = el('button', { type: 'button', class: name, ...attributes }, content);
  made.addEventListener('click', act);
  return made;
}

export function el(name, attributes, content = []) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== '' || key === 'value') made.setAttribute(key, value);
  made.append(...(Array.isArray(content) ? content : [content]));
  return made;
}

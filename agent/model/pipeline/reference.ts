import { rangeIn } from '../tree/index.ts';
import type { ScalarNode } from '../types.ts';
import type { Pin, Reference } from './types.ts';

/**
 * A `uses:` of GitHub: `owner/repository/path@ref`, `./path`, `$/path`, `docker://image`.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsuses
 */
export function parseUses(node: ScalarNode): Reference {
  const text = node.text.trim();
  const plain = { text, node, source: text };
  if (/^(?:\.\.?\/|\$\/|\.$)/.test(text)) return { ...plain, kind: 'local', pin: 'unknown' };
  if (text.startsWith('docker://')) return { ...plain, kind: 'docker', source: text.slice(9), pin: 'unknown' };
  const shift = node.text.indexOf(text);
  const at = text.lastIndexOf('@');
  const name = at === -1 ? text : text.slice(0, at);
  const parts = name.split('/');
  const path = parts.slice(2).join('/');
  const reference: Reference = {
    ...plain,
    kind: /(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml$/.test(path) ? 'reusable-workflow' : 'action',
    source: parts.slice(0, 2).join('/'),
    pin: at === -1 ? 'none' : pinOf(text.slice(at + 1)),
  };
  if (path !== '') reference.path = path;
  if (at !== -1) {
    reference.ref = text.slice(at + 1);
    reference.refRange = rangeIn(node, shift + at + 1, shift + text.length);
  }
  if (text.includes('${{')) reference.pin = 'unknown';
  return reference;
}

/** How firmly a git reference names one commit, as far as its spelling tells. */
export function pinOf(ref: string): Pin {
  if (ref === '') return 'none';
  if (/[${}]/.test(ref)) return 'unknown';
  if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(ref)) return 'hash';
  const name = ref.replace(/^refs\/(?:tags|heads)\//, '');
  if (ref.startsWith('refs/heads/')) return 'branch';
  if (/^v?\d+\.\d+\.\d+(?:[-+.][\w.+-]+)?$/i.test(name)) return 'version';
  if (ref.startsWith('refs/tags/') || /^v?\d+(?:\.\d+)?(?:[-+.]\w[\w.-]*)?$/i.test(name)) return 'tag';
  if (/\d+\.\d+/.test(name) && !name.includes('/')) return 'tag';
  return 'branch';
}

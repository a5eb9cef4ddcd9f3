/** The formats gojsonschema checks; a format it does not know accepts everything. */
import { parseAddress } from '../builtins/network.ts';
import { parseTime } from '../time/parse.ts';

const HOST =
  /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?){0,126}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function hasFormat(format: string, text: string): boolean {
  switch (format) {
    case 'date':
      return parseTime('2006-01-02', text) !== undefined;
    case 'time':
      return ['15:04:05', '15:04:05Z07:00'].some((layout) => parseTime(layout, text) !== undefined);
    case 'date-time':
      return ['15:04:05', '15:04:05Z07:00', '2006-01-02', '2006-01-02T15:04:05Z07:00'].some(
        (layout) => parseTime(layout, text) !== undefined,
      );
    case 'hostname':
      return text.length < 256 && HOST.test(text);
    case 'email':
    case 'idn-email':
      return /^[^\s@<>()[\],;:\\"]+@[^\s@<>()[\],;:\\"]+$/.test(text);
    case 'ipv4':
      return text.includes('.') && parseAddress(text)?.bits === 32;
    case 'ipv6':
      return text.includes(':') && parseAddress(text) !== undefined;
    case 'uri':
    case 'iri':
      return /^[A-Za-z][A-Za-z0-9+.-]*:[^\s\\]*$/.test(text);
    case 'uri-reference':
    case 'iri-reference':
      return !text.includes('\\');
    case 'uuid':
      return UUID.test(text);
    case 'json-pointer':
      return text === '' || /^(?:\/(?:[^/~]|~[01])*)*$/.test(text);
    case 'relative-json-pointer':
      return /^(?:0|[1-9][0-9]*)(?:#|(?:\/(?:[^/~]|~[01])*)*)$/.test(text);
    default:
      return true;
  }
}

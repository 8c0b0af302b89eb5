// @ts-check
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/**
 * One place that the machine's own apt reads packages from.
 * @typedef {{ uri: string, suites: string[], components: string[], signedBy: string | null }} AptSource
 */

/** Every binary package source that this machine has enabled, in both of apt's formats. @param {string} [etcApt] @returns {AptSource[]} */
export function readAptSources(etcApt = '/etc/apt') {
  /** @type {AptSource[]} */
  const sources = [];
  const folder = `${etcApt}/sources.list.d`;
  const files = existsSync(folder)
    ? readdirSync(folder)
        .sort()
        .map((name) => `${folder}/${name}`)
    : [];
  for (const file of [`${etcApt}/sources.list`, ...files]) {
    if (!existsSync(file)) continue;
    if (file.endsWith('.list')) sources.push(...parseOneLineSources(readFileSync(file, 'utf8')));
    if (file.endsWith('.sources')) sources.push(...parseDeb822Sources(readFileSync(file, 'utf8')));
  }
  return sources;
}

/** The `deb [options] uri suite component…` format. @param {string} text @returns {AptSource[]} */
export function parseOneLineSources(text) {
  /** @type {AptSource[]} */
  const sources = [];
  for (const line of text.split('\n')) {
    const match = /^\s*deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s*([^#]*)/.exec(line);
    if (match === null) continue;
    const [, options = '', uri = '', suite = '', components = ''] = match;
    const signedBy = /(?:^|\s)signed-by=(\S+)/i.exec(options)?.[1] ?? null;
    sources.push({ uri, suites: [suite], components: words(components), signedBy });
  }
  return sources;
}

/** The deb822 format: stanzas of `Field: value`, continued on indented lines. @param {string} text @returns {AptSource[]} */
export function parseDeb822Sources(text) {
  return text
    .split(/\n[ \t]*\n/)
    .map(parseStanza)
    .filter(
      (fields) => words(fields.get('types')).includes('deb') && fields.get('enabled')?.trim().toLowerCase() !== 'no',
    )
    .flatMap((fields) => {
      const signedBy = fields.get('signed-by')?.trim() ?? '';
      return words(fields.get('uris')).map((uri) => ({
        uri,
        suites: words(fields.get('suites')),
        components: words(fields.get('components')),
        // A key written into the file itself is not a path that another source could name.
        signedBy: signedBy.startsWith('/') ? (words(signedBy)[0] ?? null) : null,
      }));
    });
}

/** @param {string} stanza @returns {Map<string, string>} field names in lower case */
function parseStanza(stanza) {
  /** @type {Map<string, string>} */
  const fields = new Map();
  let current = '';
  for (const line of stanza.split('\n')) {
    if (line.startsWith('#') || line.trim() === '') continue;
    const field = /^([A-Za-z-]+):(.*)$/.exec(line);
    if (field !== null) current = (field[1] ?? '').toLowerCase();
    fields.set(current, `${fields.get(current) ?? ''} ${field === null ? line.trim() : (field[2] ?? '')}`);
  }
  return fields;
}

/** @param {string} [text] */
function words(text = '') {
  return text.split(/\s+/).filter((word) => word !== '');
}

/** Series by name, each with the values of each label. */
export type ExposedSeries = ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;

const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? [^ ]+$/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;

/** What a `/metrics` exposes, by the names of its samples. */
export function exposedSeries(text: string): ExposedSeries {
  const exposed = new Map<string, Map<string, Set<string>>>();
  for (const line of text.split('\n')) {
    const [, name, labels = ''] = SAMPLE.exec(line) ?? [];
    if (line.startsWith('#') || name === undefined) continue;
    const known = exposed.get(name) ?? new Map<string, Set<string>>();
    exposed.set(name, known);
    for (const [, label = '', value = ''] of labels.matchAll(LABEL)) {
      known.set(label, (known.get(label) ?? new Set()).add(value));
    }
  }
  return exposed;
}

/** Names that it announces, whether or not there is a sample yet; of a histogram that of its buckets. */
export function announcedNames(text: string): string[] {
  return [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type]) =>
    type === 'histogram' ? `${name}_bucket` : name,
  );
}

export interface AskedSeries {
  readonly name: string;
  /** Each matcher's label, with the values that it names: an alternative each of a pattern. */
  readonly matchers: readonly { readonly label: string; readonly values: readonly string[] }[];
}

/** Series that a query asks for: whatever has matchers, and whatever begins as Lictor's own do. */
export function askedSeries(query: string): AskedSeries[] {
  const asked = [...query.matchAll(/\b([a-zA-Z_]\w*)\{([^}]*)\}/g), ...query.matchAll(/\b(lictor_\w+)\b(?!\{)()/g)];
  return asked.map(([, name = '', matchers = '']) => ({
    name,
    matchers: [...matchers.matchAll(/(\w+)\s*(?:=~|!=|!~|=)\s*"([^"]*)"/g)].map(([, label = '', values = '']) => ({
      label,
      values: values.split('|'),
    })),
  }));
}

/** Labels that a query sums by. */
export function groupingLabels(query: string): string[] {
  return [...query.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(',').map((one) => one.trim()));
}

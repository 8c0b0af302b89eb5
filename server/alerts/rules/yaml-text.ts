import { type Document, isMap, isNode, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml';

/** More is no text that a person wrote. */
const MOST_BYTES = 200_000;
const MOST_NODES = 25_000;
const MOST_LEVELS = 100;

/** Why a text cannot be used, and where. */
export interface TextFault {
  /** From 1; null: it is about the whole. */
  readonly line: number | null;
  /** A sentence without the end. */
  readonly reason: string;
}

/** A text that was read as YAML, with where everything stands in it. */
export class YamlText {
  private constructor(
    readonly value: unknown,
    private readonly document: Document,
    private readonly lines: LineCounter,
  ) {}

  /** Aliases and tags are refused: a short text of them may stand for a very long one, or for something else than it looks like. */
  static read(text: string): YamlText | TextFault {
    if (Buffer.byteLength(text) > MOST_BYTES) return { line: null, reason: `It is longer than ${MOST_BYTES} bytes` };
    if (bracketLevels(text) > MOST_LEVELS) return { line: null, reason: 'It is nested too deeply' };
    const lines = new LineCounter();
    try {
      // Lictor looks for keys that stand twice by itself: the parser compares each with each.
      const document = parseDocument(text, {
        lineCounter: lines,
        uniqueKeys: false,
        merge: false,
        prettyErrors: false,
      });
      const [error] = document.errors;
      if (error)
        return { line: lines.linePos(error.pos[0]).line, reason: `It is not YAML: ${firstLine(error.message)}` };
      const fault = strangeThing(document);
      if (fault) return { line: lineOf(fault.node, lines), reason: fault.reason };
      return new YamlText(document.toJS({ maxAliasCount: 0 }), document, lines);
    } catch (error) {
      // The parser goes into each level by calling itself.
      if (error instanceof RangeError) return { line: null, reason: 'It is nested too deeply' };
      throw error;
    }
  }

  /** Nothing stands at a path: not even a key. */
  isMissing(path: readonly PropertyKey[]): boolean {
    return !this.document.hasIn(path);
  }

  /**
   * The line of what stands at a path, or of what it is missing in.
   * @param key of a map at that path: the line of this key
   */
  lineOf(path: readonly PropertyKey[], key: string | null = null): number {
    for (let depth = path.length; depth > 0; depth -= 1) {
      const node = this.document.getIn(path.slice(0, depth), true);
      const own = key !== null && depth === path.length ? keyIn(node, key) : undefined;
      if (own ?? node) return lineOf(own ?? node, this.lines);
    }
    const own = key === null ? undefined : keyIn(this.document.contents, key);
    return lineOf(own ?? this.document.contents, this.lines);
  }
}

function keyIn(node: unknown, key: string): unknown {
  return isMap(node) ? node.items.find((item) => isScalar(item.key) && item.key.value === key)?.key : undefined;
}

function lineOf(node: unknown, lines: LineCounter): number {
  return isNode(node) && node.range ? lines.linePos(node.range[0]).line : 1;
}

function strangeThing(document: Document): { readonly node: unknown; readonly reason: string } | null {
  let found: { readonly node: unknown; readonly reason: string } | null = null;
  let nodes = 0;
  const stop = (node: Node | null, reason: string) => {
    found = { node, reason };
    return visit.BREAK;
  };
  visit(document, {
    Alias: (_, node) => stop(node, 'Aliases (*) are not taken: write it out'),
    Node: (_, node) => {
      nodes += 1;
      if (nodes > MOST_NODES) return stop(node, `It has more than ${MOST_NODES} parts`);
      if ('tag' in node && node.tag !== undefined) return stop(node, 'Tags (!) are not taken');
      return undefined;
    },
    Map: (_, node) => {
      if (node.tag !== undefined) return stop(node, 'Tags (!) are not taken');
      const seen = new Set<unknown>();
      for (const { key } of node.items) {
        const value = isScalar(key) ? key.value : undefined;
        if (typeof value !== 'string') return stop(isNode(key) ? key : node, 'A key must be a text');
        if (seen.has(value))
          return stop(isNode(key) ? key : node, `The key ${JSON.stringify(value)} stands here twice`);
        seen.add(value);
      }
      return undefined;
    },
  });
  return found;
}

/** At most so many brackets are open at once. It takes those in quotes for brackets too: nobody writes so many. */
function bracketLevels(text: string): number {
  let open = 0;
  let most = 0;
  for (const sign of text) {
    if (sign === '[' || sign === '{') open += 1;
    else if ((sign === ']' || sign === '}') && open > 0) open -= 1;
    most = Math.max(most, open);
  }
  return most;
}

const firstLine = (message: string): string => message.split('\n', 1)[0] ?? '';

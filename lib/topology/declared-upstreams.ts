import { z } from 'zod';
import { serviceKey } from '@/lib/fleet/keys';
import type { EdgeEvidence, NodeEvidence } from './edge-evidence';
import { type JsonFault, placedJson } from './json-places';

/** What was declared outside of the mesh, with what of it cannot be read. */
export interface DeclaredPart {
  readonly edges: readonly EdgeEvidence[];
  readonly nodes: readonly NodeEvidence[];
  readonly faults: readonly DeclarationFault[];
}

export interface DeclarationFault {
  /** From 1; null: it is about the whole, or there are no lines. */
  readonly line: number | null;
  /** A sentence without the end. */
  readonly reason: string;
}

const MOST_UPSTREAMS = 1_000;
const MOST_EDGES = 20_000;
const MOST_LENGTH = 1024 * 1024;
const MOST_FAULTS = 20;
const MOST_NAME_LENGTH = 128;
const MOST_DETAIL_LENGTH = 500;

/**
 * What a service says in its metadata: `cart, users@dc2`, the datacenter its own where none stands there.
 * @param metaKey as it is set
 */
export function metadataEdges(
  service: { readonly dc: string; readonly name: string },
  value: string,
  metaKey: string,
  seenAtMs: number,
): DeclaredPart {
  const from = serviceKey(service.dc, service.name);
  const keys = new Set<string>();
  const faults: DeclarationFault[] = [];
  for (const item of value.split(',').map((one) => one.trim())) {
    if (item === '') continue;
    const named = namedService(item, service.dc);
    if (typeof named !== 'string') faults.push({ line: null, reason: named.reason });
    else if (keys.size < MOST_UPSTREAMS) keys.add(named);
  }
  const source = `metadata ${metaKey}`;
  const edges = [...keys].map((to): EdgeEvidence => ({ from, to, kind: 'declared', source, seenAtMs }));
  const [first] = faults;
  const problem = first && `Its metadata ${metaKey} cannot be read in full: ${first.reason}.`;
  return { edges, nodes: problem ? [{ key: from, problem }] : [], faults: faults.slice(0, MOST_FAULTS) };
}

const nameSchema = z.string().min(1);
const edgeSchema = z.strictObject({
  from: nameSchema,
  to: nameSchema,
  detail: z.string().max(MOST_DETAIL_LENGTH).optional(),
});
const nodeSchema = z.strictObject({ service: nameSchema, kind: z.enum(['gateway', 'database', 'queue']) });
const documentSchema = z.strictObject({
  edges: z.array(z.unknown()).default([]),
  nodes: z.array(z.unknown()).default([]),
});

/**
 * A document of edges, `{"edges": [{"from": "shop", "to": "billing@dc2", "detail": "…"}], "nodes": [{"service": "billing-db", "kind": "database"}]}`; a
 * service without a datacenter is in that of the document. Of what cannot be read nothing is taken, of the rest all.
 * @param source as a person names it
 */
export function documentEdges(text: string, dc: string, source: string, seenAtMs: number): DeclaredPart {
  if (text.length > MOST_LENGTH) return nothing({ line: null, reason: `It is longer than ${MOST_LENGTH} characters` });
  const read = placedJson(text);
  if ('reason' in read) return nothing({ line: read.line, reason: `It is not JSON: ${lowered(read.reason)}` });
  const document = documentSchema.safeParse(read.value);
  if (!document.success) return nothing({ line: 1, reason: `The document: ${reasonOf(document.error)}` });
  const faults: JsonFault[] = [];
  const edges: EdgeEvidence[] = [];
  const nodes: NodeEvidence[] = [];
  const fault = (part: unknown, list: object, reason: string) => {
    const place = typeof part === 'object' && part !== null ? part : list;
    faults.push({ line: read.lineOf(place), reason });
  };
  const lists = read.value as { readonly edges?: object; readonly nodes?: object };
  for (const [index, part] of document.data.edges.entries()) {
    const edge = edgeSchema.safeParse(part);
    const name = `Edge ${index + 1}`;
    if (!edge.success) fault(part, lists.edges ?? document, `${name}: ${reasonOf(edge.error)}`);
    else {
      const [from, to] = [namedService(edge.data.from, dc), namedService(edge.data.to, dc)];
      const { detail } = edge.data;
      if (typeof from !== 'string') fault(part, document, `${name}, from: ${lowered(from.reason)}`);
      else if (typeof to !== 'string') fault(part, document, `${name}, to: ${lowered(to.reason)}`);
      else if (edges.length >= MOST_EDGES) fault(part, document, `More than ${MOST_EDGES} edges are not taken`);
      else edges.push({ from, to, kind: 'declared', source, seenAtMs, ...(detail && { detail }) });
    }
  }
  for (const [index, part] of document.data.nodes.entries()) {
    const node = nodeSchema.safeParse(part);
    const key = node.success ? namedService(node.data.service, dc) : { reason: reasonOf(node.error) };
    if (typeof key !== 'string') fault(part, lists.nodes ?? document, `Node ${index + 1}: ${lowered(key.reason)}`);
    else if (node.success && nodes.length < MOST_EDGES) nodes.push({ key, kind: node.data.kind });
  }
  return { edges, nodes, faults: faults.slice(0, MOST_FAULTS) };
}

/** The key behind `name` or `name@dc`. */
function namedService(text: string, dc: string): string | { readonly reason: string } {
  const at = text.lastIndexOf('@');
  const name = (at < 0 ? text : text.slice(0, at)).trim();
  const place = at < 0 ? dc : text.slice(at + 1).trim();
  const shown = JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text);
  if (name === '') return { reason: `${shown} names no service` };
  if (place === '') return { reason: `${shown} names no datacenter after the @` };
  if (name === '*' || place === '*') return { reason: `${shown}: a * stands for nothing here` };
  if (name.length > MOST_NAME_LENGTH || place.length > MOST_NAME_LENGTH) return { reason: `${shown} is too long` };
  if (/[\s\p{Cc}]/u.test(name) || /[\s\p{Cc}]/u.test(place)) return { reason: `${shown} holds a blank` };
  return serviceKey(place, name);
}

function reasonOf({ issues: [issue] }: z.ZodError): string {
  if (!issue) return 'it cannot be read';
  const place = issue.path.join('.');
  if (issue.code === 'unrecognized_keys')
    return `nobody knows ${issue.keys.map((key) => JSON.stringify(key)).join(', ')}`;
  if (issue.message.endsWith('received undefined')) return `${place} is missing`;
  return place === '' ? lowered(issue.message) : `${place}: ${lowered(issue.message)}`;
}

const nothing = (fault: DeclarationFault): DeclaredPart => ({ edges: [], nodes: [], faults: [fault] });
const lowered = (sentence: string): string => `${sentence.slice(0, 1).toLowerCase()}${sentence.slice(1)}`;

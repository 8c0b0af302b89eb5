import type { ConsulAnswer } from '@/server/consul/transport';

/**
 * What becomes of a field of Consul's answers:
 * - `carried`: another value of it makes another result;
 * - `needed`: it makes no other result, but must have its type;
 * - `passed over`: anything may stand there.
 */
export interface FieldUse {
  readonly carried: readonly string[];
  readonly needed: readonly string[];
  readonly passedOver: readonly string[];
}

type Path = readonly (string | number)[];

/** Maps whose keys are anyone's, not Consul's. */
const FREE_KEYS = new Set(['Meta', 'TaggedAddresses']);
/** A form that no field has today. */
const NOVEL = { novel: [true] };

/**
 * Walks through every field of these answers, puts something else in its place, and looks whether the result is another one. A field counts by the best that any of
 * its values shows; what is empty in all answers is not told of.
 */
export function fieldUse(answers: readonly ConsulAnswer[], result: (answer: ConsulAnswer) => unknown): FieldUse {
  const carried = new Set<string>();
  const needed = new Set<string>();
  const seen = new Set<string>();
  for (const answer of answers) {
    const body: unknown = JSON.parse(answer.body.toString('utf8'));
    const resultOf = (changed: unknown): string => {
      try {
        return JSON.stringify(result({ ...answer, body: Buffer.from(JSON.stringify(changed)) }));
      } catch (error) {
        return `Refused: ${(error as Error).message}`;
      }
    };
    const before = resultOf(body);
    for (const path of leaves(body, [])) {
      const name = nameOf(path);
      seen.add(name);
      const others = otherValues(at(body, path));
      if (others.some((value) => resultOf(replaced(body, path, value)) !== before)) carried.add(name);
      else if (resultOf(replaced(body, path, NOVEL)) !== before) needed.add(name);
    }
  }
  const sorted = (names: Iterable<string>) => [...names].sort();
  return {
    carried: sorted(carried),
    needed: sorted([...needed].filter((name) => !carried.has(name))),
    passedOver: sorted([...seen].filter((name) => !carried.has(name) && !needed.has(name))),
  };
}

/** Paths of everything that is a text, a number or a boolean. */
function leaves(value: unknown, path: Path): Path[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => leaves(item, [...path, index]));
  if (typeof value !== 'object') return [path];
  return Object.entries(value ?? {}).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

/** `Checks.Name`, `Service.Meta.*`: without the places in lists. */
function nameOf(path: Path): string {
  const names = path.filter((part) => typeof part === 'string');
  return names.map((name, depth) => (FREE_KEYS.has(names[depth - 1] ?? '') ? '*' : name)).join('.');
}

/** Of the same type. */
function otherValues(value: unknown): unknown[] {
  if (typeof value === 'number') return [value + 7];
  if (typeof value === 'boolean') return [!value];
  // The one kind of text that must be one of a few.
  if (value === 'passing' || value === 'critical') return ['warning'];
  return [`${value}~`, ''];
}

function at(value: unknown, path: Path): unknown {
  return path.reduce((inner: unknown, part) => Reflect.get(inner as object, part), value);
}

function replaced(value: unknown, [part, ...rest]: Path, by: unknown): unknown {
  if (part === undefined) return by;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string | number, unknown>;
  copy[part] = replaced(copy[part], rest, by);
  return copy;
}

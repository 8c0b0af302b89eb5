import { keySegments, serviceKey } from '@/lib/fleet/keys';
import { policyKey } from '@/lib/release/policy/policy-key';

/** A configuration entry or a key, as the watch of what is configured names it. */
export interface NamedFact {
  readonly dc: string;
  readonly subject: 'config-entry' | 'intention' | 'kv';
  /** `<kind>/<name>`, or the key. */
  readonly name: string;
  /** Null or absent: nobody says. */
  readonly modifyIndex?: number | null;
}

/** Kinds of entries that say how a service is called; the others are none of a split's business. */
const OF_A_SERVICE = ['service-defaults', 'service-resolver', 'service-splitter', 'service-router'];

export interface DeclaredServicesOptions {
  /** Of policy documents in a datacenter's key-value store. */
  readonly policyPrefix: string;
  /** The datacenters in which the entries of this one hold. */
  readonly copiesOf: (dc: string) => readonly string[];
}

/** Which services something declares a split for, as far as what is configured was seen. */
export class DeclaredServices {
  readonly #options: DeclaredServicesOptions;
  /** `service-splitter/<name>` by the datacenter in which it is written. */
  readonly #splitters = new Map<string, Set<string>>();
  readonly #policies = new Set<string>();

  constructor(options: DeclaredServicesOptions) {
    this.#options = options;
  }

  /** @param op `remove`: it is gone @returns keys of the services that it is about; null: of all */
  take({ dc, subject, name }: NamedFact, op: 'put' | 'remove'): readonly string[] | null {
    const { policyPrefix, copiesOf } = this.#options;
    if (subject === 'kv') {
      const [service] = name.startsWith(policyPrefix) ? (keySegments(name.slice(policyPrefix.length)) ?? []) : [];
      if (!service || policyKey(policyPrefix, service) !== name) return [];
      const key = serviceKey(dc, service);
      if (op === 'put') this.#policies.add(key);
      else this.#policies.delete(key);
      return [key];
    }
    const [kind = '', service = ''] = [name.split('/', 1)[0], name.slice(name.indexOf('/') + 1)];
    if (subject !== 'config-entry') return [];
    if (kind === 'proxy-defaults') return null;
    if (!OF_A_SERVICE.includes(kind)) return [];
    if (kind === 'service-splitter') this.#takeSplitter(dc, service, op);
    return copiesOf(dc).map((copy) => serviceKey(copy, service));
  }

  /** Whether a splitter or a policy document is about it. */
  declares(key: string): boolean {
    if (this.#policies.has(key)) return true;
    return [...this.#splitters].some(([dc, services]) =>
      this.#options
        .copiesOf(dc)
        .some((copy) => key.startsWith(serviceKey(copy, '')) && services.has(key.slice(serviceKey(copy, '').length))),
    );
  }

  #takeSplitter(dc: string, service: string, op: 'put' | 'remove'): void {
    const services = this.#splitters.get(dc) ?? new Set();
    const encoded = serviceKey(dc, service).slice(serviceKey(dc, '').length);
    if (op === 'put') services.add(encoded);
    else services.delete(encoded);
    this.#splitters.set(dc, services);
  }
}

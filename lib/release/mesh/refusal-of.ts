export interface ConsulRefusal {
  /**
   * - `subset-missing`: what is written names a subset that the resolver does not have;
   * - `resolver-in-use`: the resolver would lose a subset that another entry names;
   * - `protocol-in-use`: what is written speaks no HTTP, or would take HTTP from what needs it.
   */
  readonly code: 'subset-missing' | 'resolver-in-use' | 'protocol-in-use';
  /** What it means and what to do, as the end of a sentence. */
  readonly meaning: string;
}

const NO_SUBSET = /service "(?<service>[^"]*)" does not have a subset named "(?<subset>[^"]*)"/;
const NOT_HTTP = /does not permit advanced routing or splitting|inconsistent protocols/;

/**
 * What Consul means by refusing a configuration entry, which it does with status 500 and a remark on its whole discovery chain; null: it means something else.
 * @param said the body, hostile text
 */
export function refusalOf(said: string, entryKind: string): ConsulRefusal | null {
  const names = NO_SUBSET.exec(said)?.groups;
  if (names !== undefined) {
    const { service = '', subset = '' } = names;
    return entryKind === 'service-resolver'
      ? {
          code: 'resolver-in-use',
          meaning: `a splitter or router still names the subset ${subset} of ${service}; take it out there first`,
        }
      : {
          code: 'subset-missing',
          meaning: `the resolver of ${service} has no subset ${subset}; somebody changed it meanwhile, so read the split again and plan anew`,
        };
  }
  if (NOT_HTTP.test(said)) {
    const meaning =
      'a splitter or router needs a service that speaks http, http2 or grpc, by service-defaults or proxy-defaults; set the protocol there';
    return { code: 'protocol-in-use', meaning };
  }
  return null;
}

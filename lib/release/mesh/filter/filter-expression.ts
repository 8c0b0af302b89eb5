/**
 * What Lictor understands of Consul's filter language (go-bexpr), as it stands in the `Filter` of a resolver's subset. Each comparison names a field of
 * an instance: `['Service', 'Meta', 'version']`.
 */
export type FilterExpression =
  | { readonly kind: 'and' | 'or'; readonly left: FilterExpression; readonly right: FilterExpression }
  | { readonly kind: 'not'; readonly of: FilterExpression }
  /** `==` and `!=`. */
  | { readonly kind: 'equal' | 'unequal'; readonly field: readonly string[]; readonly value: string }
  /** `value in field`, `field contains value`, and their opposites. */
  | { readonly kind: 'holds' | 'lacks'; readonly field: readonly string[]; readonly value: string };

import type { JsonObject } from '@/lib/release/json';
import { checkShares } from '@/lib/release/shares/normalize-shares';
import { POLICY_FORMAT, type PolicyDocument, policyDocumentSchema } from './policy-document';

/** What stands under a service's key. */
export type StandingPolicy =
  | { readonly state: 'none' }
  /** `json`: field by field as it stands, with what others added. */
  | { readonly state: 'readable'; readonly document: PolicyDocument; readonly json: JsonObject }
  /** It must not be written over. The reason is a sentence. */
  | { readonly state: 'newer-format' | 'unreadable'; readonly reason: string };

/** @param text null: there is no such key */
export function parsePolicy(text: string | null, service: string): StandingPolicy {
  if (text === null) return { state: 'none' };
  const json = jsonOf(text);
  if (json === null) return unreadablePolicy('it is no JSON object');
  const { format } = json;
  if (typeof format === 'number' && format > POLICY_FORMAT) {
    const reason =
      `The policy document has format ${format}, and this version of Lictor knows ${POLICY_FORMAT}: something newer wrote it, and it is left as it is. ` +
      'Update Lictor, or move the traffic with what wrote it.';
    return { state: 'newer-format', reason };
  }
  const parsed = policyDocumentSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return unreadablePolicy(`${issue?.path.join('.') || 'the whole'}: ${issue?.message}`);
  }
  const document = parsed.data;
  if (document.service !== service) {
    return unreadablePolicy(`it is that of the service ${JSON.stringify(document.service.slice(0, 120))}`);
  }
  const wrong = checkShares(document.shares, Object.keys(document.shares));
  return wrong === null ? { state: 'readable', document, json } : unreadablePolicy(wrong);
}

/** @param why no sentence: it stands in brackets */
export function unreadablePolicy(why: string): StandingPolicy {
  const reason =
    `The policy document cannot be used (${why.replace(/\.$/, '')}), so it is left as it is. ` +
    'Mend it by its schema, or delete the key, and try again.';
  return { state: 'unreadable', reason };
}

/** As it was parsed: a schema would drop a key like `__proto__`, which is somebody's field all the same. */
function jsonOf(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
  } catch {
    return null;
  }
}

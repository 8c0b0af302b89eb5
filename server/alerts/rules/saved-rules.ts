import { z } from 'zod';
import type { AlertDocument, AlertDocuments } from '@/server/alerts/alert-documents';
import type { FoundRules, RulesOrigin } from './rules-origin';

const ID = 'rules';
/** Its version, as that of any other. */
const NONE_SAVED = '"0"';
const bodySchema = z.object({ text: z.string(), by: z.string() });

/** Rules that a person saved, in a document that all who share the record read. */
export class SavedRules implements RulesOrigin {
  readonly name = 'record';
  readonly saveRefusal = null;
  readonly lookAgainMs = 2_000;
  /** Of all documents, when these were last read. */
  #revision: number | null = null;
  /** What the last look said. */
  #said: string | null = null;

  constructor(private readonly documents: Pick<AlertDocuments, 'all' | 'put' | 'revision'>) {}

  async look(): Promise<FoundRules | null> {
    try {
      const revision = await this.documents.revision();
      if (revision === this.#revision) return null;
      const document = (await this.documents.all('alert-rules')).find(({ id }) => id === ID);
      const found = foundIn(document);
      this.#revision = revision;
      return this.#isSaid(found) ? null : found;
    } catch (error) {
      // What was saved meanwhile is found once it can be read.
      this.#revision = null;
      const reason = `The saved rules cannot be read: ${(error as Error).message}`;
      const found = { kind: 'trouble' as const, reason };
      return this.#isSaid(found) ? null : found;
    }
  }

  async save(text: string, etag: string, by: string): Promise<boolean> {
    const version = versionOf(etag);
    if (version === null)
      throw new Error('What is saved there could not be read so far, and is not written over unseen.');
    const written = await this.documents.put('alert-rules', ID, JSON.stringify({ text, by }), version);
    return written !== null;
  }

  #isSaid(found: FoundRules): boolean {
    const said = JSON.stringify(found);
    if (said === this.#said) return true;
    this.#said = said;
    return false;
  }
}

function foundIn(document: AlertDocument | undefined): FoundRules {
  if (!document) return { kind: 'text', text: null, etag: NONE_SAVED };
  const parsed = bodySchema.safeParse(jsonOf(document.body));
  if (parsed.success) return { kind: 'text', text: parsed.data.text, etag: `"${document.version}"` };
  return {
    kind: 'trouble',
    reason: 'The saved rules cannot be read: what stands in the record is none that Lictor wrote.',
  };
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function versionOf(etag: string): number | null {
  const digits = /^"(\d{1,15})"$/.exec(etag)?.[1];
  return digits === undefined ? null : Number(digits);
}

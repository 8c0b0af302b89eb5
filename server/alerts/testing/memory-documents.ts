import type { AlertDocument, AlertDocuments, DocumentKind } from '@/server/alerts/alert-documents';

/** Documents in memory: several that share them are given the same one. */
export class MemoryDocuments implements AlertDocuments {
  readonly #kinds = new Map<DocumentKind, Map<string, AlertDocument>>();
  #revision = 0;
  /** Each method rejects with it, as a database out of reach does. Null: all is well. */
  trouble: Error | null = null;

  constructor(private readonly nowMs: () => number = () => 0) {}

  async all(kind: DocumentKind): Promise<readonly AlertDocument[]> {
    this.#mustBeWell();
    return [...(this.#kinds.get(kind)?.values() ?? [])].sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  async put(kind: DocumentKind, id: string, body: string, expected: number | null): Promise<number | null> {
    this.#mustBeWell();
    const documents = this.#of(kind);
    const before = documents.get(id)?.version ?? 0;
    if (expected !== null && expected !== before) return null;
    this.#revision += 1;
    // As the databases do: one that is removed and made anew never has an earlier one's version.
    documents.set(id, { id, body, version: this.#revision, writtenAtMs: this.nowMs() });
    return this.#revision;
  }

  async remove(kind: DocumentKind, id: string, expected: number | null): Promise<boolean> {
    this.#mustBeWell();
    const document = this.#of(kind).get(id);
    if (document === undefined || (expected !== null && expected !== document.version)) return false;
    this.#of(kind).delete(id);
    this.#revision += 1;
    return true;
  }

  async revision(): Promise<number> {
    this.#mustBeWell();
    return this.#revision;
  }

  #of(kind: DocumentKind): Map<string, AlertDocument> {
    const documents = this.#kinds.get(kind) ?? new Map<string, AlertDocument>();
    this.#kinds.set(kind, documents);
    return documents;
  }

  #mustBeWell(): void {
    if (this.trouble !== null) throw this.trouble;
  }
}

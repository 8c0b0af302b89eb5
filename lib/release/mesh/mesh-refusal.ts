/** The mesh cannot do what is wished, and nothing was written. The message says what, why, and what to do. */
export class MeshRefusal extends Error {
  constructor(
    /** Stable: `no-healthy-target`, `protocol-tcp` … */
    readonly code: string,
    sentence: string,
  ) {
    super(sentence);
    this.name = 'MeshRefusal';
  }
}

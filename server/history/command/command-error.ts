/** A command that cannot be carried out; its message is a sentence for a person. */
export class CommandError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CommandError';
  }
}

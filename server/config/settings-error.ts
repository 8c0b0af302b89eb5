/** A setting that cannot be used. The message is one line that names the variable; the process ends with status 2. */
export class SettingsError extends Error {
  constructor(variable: string, problem: string) {
    // A value, or a parser's quotation of a file, may bring line breaks of its own.
    super(`${variable} ${problem.replace(/\s+/g, ' ')}`);
    this.name = 'SettingsError';
  }
}

/** A setting that cannot be used. The message is one line that names the variable; the process ends with status 2. */
export class SettingsError extends Error {
  constructor(variable: string, problem: string) {
    super(`${variable} ${problem}`);
    this.name = 'SettingsError';
  }
}

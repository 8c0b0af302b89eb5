// @ts-check
import { mkdirSync, writeFileSync } from 'node:fs';

/**
 * Makes apt read and write inside a folder, so that a download needs no root and changes nothing of the system. Signatures are checked as ever.
 *
 * @param {string} folder absolute
 * @param {string[] | null} sources lines of a sources.list; null: the machine's own sources
 * @returns {string} the configuration file, for `apt-get -c`
 */
export function writeAptFolder(folder, sources) {
  mkdirSync(`${folder}/lists/partial`, { recursive: true });
  mkdirSync(`${folder}/archives/partial`, { recursive: true });
  if (sources !== null) writeFileSync(`${folder}/sources.list`, `${sources.join('\n')}\n`);
  const own =
    sources === null ? [] : [`Dir::Etc::SourceList "${folder}/sources.list";`, 'Dir::Etc::SourceParts "/dev/null";'];
  writeFileSync(
    `${folder}/apt.conf`,
    [
      // Hooks of the machine's own apt would clean its caches and wake its services for a download that is none of theirs.
      '#clear APT::Update::Pre-Invoke;',
      '#clear APT::Update::Post-Invoke;',
      '#clear APT::Update::Post-Invoke-Success;',
      ...own,
      `Dir::State::Lists "${folder}/lists";`,
      `Dir::Cache "${folder}";`,
      // The download user of root's apt could not enter a project below /root.
      'APT::Sandbox::User "root";',
      // The system's lock is for who changes the system.
      'Debug::NoLocking "true";',
      'Acquire::Languages "none";',
      'Acquire::Retries "2";',
      'Acquire::http::Timeout "30";',
      '',
    ].join('\n'),
  );
  return `${folder}/apt.conf`;
}

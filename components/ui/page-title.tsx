/** The tab's title. React lifts it into the head, and it changes with the data and the language in place. */
export function PageTitle({ parts }: { parts: readonly string[] }) {
  return <title>{[...parts, 'Lictor'].join(' · ')}</title>;
}

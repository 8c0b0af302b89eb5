interface Wording {
  readonly number: (value: number) => string;
  readonly plural: (count: number, one: string, many: string) => string;
}

/** What is said of silences: of one that is being made, and of those that there are. */
export const silencesEn = ({ number, plural }: Wording) => ({
  title: 'Silence',
  hint: 'What it matches fires on, and nobody is called.',
  matchers: 'Matchers',
  matchersOf: 'Which alerts are silenced',
  matches: (now: number, lately: number) =>
    `Matches ${plural(now, 'present alert', 'present alerts')}, ${number(lately)} in the last 7 d.`,
  matchesNothing: (lately: number) =>
    lately === 0
      ? 'Matches no alert now, and none of the last 7 d.'
      : `Matches no present alert, ${number(lately)} in the last 7 d.`,
  asking: 'Looking for what it matches',
  matchesAll: 'It would hold for every alert, whatever comes.',
  typeAll: (word: string) => `Type ${word} to silence everything.`,
  all: 'everything',
  beginning: 'Begins',
  beginnings: { now: 'Now', later: 'Later …' },
  from: 'Begins, in your zone',
  noBeginning: 'When it begins is not said: a date and a time.',
  endsFirst: 'It would end before it begins.',
  duration: 'How long',
  choices: { '30m': '30 min', '2h': '2 h', '8h': '8 h', until: 'Until …' },
  until: 'Until, in your zone',
  untilInUtc: (moment: string) => `That is ${moment}.`,
  past: 'That is in the past: a silence ends later than now.',
  noMoment: 'Until when is not said: a date and a time.',
  reason: 'Reason',
  reasonHint: 'Why nobody needs to be called',
  noReason: 'A silence has a reason: whoever finds it asks why.',
  submit: (time: string) => `Silence until ${time}`,
  submitLater: (from: string, to: string) => `Silence from ${from} until ${to}`,
  submitting: 'Silencing',
  made: (time: string) => `Silenced until ${time}.`,
  another: 'Silence something else',
  cancel: 'Cancel',
  failed: 'Nothing was silenced',
  perhaps:
    'Lictor did not answer, so it may be silenced or not. The button asks for the same silence once more: there will be one.',
  kept: 'What you wrote still stands here.',
  closed: 'This Lictor is read-only: nothing is silenced from here.',
  make: 'New silence',
  states: { active: 'Active', scheduled: 'Scheduled', expired: 'Ended within a day' },
  holdsFor: (count: number) => (count === 0 ? 'no alert now' : plural(count, 'alert', 'alerts')),
  holdsWhy: 'Present alerts that it holds for',
  here: 'Lictor',
  ends: (time: string) => `ends ${time}`,
  ended: (time: string) => `ended ${time}`,
  begins: (time: string) => `begins ${time}`,
  left: (duration: string) => `${duration} left`,
  by: (who: string) => `by ${who}`,
  anonymous: 'someone here',
  end: 'End now',
  endOf: (filter: string) => `End now: ${filter}`,
  ending: 'Ending',
  everything: 'every alert',
  endedMeanwhile: 'It was changed meanwhile. What stands now is shown.',
  endFailed: 'It was not ended',
  open: 'Open',
  elsewhereHint: 'A silence of Alertmanager ends there.',
  none: 'Nothing is silenced',
  noneHint:
    'A silence keeps alerts from calling anybody for a time, with a reason. They fire on, and are shown as silenced.',
  loading: 'Reading the silences',
});

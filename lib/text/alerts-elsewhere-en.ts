interface Wording {
  readonly number: (value: number) => string;
  readonly plural: (count: number, one: string, many: string) => string;
}

/** What pages other than that of alerts say of them. */
export const alertsElsewhereEn = ({ number, plural }: Wording) => ({
  ofSubject: 'Alerts of what this page shows',
  firing: (count: number) => `${plural(count, 'alert', 'alerts')} firing`,
  flapping: (count: number) => `${number(count)} flapping`,
  flappingWhy: 'Checks that go up and down again and again, although they may pass right now.',
  servicesFlapping: (count: number) => plural(count, 'service flapping', 'services flapping'),
  aside: (silenced: number, inside: number) =>
    [
      ...(silenced > 0 ? [`${number(silenced)} silenced`] : []),
      ...(inside > 0 ? [`${number(inside)} inside of others`] : []),
    ].join(', '),
  more: (count: number) => `+ ${number(count)} more`,
  fewer: 'Show the worst only',
  all: 'All alerts',
  causeIn: 'Cause:',
  search: 'Alerts',
});

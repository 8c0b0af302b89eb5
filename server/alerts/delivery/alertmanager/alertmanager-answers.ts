import { z } from 'zod';

/** What Alertmanager's API v2 answers, as far as it is used. */
export const statusAnswer = z.object({ uptime: z.iso.datetime({ offset: true }) });

export const alertsAnswer = z.array(
  z.object({
    labels: z.record(z.string(), z.string()),
    status: z.object({ silencedBy: z.array(z.string()) }),
  }),
);

export const silencesAnswer = z.array(
  z.object({
    id: z.string(),
    status: z.object({ state: z.string() }),
    matchers: z.array(
      z.object({
        name: z.string(),
        value: z.string(),
        isRegex: z.boolean(),
        /** Older versions know no other. */
        isEqual: z.boolean().default(true),
      }),
    ),
    startsAt: z.iso.datetime({ offset: true }),
    endsAt: z.iso.datetime({ offset: true }),
    createdBy: z.string(),
    comment: z.string(),
  }),
);
export type SilenceAnswer = z.infer<typeof silencesAnswer>[number];

export const silencePutAnswer = z.object({ silenceID: z.string() });

/** Matchers as Alertmanager's own pages write them. */
export function matchersText(matchers: SilenceAnswer['matchers']): string {
  return matchers.map(({ name, value, ...how }) => `${name}${operatorOf(how)}${JSON.stringify(value)}`).join(', ');
}

function operatorOf({ isRegex, isEqual }: { isRegex: boolean; isEqual: boolean }): string {
  if (isRegex) return isEqual ? '=~' : '!~';
  return isEqual ? '=' : '!=';
}

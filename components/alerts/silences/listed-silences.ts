import type { AlertsBody, Silence } from '@/lib/alerts/alert-body';

/** A silence, wherever it was made. */
export interface ListedSilence {
  /** Unique among all. */
  readonly key: string;
  /** The Alertmanager that it is of; null: of Lictor. */
  readonly outlet: { readonly name: string; readonly href: string | null } | null;
  /** In the filter language, or in Alertmanager's. */
  readonly filter: string;
  readonly from: string;
  readonly to: string;
  readonly by: string;
  readonly reason: string;
  /** Of Lictor's: what can be ended here, and how many alerts it holds for. */
  readonly own: Silence | null;
}

export type SilenceGroups = Readonly<Record<Silence['state'], readonly ListedSilence[]>>;

/** One of Lictor's own, which it keeps in Alertmanager for one alert: it is listed as what it is of. */
export const isImage = (matchers: string, by: string): boolean =>
  by === 'Lictor' && matchers.startsWith('lictor_alert=');

/** Silences by what they do now: active and scheduled ones by their next step, what ended newest first. */
export function silenceGroups(
  { silences, outlets }: Pick<AlertsBody, 'silences' | 'outlets'>,
  nowMs: number,
): SilenceGroups {
  const groups: Record<Silence['state'], ListedSilence[]> = { active: [], scheduled: [], expired: [] };
  for (const own of silences) {
    const { id, filter, from, to, by, reason } = own;
    groups[own.state].push({ key: `lictor ${id}`, outlet: null, filter, from, to, by, reason, own });
  }
  for (const { name, url, silences: others } of outlets) {
    for (const { id, matchers, from, to, by, comment } of others) {
      if (isImage(matchers, by)) continue;
      const state = Date.parse(from) > nowMs ? 'scheduled' : 'active';
      groups[state].push({
        ...{
          key: `${name} ${id}`,
          outlet: { name, href: silenceHref(url, id) },
          filter: matchers,
          from,
          to,
          by,
          reason: comment,
          own: null,
        },
      });
    }
  }
  groups.active.sort((a, b) => Date.parse(a.to) - Date.parse(b.to));
  groups.scheduled.sort((a, b) => Date.parse(a.from) - Date.parse(b.from));
  groups.expired.sort((a, b) => Date.parse(b.to) - Date.parse(a.to));
  return groups;
}

/** The page of a silence at its Alertmanager; null: its address is none of the web. */
function silenceHref(url: string, id: string): string | null {
  return /^https?:\/\//i.test(url) ? `${url.replace(/\/+$/, '')}/#/silences/${encodeURIComponent(id)}` : null;
}

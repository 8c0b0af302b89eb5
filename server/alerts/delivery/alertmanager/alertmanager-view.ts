import type { AlertRecord, Outlet } from '@/lib/alerts/alert-body';
import { matchersText, type SilenceAnswer } from './alertmanager-answers';
import type { AlertmanagerApi } from './alertmanager-api';
import { ownSilence } from './own-silence';
import { ALERT_LABEL } from './posted-alert';
import type { OwnSilence } from './silence-plan';

/** More silences than these are not shown, nor is more of a comment. */
const MOST_SHOWN = 200;
const MOST_CHARACTERS = 500;

/** What an Alertmanager has, as it was read last. */
export interface AlertmanagerView {
  /** When it was started, ms since 1970 by its own clock. */
  readonly startedAtMs: number;
  /** Lictor's alerts that fire there, by the label that names them. */
  readonly firing: ReadonlySet<string>;
  readonly own: readonly OwnSilence[];
  /** Those that hold now, the next to end first. */
  readonly silences: Outlet['silences'];
  /** By that label: silences that are not Lictor's. */
  readonly silencedElsewhere: ReadonlyMap<string, AlertRecord['silencedElsewhere']>;
}

/** @throws RequestFailed */
export async function readView(api: AlertmanagerApi, outlet: string, signal: AbortSignal): Promise<AlertmanagerView> {
  const startedAtMs = await api.startedAtMs(signal);
  const silences = await api.silences(signal);
  const alerts = await api.alerts(signal);
  const active = silences.filter(({ status }) => status.state === 'active');
  const others = new Map(active.filter((one) => ownSilence(one) === null).map((one) => [one.id, one]));
  const silencedElsewhere = new Map<string, AlertRecord['silencedElsewhere']>();
  for (const { labels, status } of alerts) {
    const holding = status.silencedBy.map((id) => others.get(id)).filter((one) => one !== undefined);
    if (holding.length > 0) {
      silencedElsewhere.set(
        labels[ALERT_LABEL] ?? '',
        holding.map(({ createdBy, comment, endsAt }) => ({
          ...{ outlet, by: shown(createdBy), comment: shown(comment), to: utc(endsAt) },
        })),
      );
    }
  }
  return {
    ...{ startedAtMs, silencedElsewhere },
    firing: new Set(alerts.map(({ labels }) => labels[ALERT_LABEL] ?? '')),
    own: active.map(ownSilence).filter((one) => one !== null),
    silences: active.slice(0, MOST_SHOWN).map(shownSilence),
  };
}

function shownSilence({
  id,
  matchers,
  startsAt,
  endsAt,
  createdBy,
  comment,
}: SilenceAnswer): Outlet['silences'][number] {
  return {
    ...{ id, matchers: shown(matchersText(matchers)), from: utc(startsAt), to: utc(endsAt) },
    ...{ by: shown(createdBy), comment: shown(comment) },
  };
}

const shown = (text: string): string => Array.from(text).slice(0, MOST_CHARACTERS).join('');

const utc = (iso: string): string => new Date(iso).toISOString();

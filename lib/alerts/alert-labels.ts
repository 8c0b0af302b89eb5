import { visibleLine, visibleText } from '@/lib/text/visible-text';
import type { AlertRecord } from './alert-body';
import { textHash } from './text-hash';

/** In UTF-16 code units; more is cut. */
const LONGEST_LABEL = 1_000;
const LONGEST_ANNOTATION = 2_000;
const MOST_NAMED = 5;

/** What an alert is known by, whether or not it has all of them: a rule cannot claim that an alert is of a service. */
const IDENTITY: ReadonlySet<string> = new Set([...['alertname', 'severity', 'dc', 'service', 'node', 'lictor_alert']]);

/**
 * An alert's labels in Prometheus's sense, which are its identity for Alertmanager. `lictor_alert` is its id, for an exact matcher; in names what is invisible is made
 * visible. None is empty, for an empty label is none.
 * @param ofRule labels of the rule, of which those that are identity are left out
 */
export function alertLabels(alert: AlertRecord, ofRule: Readonly<Record<string, string>>): Record<string, string> {
  const { id, rule, severity, subject } = alert;
  const { kind, dc, name } = subject;
  const identity = {
    alertname: rule,
    severity,
    dc,
    service: kind === 'service' ? name : '',
    node: kind === 'node' ? name : '',
    lictor_alert: id,
  };
  return texts([...others(ofRule, IDENTITY), ...Object.entries(identity)], (text) =>
    cut(visibleLine(text), LONGEST_LABEL),
  );
}

const OWN_ANNOTATIONS: ReadonlySet<string> = new Set(['since', 'acknowledged', 'inside']);

/**
 * What else is sent of an alert: its sentence (unless its rule has a `summary` of its own), since when, who acknowledged it, and how many alerts have their cause in it.
 * @param ofRule annotations of the rule
 */
export function alertAnnotations(alert: AlertRecord, ofRule: Readonly<Record<string, string>>): Record<string, string> {
  const { summary, since, sinceAtLeast, acknowledged, suppresses } = alert;
  const own = {
    since: sinceAtLeast ? `${since} or before` : since,
    acknowledged: acknowledged ? acknowledgedText(acknowledged) : '',
    inside: suppresses.length > 0 ? insideText(suppresses) : '',
  };
  const entries = [...Object.entries({ summary }), ...others(ofRule, OWN_ANNOTATIONS), ...Object.entries(own)];
  return texts(entries, (text) => cut(visibleText(text), LONGEST_ANNOTATION));
}

function acknowledgedText({ by, at, note }: NonNullable<AlertRecord['acknowledged']>): string {
  const said = `by ${by} at ${at}`;
  return note === '' ? said : `${said}: ${note}`;
}

function insideText(ids: readonly string[]): string {
  const named = ids.slice(0, MOST_NAMED).join(', ');
  const rest = ids.length - MOST_NAMED;
  const alerts = ids.length === 1 ? '1 alert has' : `${ids.length} alerts have`;
  return `${alerts} this cause: ${named}${rest > 0 ? ` and ${rest} more` : ''}`;
}

const others = (given: Readonly<Record<string, string>>, own: ReadonlySet<string>): [string, string][] =>
  Object.entries(given).filter(([name]) => !own.has(name));

function texts(
  entries: readonly (readonly [string, string])[],
  shown: (text: string) => string,
): Record<string, string> {
  return Object.fromEntries(
    entries.map(([name, text]) => [name, shown(text)] as const).filter(([, text]) => text !== ''),
  );
}

/** Two that are cut alike stay two by a hash of the whole. */
function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const end = `…${textHash(text)}${textHash(text, 1)}`;
  return `${text.slice(0, longest - end.length).toWellFormed()}${end}`;
}

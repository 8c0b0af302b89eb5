import { instanceKey } from '@/lib/fleet/keys';
import { formatMoment, type Span } from './span';

/** What a timeline, its lanes or its transitions are of. */
export type TimelineSubject =
  | { readonly kind: 'fleet'; readonly dc: string | null }
  | { readonly kind: 'service'; readonly dc: string; readonly name: string }
  | { readonly kind: 'node'; readonly dc: string; readonly name: string }
  | {
      readonly kind: 'instance';
      readonly dc: string;
      readonly node: string;
      readonly id: string;
    };

type Parameter = string | number | null | undefined;

/** Path and query of a GET of the API, without the base path. Parameters that are null or empty are left out. */
export function historyPath(
  endpoint: 'timeline' | 'lanes' | 'transitions' | 'replay',
  parameters: Readonly<Record<string, Parameter>>,
): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value));
  }
  return `/api/v1/${endpoint}?${search}`;
}

export const spanParameters = ({ fromMs, toMs }: Span) => ({ from: formatMoment(fromMs), to: formatMoment(toMs) });

/** The parameters that name a subject, as `/timeline`, `/lanes` and `/transitions` take them. */
export function subjectParameters(subject: TimelineSubject): Readonly<Record<string, Parameter>> {
  switch (subject.kind) {
    case 'fleet':
      return { dc: subject.dc };
    case 'service':
      return { dc: subject.dc, service: subject.name };
    case 'node':
      return { dc: subject.dc, node: subject.name };
    case 'instance':
      return { dc: subject.dc, instance: instanceKey(subject.dc, subject.node, subject.id) };
  }
}

'use client';

import { useParams } from 'next/navigation';
import { pathSegment } from '@/components/ui/path-segment';
import { SubjectTimeline } from './subject-timeline';

/** The past of the thing whose page this is, known by the address alone: what is not there now may well have been there before. */
export function TimelineHere({ kind }: { kind: 'service' | 'node' | 'instance' }) {
  const params = useParams<Record<'dc' | 'name' | 'node' | 'id', string | undefined>>();
  const segment = (name: keyof typeof params) => pathSegment(params[name] ?? '');
  const dc = segment('dc');
  const name = segment('name');
  const node = segment('node');
  const id = segment('id');
  if (!dc) return null;
  if (kind === 'instance') return node && id ? <SubjectTimeline subject={{ kind, dc, node, id }} /> : null;
  return name ? <SubjectTimeline subject={{ kind, dc, name }} /> : null;
}

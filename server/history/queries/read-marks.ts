import type { TimelineBody } from '@/lib/history/bodies';
import { concernsService, markKinds, marksOf, wholeMarkKinds } from '@/lib/history/marks';
import type { RecordReader } from '@/server/history/record-store';
import { newestOf } from './read-on';
import type { Scope } from './scope';

/** Of more the oldest are not looked at. */
const MOST_READ = 5_000;

/** The marks of a range. What befell a whole datacenter, or Lictor, marks everything in it. */
export async function readMarks(
  reader: RecordReader,
  scope: Scope,
  range: { readonly fromMs: number; readonly toMs: number },
): Promise<Pick<TimelineBody, 'marks' | 'hiddenMarks'>> {
  const { service } = scope;
  const ofInstances = service === null && (scope.node !== null || scope.instance !== null);
  const everything = { ...range, dc: null, service: null, node: null, instance: null };
  const { transitions } = await newestOf(
    reader,
    { ...everything, kinds: ofInstances ? wholeMarkKinds : markKinds },
    MOST_READ,
  );
  const near = transitions.filter(({ subject }) => scope.dc === null || subject.dc === scope.dc || subject.dc === '');
  if (service === null) return marksOf(near);
  return marksOf(near.filter((transition) => concernsService(transition, service)));
}

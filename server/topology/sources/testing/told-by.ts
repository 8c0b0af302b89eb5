import type { SourceTold } from '@/lib/topology/edge-evidence';
import { TopologyBook } from '@/lib/topology/topology-book';
import { answerOf } from '@/server/consul/testing/answer';
import { ManualClock, settled } from '@/server/consul/testing/manual-clock';
import type { ConsulAnswer, ConsulRequest, ConsulTransport } from '@/server/consul/transport';
import type { Place } from '@/server/topology/sources/place';
import { SourceStates } from '@/server/topology/sources/source-states';

/** What sources said last, by id, and the book that it is also told to. */
export function listening() {
  const sources = new Map<string, SourceTold>();
  const book = new TopologyBook();
  let tellings = 0;
  return {
    ...{ sources, book },
    get tellings() {
      return tellings;
    },
    told: {
      tell: (source: SourceTold, nowMs: number) => {
        tellings += 1;
        sources.set(source.id, source);
        book.tell(source, nowMs);
      },
      untell: (id: string) => {
        sources.delete(id);
        book.untell(id);
      },
      roundTrips: (dc: string, roundTripMs: Readonly<Record<string, number>>) => book.roundTrips(dc, roundTripMs),
    },
    edges: () => book.parts().edges.map(({ key }) => key),
  };
}

type Script = (request: ConsulRequest) => { readonly status?: number; readonly body: unknown } | Error;

/** A Consul that answers at once as a test says; for what a real one cannot be made to do. */
export class ScriptedTransport implements ConsulTransport {
  readonly requests: ConsulRequest[] = [];
  readonly oldestUnreadMs = null;
  readonly waitingCapacity = 100;
  atOnce = 0;
  mostAtOnce = 0;

  constructor(public script: Script) {}

  async request(request: ConsulRequest): Promise<ConsulAnswer> {
    this.requests.push(request);
    this.atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
    await settled();
    this.atOnce -= 1;
    const answer = this.script(request);
    if (answer instanceof Error) throw answer;
    return answerOf(answer.body, { status: answer.status ?? 200, source: `GET ${request.path} of Consul` });
  }

  get stats(): never {
    throw new Error('It counts nothing.');
  }

  async close(): Promise<void> {}
}

/** dc1, with a Consul that answers as a test says. */
export function scriptedPlace(script: Script) {
  const clock = new ManualClock();
  const transport = new ScriptedTransport(script);
  const heard = listening();
  const states = new SourceStates(clock, () => {});
  const place: Place = { dc: 'dc1', transport, clock, random: () => 0, told: heard.told, states };
  const state = (name: string) => states.list().find((one) => one.name === name);
  const asked = () => transport.requests.splice(0).map(({ path }) => path);
  /** Time goes on, and what was asked is answered. */
  const pass = async (ms: number) => {
    await clock.advance(ms);
    for (let turn = 0; turn < 20; turn += 1) await settled();
  };
  return { clock, transport, heard, states, place, state, asked, pass };
}

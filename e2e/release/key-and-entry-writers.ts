import type { ReleaseConsul } from '@/server/release/release-consul';
import type { Writer, Writers } from '@/server/release/writer';
import { ConfigEntryWriter } from '@/server/release/writers/config-entry-writer';
import { KvWriter } from '@/server/release/writers/kv-writer';

const noSuchWriter = () => Promise.reject(new Error('No such write is planned here.'));
const none: Writer<never> = { look: noSuchWriter, write: noSuchWriter, restore: noSuchWriter };

/** The writers of keys and of configuration entries, for plans without instances. */
export function keyAndEntryWriters(consul: ReleaseConsul): Writers {
  return {
    kv: new KvWriter(consul),
    'config-entry': new ConfigEntryWriter(consul),
    'catalog-service': none,
    'catalog-check': none,
    'agent-service': none,
    'agent-maintenance': none,
  };
}

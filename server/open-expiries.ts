import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { firstEndIn, lastEndIn, shownCertificateEnd } from './alerts/expiry/certificate-ends';
import { type Expiring, ExpiryWatch } from './alerts/expiry/expiry-watch';
import { tokenEnd } from './alerts/expiry/token-end';
import type { Settings } from './config/settings';
import { type ConsulTlsOptions, endpointOf } from './consul/address';
import type { Clock } from './consul/clock';
import { tlsFilesOf } from './consul/tls-files';
import type { OpenAddress } from './open-address';
import type { SharedHome } from './open-home';

/** Watches the ends of all that Lictor depends on and is given: what it is told by settings, and what each Consul shows. No name in it is a secret. */
export function openExpiries(
  { listen }: Pick<Settings, 'listen'>,
  addresses: readonly OpenAddress[],
  home: SharedHome,
  clock: Clock,
  onChange: () => void,
): ExpiryWatch {
  const own: Expiring[] = [];
  const { tls } = listen;
  // What it was started with is what it shows, whatever the file says by now.
  if (tls) own.push(certificate('lictor', 'Lictor’s own', '', async () => firstEndIn(tls.cert)));
  const ofAddresses = addresses.flatMap((address) => ofAddress(address, clock));
  const written = (): Expiring[] => {
    const place = home.token() === null ? null : home.known;
    if (!place) return [];
    const look: Expiring['look'] = (signal) => tokenEnd(place.transport, place.datacenter, signal);
    return [{ id: 'token write', what: 'token', name: 'The token that writes', dc: place.datacenter ?? '', look }];
  };
  return new ExpiryWatch({
    ...{ clock, onChange, expiring: () => [...own, ...ofAddresses, ...written()] },
    fingerprint: () => addresses.map(({ consul, tokens }) => `${filesMark(consul.tls)}\n${tokens()}`).join('\n'),
  });
}

function ofAddress(address: OpenAddress, clock: Clock): Expiring[] {
  const { consul, datacenters } = address;
  const { tls: files } = consul;
  const place = consul.address.replace(/^\w+:\/\//, '');
  const dc = datacenters?.length === 1 ? (datacenters[0] ?? '') : '';
  const endpoint = endpointOf(consul.address);
  const tlsFiles = tlsFilesOf({ ...consul, warn: () => {} }, endpoint, () => clock.now());
  const all: Expiring[] = [];
  const add = (id: string, name: string, look: Expiring['look']) =>
    all.push(certificate(`${id} ${place}`, name, dc, look));
  if (tlsFiles !== null && endpoint.socketPath === null) {
    add('consul', `Consul at ${place}`, (signal) => shownCertificateEnd(endpoint, tlsFiles, signal));
  }
  const { certFile = null } = files ?? {};
  if (tlsFiles !== null && certFile !== null) {
    add('client', `Lictor’s client certificate for ${place}`, async () => firstEndIn(readFileSync(certFile, 'utf8')));
  }
  if (tlsFiles !== null && files && authorityFiles(files).length > 0) {
    const authorities = () => authorityFiles(files).map((file) => readFileSync(file, 'utf8'));
    add('authority', `The authority for ${place}`, async () => lastEndIn(authorities().join('\n')));
  }
  return [...all, ...tokens(address, place)];
}

/** An address whose datacenters are not named is read with one token for all of them. */
function tokens({ transport, transportOf, datacenters, hasToken }: OpenAddress, place: string): Expiring[] {
  if (datacenters === null) {
    if (!hasToken('')) return [];
    const look: Expiring['look'] = (signal) => tokenEnd(transport, null, signal);
    return [{ id: `token ${place}`, what: 'token', name: `The token that reads ${place}`, dc: '', look }];
  }
  return datacenters.filter(hasToken).map((dc) => {
    const look: Expiring['look'] = (signal) => tokenEnd(transportOf(dc), dc, signal);
    return { id: `token ${place} ${dc}`, what: 'token', name: `The token that reads ${dc}`, dc, look };
  });
}

const certificate = (id: string, name: string, dc: string, look: Expiring['look']): Expiring => ({
  ...{ id: `certificate ${id}`, what: 'certificate', name, dc, look },
});

function authorityFiles({ caFile, caPath }: ConsulTlsOptions): string[] {
  const inFolder = caPath === null ? [] : readdirSync(caPath, { withFileTypes: true });
  const files = inFolder.filter((entry) => !entry.isDirectory()).map(({ name }) => path.join(caPath ?? '', name));
  return [...(caFile === null ? [] : [caFile]), ...files];
}

/** Another one whenever a file is replaced. */
function filesMark(files: ConsulTlsOptions | undefined): string {
  if (!files) return '';
  const { certFile, caFile, caPath } = files;
  return [certFile, caFile, caPath]
    .filter((file) => file !== null)
    .map((file) => {
      const found = statSync(file, { throwIfNoEntry: false });
      return found ? `${file} ${found.mtimeMs} ${found.size} ${found.ino}` : file;
    })
    .join('\n');
}

import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { TlsFiles } from './agent';

const run = promisify(execFile);
const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
const VALID_DAYS = '30';

/** Makes a certificate authority of the world's own and one certificate for all its agents, by openssl. */
export async function makeCertificates(folder: string, datacenters: string[]): Promise<TlsFiles> {
  await mkdir(folder, { recursive: true });
  const openssl = async (...args: string[]) => {
    try {
      await run('openssl', args, { cwd: folder });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`The world's certificates cannot be made: ${reason}`);
    }
  };
  const names = ['IP:127.0.0.1', 'DNS:localhost', ...datacenters.map((name) => `DNS:server.${name}.consul`)];
  await writeFile(`${folder}/agent.ext`, `subjectAltName=${names.join(',')}\nextendedKeyUsage=serverAuth,clientAuth\n`);
  await openssl(
    'req',
    '-x509',
    ...KEY,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-subj',
    '/CN=Demo world CA',
    '-days',
    VALID_DAYS,
  );
  await openssl('req', '-new', ...KEY, '-keyout', 'agent.key', '-out', 'agent.csr', '-subj', '/CN=consul');
  const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', VALID_DAYS, '-extfile', 'agent.ext'];
  await openssl('x509', '-req', '-in', 'agent.csr', '-out', 'agent.pem', ...signed);
  return { ca: `${folder}/ca.pem`, cert: `${folder}/agent.pem`, key: `${folder}/agent.key` };
}

import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface SignedCertificate {
  /** In a folder that `makeCertificates` filled, whose authority signs and whose agent key it certifies. */
  readonly folder: string;
  /** Negative: it has expired. */
  readonly days?: number;
  /** `DNS:…` and `IP:…`. */
  readonly names?: readonly string[];
  /** Where it is written; the agent's own certificate by default. */
  readonly out?: string;
}

/** Signs another certificate for the agent's key, with what a test wants wrong in it. */
export async function signCertificate(options: SignedCertificate): Promise<string> {
  const { folder, days = 30, names = ['IP:127.0.0.1', 'DNS:localhost', 'DNS:server.dc1.consul'] } = options;
  const out = options.out ?? `${folder}/agent.pem`;
  const extensions = `${out}.ext`;
  await writeFile(extensions, `subjectAltName=${names.join(',')}\nextendedKeyUsage=serverAuth,clientAuth\n`);
  const authority = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'];
  const args = ['x509', '-req', '-in', 'agent.csr', '-out', out, ...authority, '-days', String(days)];
  await run('openssl', [...args, '-extfile', extensions], { cwd: folder });
  return out;
}

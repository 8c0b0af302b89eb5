/** What this consumer makes of a policy document; the rest of it is for others. */
export interface Policy {
  version: number;
  shares: [version: string, percent: number][];
  routes: { header: string; value: string; version: string }[];
}

const FORMAT = 1;

/**
 * Reads the text of a policy document.
 * @throws Error where this consumer does not understand it: it then keeps to the last one that it did
 */
export function readPolicy(text: string, service: string): Policy {
  const document = JSON.parse(text);
  if (document?.format !== FORMAT) throw new Error(`format ${document?.format}, and this gateway knows ${FORMAT}`);
  if (document.service !== service) throw new Error('it is the document of another service');
  const shares = Object.entries(document.shares ?? {}).map(([version, percent]): [string, number] => {
    if (typeof percent !== 'number' || !(percent >= 0)) throw new Error(`the share of ${version} is no percent`);
    return [version, percent];
  });
  if (!shares.some(([, percent]) => percent > 0)) throw new Error('no version has a share');
  return { version: Number(document.version), shares, routes: document.routes ?? [] };
}

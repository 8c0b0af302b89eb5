/** `<dc>/<node>/<service id>`, each segment percent-encoded: the key under which Lictor publishes an instance. */
export function instanceKey(datacenter: string, node: string, serviceId: string): string {
  return [datacenter, node, serviceId].map(encodeURIComponent).join('/');
}

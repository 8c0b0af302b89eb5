import { setNonce } from 'get-nonce';

/** A dialog locks the page's scrolling by a style element of its own, which the nonce policy would refuse. */
export function allowStyles(): void {
  const script = document.querySelector<HTMLScriptElement>('script[nonce]');
  if (script?.nonce) setNonce(script.nonce);
}

/** Calls `wake` when the tab is looked at again or the network is back. Gives back what ends that. */
export function onWakeSignals(wake: () => void): () => void {
  const whenVisible = () => {
    if (document.visibilityState === 'visible') wake();
  };
  window.addEventListener('online', wake);
  window.addEventListener('pageshow', wake);
  document.addEventListener('visibilitychange', whenVisible);
  // A tab that was frozen to save memory.
  document.addEventListener('resume', wake);
  return () => {
    window.removeEventListener('online', wake);
    window.removeEventListener('pageshow', wake);
    document.removeEventListener('visibilitychange', whenVisible);
    document.removeEventListener('resume', wake);
  };
}

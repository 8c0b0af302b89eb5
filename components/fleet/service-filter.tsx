'use client';

import { ListFilter, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useText } from '@/components/ui/text-provider';
import styles from './services.module.css';

/** Filters by plain words. `/` leads here from anywhere on the page; Escape clears it, then leaves. */
export function ServiceFilter({ query, setQuery }: { query: string; setQuery: (query: string | null) => void }) {
  const text = useText();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const focusOnSlash = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    document.addEventListener('keydown', focusOnSlash);
    return () => document.removeEventListener('keydown', focusOnSlash);
  }, []);
  const clearOrLeave = () => {
    if (query === '') input.current?.blur();
    else setQuery(null);
  };
  return (
    <search className={styles.filter}>
      <ListFilter size={15} aria-hidden="true" />
      <input
        ref={input}
        type="text"
        value={query}
        onChange={(event) => setQuery(event.target.value || null)}
        onKeyDown={(event) => event.key === 'Escape' && clearOrLeave()}
        placeholder={text.services.filter}
        aria-label={text.services.filter}
        aria-keyshortcuts="/"
        autoComplete="off"
        spellCheck={false}
      />
      {query === '' ? (
        <kbd>/</kbd>
      ) : (
        <button
          type="button"
          onClick={() => setQuery(null)}
          aria-label={text.services.clear}
          title={text.services.clear}
        >
          <X size={15} aria-hidden="true" />
        </button>
      )}
    </search>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

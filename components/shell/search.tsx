'use client';

import { Search as Glass } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import { useText } from '@/components/ui/text-provider';
import styles from './header.module.css';

/** Loaded when it is first wanted: most visits need no search. */
const SearchDialog = dynamic(() => import('./search-dialog').then((module) => module.SearchDialog), { ssr: false });

/** Opens the search over services, nodes and pages; Ctrl-K or Cmd-K does so from anywhere. */
export function Search() {
  const text = useText();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const openOnKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || event.altKey || event.shiftKey || event.ctrlKey === event.metaKey) return;
      event.preventDefault();
      setOpen(true);
    };
    document.addEventListener('keydown', openOnKey);
    return () => document.removeEventListener('keydown', openOnKey);
  }, []);
  return (
    <>
      <button
        type="button"
        className={styles.find}
        onClick={() => setOpen(true)}
        aria-keyshortcuts="Control+K Meta+K"
        aria-haspopup="dialog"
        title={text.shell.search}
      >
        <Glass size={14} aria-hidden="true" />
        <span>{text.shell.search}</span>
        <kbd>Ctrl K</kbd>
      </button>
      {open ? <SearchDialog close={() => setOpen(false)} /> : null}
    </>
  );
}

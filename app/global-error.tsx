'use client';

import './tokens.css';
import './global.css';
import { WholeFailure } from '@/components/shell/whole-failure';

/** In the place of everything, where what all pages share has thrown. Next asks for a document of its own. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <WholeFailure reference={error.digest} retry={reset} />;
}

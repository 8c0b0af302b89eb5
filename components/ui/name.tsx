import { visibleLine } from '@/lib/text/visible-text';

/** A name that somebody else gave: its invisible characters made visible, its direction of writing kept from its neighbours. */
export function Name({ children, className }: { children: string; className?: string | undefined }) {
  return (
    <bdi className={className} title={visibleLine(children)}>
      {visibleLine(children)}
    </bdi>
  );
}

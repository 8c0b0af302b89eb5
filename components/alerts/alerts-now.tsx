'use client';

import { type ReactNode, useCallback, useMemo } from 'react';
import { FilterInput } from '@/components/filter/filter-input';
import { useFilter } from '@/components/filter/use-filter';
import { useAlerts } from '@/components/live/use-alerts';
import { useView } from '@/components/observed/use-view';
import { useToggled } from '@/components/ui/grid/use-toggled';
import { PageTitle } from '@/components/ui/page-title';
import { useText } from '@/components/ui/text-provider';
import type { AlertsBody } from '@/lib/alerts/alert-body';
import { alertList } from '@/lib/alerts/view/alert-list';
import { alertFields } from '@/lib/filter/alert-fields';
import { knownValues } from '@/lib/filter/known-values';
import { visibleLine } from '@/lib/text/visible-text';
import { AlertDetail } from './alert-detail';
import { AlertKeys } from './alert-keys';
import { AlertList } from './alert-list';
import styles from './alerts-page.module.css';
import { NoAlerts } from './no-alerts';
import { StateChoice } from './state-choice';
import { useAlertOptions } from './use-alert-options';
import { useAlertWords } from './use-alert-words';
import { useShownAlert } from './use-shown-alert';

const whole = (body: AlertsBody) => body;

/** The list of alerts, and beside it the one that is looked at. */
export function AlertsNow({ tabs }: { tabs: ReactNode }) {
  const text = useText();
  const words = useAlertWords();
  const { dc } = useView();
  const body = useAlerts(whole);
  const { filter, setFilter, state, setState, alert: chosen, setAlert } = useAlertOptions();
  const alerts = useMemo(() => body?.items ?? [], [body]);
  const { matches, ...reading } = useFilter(filter, alertFields, alerts);
  const values = useMemo(() => knownValues(alertFields, alerts), [alerts]);
  const { toggled, toggle } = useToggled();
  const list = useMemo(() => alertList(alerts, { state, dc, matches, toggled }), [alerts, state, dc, matches, toggled]);
  const shown = useShownAlert(chosen, list.lines, state);
  const told = alerts.find(({ id }) => id === chosen);
  const parts = [...(told ? [words.title(told)] : []), text.alerts.title, ...(dc === null ? [] : [visibleLine(dc)])];
  const back = useCallback(() => void setAlert(null), [setAlert]);
  return (
    <div className={styles.page} data-chosen={chosen !== null || list.lines.length === 0 || undefined}>
      <PageTitle parts={parts} />
      <div className={styles.bar}>
        <h1>{text.alerts.title}</h1>
        <StateChoice counts={body && list.counts} open={list.open} state={state} choose={(one) => void setState(one)} />
        <FilterInput
          schema={alertFields}
          values={values}
          value={filter}
          onChange={setFilter}
          {...reading}
          label={text.alerts.filter}
        />
        {tabs}
      </div>
      <div className={styles.panes} data-empty={(list.lines.length === 0 && chosen === null) || undefined}>
        <div className={styles.pane}>
          <AlertList
            lines={list.lines}
            silences={body?.silences}
            view={JSON.stringify([state, dc, reading.applied, [...toggled]])}
            shown={shown}
            toggle={toggle}
          />
          <AlertKeys />
        </div>
        <section className={styles.detail} aria-label={text.alerts.chosen}>
          {shown === null ? (
            <NoAlerts body={body} matching={list.lines.length} state={state} filter={reading.applied} />
          ) : (
            <AlertDetail key={shown} id={shown} silences={body?.silences} outlets={body?.outlets} back={back} />
          )}
        </section>
      </div>
    </div>
  );
}

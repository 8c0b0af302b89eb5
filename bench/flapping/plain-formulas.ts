/** Tells at each execution of a check whether it flaps now. */
export interface PlainFormula {
  /** @param state any number, another one for another state */
  execute(state: number): boolean;
}

/** As Nagios has it, `base/flapping.c`: 21 states, the changes between them weighed 0.75 to 1.25; it starts at the upper bound and stops at the lower one. */
export function nagios(startsAt: number, stopsAt: number): PlainFormula {
  const states: number[] = Array.from({ length: 21 }, () => 0);
  let flapping = false;
  /** A score of 0 stays 0 while no state changes. */
  let calm = states.length;
  return {
    execute(state) {
      calm = state === states.at(-1) ? calm + 1 : 0;
      states.shift();
      states.push(state);
      if (calm >= states.length) return flapping;
      let changes = 0;
      for (let x = 1; x < states.length; x += 1) {
        if (states[x] !== states[x - 1]) changes += ((x - 1) * 0.5) / 19 + 0.75;
      }
      const percent = (changes * 100) / 20;
      if (percent <= stopsAt) flapping = false;
      else if (percent >= startsAt) flapping = true;
      return flapping;
    },
  };
}

/** As Icinga 2 has it, `Checkable::UpdateFlappingStatus`: the last 20 results, changes weighed 0.8 to 1.18, on above 30% and off at 25%. */
export function icinga(): PlainFormula {
  const changed: boolean[] = Array.from({ length: 20 }, () => false);
  let last = 0;
  let flapping = false;
  let calm = changed.length;
  return {
    execute(state) {
      calm = state === last ? calm + 1 : 0;
      changed.shift();
      changed.push(state !== last);
      last = state;
      if (calm > changed.length) return flapping;
      let changes = 0;
      for (let i = 0; i < changed.length; i += 1) if (changed[i]) changes += 0.8 + 0.02 * i;
      const percent = (100 * changes) / 20;
      flapping = flapping ? percent > 25 : percent > 30;
      return flapping;
    },
  };
}

/** How an instance answers what is not a question of health. */
export interface AnswerProfile {
  /** The quickest answer, ms. */
  leastMs: number;
  /** How much longer one may take, ms; evenly spread. */
  spreadMs: number;
  /** Share of answers that are 500, 0 to 1. */
  errorRatio: number;
}

const STEADY: AnswerProfile = { leastMs: 2, spreadMs: 4, errorRatio: 0 };

/** Versions that do worse, or better, than the one beside them. By service, then version. */
const profiles: Readonly<Record<string, Readonly<Record<string, AnswerProfile>>>> = {
  payment: {
    '3.1.4': { leastMs: 8, spreadMs: 10, errorRatio: 0.001 },
    '3.2.0': { leastMs: 14, spreadMs: 30, errorRatio: 0.02 },
  },
  recommendations: {
    '0.31.0': { leastMs: 20, spreadMs: 20, errorRatio: 0.005 },
    '0.32.0': { leastMs: 6, spreadMs: 8, errorRatio: 0.001 },
  },
};

export function answerProfile(service: string, version: string): AnswerProfile {
  return profiles[service]?.[version] ?? STEADY;
}

import { daemonSetRules } from './rules/daemon-set-rules.ts'
import { neighbourRules } from './rules/neighbour-rules.ts'
import type { RuleText } from './rules/rule-text.ts'

/** Every rule that hints and answers name, by its number. Loaded when the first one is opened. */
export const ruleTexts: Readonly<Record<string, RuleText>> = { ...daemonSetRules, ...neighbourRules }

export const rulesText = {
  title: (number: string) => `Rule ${number}`,
  page: 'Kubernetes documentation',
  unknown: 'This rule is part of the specification that the engine follows; there is no short text about it.',
}

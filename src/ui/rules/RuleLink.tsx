import { openForm } from '#state/session.ts'
import { en } from '../text/en.ts'
import styles from './RuleLink.module.css'

/** The number of a rule, behind what it says about something; it opens the rule's text. */
export function RuleLink({ rule }: { rule: string }) {
  return (
    <button type="button" className={styles.link} aria-label={en.rule(rule)} onClick={() => openForm({ kind: 'rule', rule })}>
      {rule}
    </button>
  )
}

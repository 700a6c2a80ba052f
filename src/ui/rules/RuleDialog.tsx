import { closeForm } from '#state/session.ts'
import { CodeText } from '../inspector/CodeText.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { rulesText, ruleTexts } from '../text/rules.ts'
import styles from './RuleDialog.module.css'

/** A rule that a hint or an answer names: what it says, and where Kubernetes documents it. */
export function RuleDialog({ rule }: { rule: string }) {
  const found = ruleTexts[rule]
  return (
    <Dialog title={rulesText.title(rule)} onClose={() => closeForm('rule')}>
      {found ? (
        <div className={styles.rule}>
          <h3>
            <CodeText text={found.title} />
          </h3>
          <p>
            <CodeText text={found.text} />
          </p>
          <p className={styles.page}>
            {rulesText.page}:{' '}
            <a href={found.page.address} target="_blank" rel="noreferrer">
              {found.page.name}
            </a>
          </p>
        </div>
      ) : (
        <p>{rulesText.unknown}</p>
      )}
    </Dialog>
  )
}

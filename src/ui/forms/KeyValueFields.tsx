import { isLabelValue } from '#k8s/name-syntax.ts'
import { formsText } from '../text/forms.ts'
import styles from './forms.module.css'
import { TextField } from './TextField.tsx'
import { isKey } from './well-formed.ts'

/** A key, which has to be there, and its value. */
export function KeyValueFields(props: { pair: KeyValue; onChange: (pair: KeyValue) => void }) {
  const { pair, onChange } = props
  return (
    <div className={styles.pair}>
      <TextField
        label={formsText.key}
        required
        pattern=".*\S.*"
        title={formsText.keyNeeded}
        value={pair.key}
        isWrong={!isKey(pair.key.trim())}
        onChange={(key) => onChange({ ...pair, key })}
      />
      <TextField
        label={formsText.value}
        value={pair.value}
        isWrong={!isLabelValue(pair.value.trim())}
        onChange={(value) => onChange({ ...pair, value })}
      />
    </div>
  )
}

export interface KeyValue {
  readonly key: string
  readonly value: string
}

/** Without the blanks around both. */
export const trimmed = ({ key, value }: KeyValue): KeyValue => ({ key: key.trim(), value: value.trim() })

import { isLabelValue } from '#k8s/name-syntax.ts'
import { en } from '../text/en.ts'
import styles from './forms.module.css'
import { TextField } from './TextField.tsx'
import { isKey } from './well-formed.ts'

/** A key, which has to be there, and its value. */
export function KeyValueFields(props: { pair: KeyValue; onChange: (pair: KeyValue) => void }) {
  const { pair, onChange } = props
  return (
    <div className={styles.pair}>
      <TextField
        label={en.forms.key}
        required
        pattern=".*\S.*"
        title={en.forms.keyNeeded}
        value={pair.key}
        isWrong={!isKey(pair.key.trim())}
        onChange={(key) => onChange({ ...pair, key })}
      />
      <TextField
        label={en.forms.value}
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

import { en } from '../text/en.ts'
import styles from './forms.module.css'

/** A key, which has to be there, and its value. */
export function KeyValueFields(props: { pair: KeyValue; onChange: (pair: KeyValue) => void }) {
  const { pair, onChange } = props
  return (
    <div className={styles.pair}>
      <label>
        {en.forms.key}
        <input
          required
          pattern=".*\S.*"
          title={en.forms.keyNeeded}
          value={pair.key}
          onChange={(event) => onChange({ ...pair, key: event.target.value })}
          spellCheck={false}
        />
      </label>
      <label>
        {en.forms.value}
        <input value={pair.value} onChange={(event) => onChange({ ...pair, value: event.target.value })} spellCheck={false} />
      </label>
    </div>
  )
}

export interface KeyValue {
  readonly key: string
  readonly value: string
}

/** Without the blanks around both. */
export const trimmed = ({ key, value }: KeyValue): KeyValue => ({ key: key.trim(), value: value.trim() })

import { closeForm } from '#state/session.ts'
import type { Action } from '../actions/action.ts'
import { actions, nodeActions } from '../actions/index.ts'
import { keyText } from '../actions/key-text.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { formsText } from '../text/forms.ts'
import { keysText } from '../text/keys.ts'
import styles from './forms.module.css'

interface Line {
  keys: string
  label: string
}

/** Of several actions on one key (play, pause) the list shows each. */
const linesOf = (list: readonly Pick<Action, 'label' | 'shortcut'>[]): Line[] =>
  list.flatMap((action) => (action.shortcut ? [{ keys: keyText(action.shortcut), label: action.label() }] : []))

const nodeLines: Line[] = nodeActions.flatMap((action) =>
  action.shortcut ? [{ keys: keyText(action.shortcut), label: action.name.replaceAll('-', ' ') }] : [],
)

function Keys({ title, lines }: { title: string; lines: readonly Line[] }) {
  return (
    <section>
      <h3 className={styles.heading}>{title}</h3>
      <dl className={styles.keys}>
        {lines.map(({ keys, label }) => (
          <div key={label}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** All keys: of the page, of a focused node card, of editor and terminal. */
export function KeysForm() {
  return (
    <Dialog title={formsText.keys} onClose={() => closeForm()}>
      <Keys title={keysText.page} lines={linesOf(actions)} />
      <Keys title={keysText.node} lines={[...keysText.nodeExtra, ...nodeLines]} />
      <Keys title={keysText.editor} lines={keysText.editorLines} />
    </Dialog>
  )
}

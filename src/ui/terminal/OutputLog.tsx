import { type KeyboardEvent, type MouseEvent, memo } from 'react'
import type { Kind } from '#k8s/types.ts'
import type { TerminalLine } from '#state/terminal.ts'
import { useTerminal } from '#state/use-store.ts'
import { useCardContext } from '../cards/card-context.ts'
import { OutputLine } from './OutputLine.tsx'
import { selectObject } from './select-object.ts'
import styles from './Terminal.module.css'

const blockSize = 100

/** A hundred lines: the browser lays out only the blocks in sight. */
const Block = memo(
  function Block({ lines }: { lines: readonly TerminalLine[] }) {
    return (
      <div className={styles.block} style={{ '--lines': lines.length } as React.CSSProperties}>
        {lines.map((line) => (
          <OutputLine key={line.id} line={line} />
        ))}
      </div>
    )
  },
  // lines are only added behind, continued at the end, and taken from the front
  ({ lines: a }, { lines: b }) => a.length === b.length && a[0] === b[0] && a.at(-1) === b.at(-1),
)

function blocksOf(lines: readonly TerminalLine[]): Map<number, TerminalLine[]> {
  const blocks = new Map<number, TerminalLine[]>()
  for (const line of lines) {
    const number = Math.floor(line.id / blockSize)
    const block = blocks.get(number)
    if (block) block.push(line)
    else blocks.set(number, [line])
  }
  return blocks
}

/** The object whose name was clicked. */
function targetOf(element: EventTarget): { kind: Kind; namespace?: string; name: string } | undefined {
  const { kind, namespace, name } = (element as HTMLElement).closest<HTMLElement>('[role=link]')?.dataset ?? {}
  return kind && name ? { kind: kind as Kind, name, ...(namespace && { namespace }) } : undefined
}

const steps: Record<string, number> = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }

/** From link to link with the arrows, back to the input with Escape. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=link]')]
  const at = links.indexOf(event.target as HTMLElement)
  const step = steps[event.key]
  if (at < 0) return
  if (step !== undefined) links[at + step]?.focus()
  else if (event.key === 'Escape') event.currentTarget.parentElement?.querySelector('textarea')?.focus()
  else return
  event.preventDefault()
}

/** All lines. New ones are read aloud where they are few; names of objects select them. */
export function OutputLog() {
  const { ask } = useCardContext()
  const lines = useTerminal((state) => state.lines)
  const isMuch = useTerminal((state) => state.isMuch)
  const choose = (event: MouseEvent | KeyboardEvent) => {
    const target = targetOf(event.target)
    if (!target) return
    event.stopPropagation()
    if (getSelection()?.isCollapsed !== false) selectObject(target, ask)
  }
  return (
    <div
      role="log"
      aria-live={isMuch ? 'off' : 'polite'}
      onClick={choose}
      onKeyDown={(event) => {
        if (event.key === 'Enter') choose(event)
        else walk(event)
      }}
    >
      {[...blocksOf(lines)].map(([number, block]) => (
        <Block key={number} lines={block} />
      ))}
    </div>
  )
}

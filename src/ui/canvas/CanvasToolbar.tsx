import { useReactFlow } from '@xyflow/react'
import { Boxes, CloudLightning, Maximize, Minimize, Plus, Table2, Waypoints, ZoomIn, ZoomOut } from 'lucide-react'
import type { Action } from '../actions/action.ts'
import { addNode } from '../actions/add-node.ts'
import { machineActions, troubleActions, workloadActions } from '../actions/index.ts'
import { keyText } from '../actions/key-text.ts'
import { useCardContext } from '../cards/card-context.ts'
import { Button } from '../parts/Button.tsx'
import { Menu } from '../parts/Menu.tsx'
import type { MenuItem } from '../parts/MenuPopup.tsx'
import { en } from '../text/en.ts'
import styles from './CanvasToolbar.module.css'

interface Props {
  asTable: boolean
  onAsTable(on: boolean): void
  /** Whether all of the cluster is in view, however small. */
  whole: boolean
  /** Whether that is drawn as a map. */
  asMap: boolean
  onWhole(on: boolean): void
}

/** Over the canvas: what can be added, what can go wrong, and how it is looked at. */
export function CanvasToolbar({ asTable, onAsTable, whole, asMap, onWhole }: Props) {
  const context = useCardContext()
  const flow = useReactFlow()
  const items = (actions: readonly Action[]): MenuItem[] =>
    actions.map((action) => ({
      key: action.name,
      label: action.label(),
      icon: <action.icon aria-hidden="true" />,
      ...(action.shortcut ? { keys: keyText(action.shortcut) } : {}),
      run: () => action.run(context),
    }))
  return (
    <div role="toolbar" aria-label={en.canvas.label} className={styles.toolbar}>
      <span className={styles.split}>
        <Button look="primary" repeats onClick={() => addNode.run(context)} data-action="add-node">
          <Plus aria-hidden="true" />
          {en.canvas.addNode}
        </Button>
        <Menu look="primary" icon label="" aria-label={en.canvas.moreNodes} items={items(machineActions)} />
      </span>
      <Menu
        label={
          <>
            <Boxes aria-hidden="true" />
            <span className={styles.word}>{en.canvas.addWorkload}</span>
          </>
        }
        aria-label={en.canvas.addWorkload}
        items={items(workloadActions)}
      />
      <Menu
        label={
          <>
            <CloudLightning aria-hidden="true" />
            <span className={styles.word}>{en.canvas.trouble}</span>
          </>
        }
        aria-label={en.canvas.trouble}
        items={items(troubleActions)}
      />
      <span className={styles.gap} />
      {asTable ? null : (
        <>
          {asMap ? null : (
            <>
              <Button icon className={styles.zoom ?? ''} repeats aria-label={en.canvas.zoomOut} onClick={() => void flow.zoomOut()}>
                <ZoomOut aria-hidden="true" />
              </Button>
              <Button icon className={styles.zoom ?? ''} repeats aria-label={en.canvas.zoomIn} onClick={() => void flow.zoomIn()}>
                <ZoomIn aria-hidden="true" />
              </Button>
            </>
          )}
          <Button icon aria-label={en.canvas.whole} aria-pressed={whole} onClick={() => onWhole(!whole)}>
            {whole ? <Minimize aria-hidden="true" /> : <Maximize aria-hidden="true" />}
          </Button>
        </>
      )}
      <Button icon aria-label={asTable ? en.canvas.asCanvas : en.canvas.asTable} aria-pressed={asTable} onClick={() => onAsTable(!asTable)}>
        {asTable ? <Waypoints aria-hidden="true" /> : <Table2 aria-hidden="true" />}
      </Button>
    </div>
  )
}

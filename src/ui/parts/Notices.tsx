import { X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { dismissNotice, type Notice } from '#state/session.ts'
import { useSession } from '#state/use-store.ts'
import { en } from '../text/en.ts'
import { Button } from './Button.tsx'
import styles from './Notices.module.css'

const shownMs = 6000
const shownWithActionMs = 15_000

/** Short messages at the edge of the page; information goes by itself, unless somebody is at it; errors stay until they are dismissed. */
export function Notices() {
  const notices = useSession((state) => state.notices)
  return (
    <div role="status" className={styles.notices}>
      {notices.map((notice) => (
        <Line key={notice.id} notice={notice} />
      ))}
    </div>
  )
}

function Line({ notice }: { notice: Notice }) {
  const [isPointed, setPointed] = useState(false)
  const [hasFocus, setFocus] = useState(false)
  useEffect(() => {
    if (notice.tone === 'error' || isPointed || hasFocus) return
    const timer = setTimeout(() => dismissNotice(notice.id), notice.action ? shownWithActionMs : shownMs)
    return () => clearTimeout(timer)
  }, [notice, isPointed, hasFocus])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only waits for who is at its buttons
    <div
      className={styles.notice}
      data-tone={notice.tone}
      onPointerEnter={() => setPointed(true)}
      onPointerLeave={() => setPointed(false)}
      onFocus={() => setFocus(true)}
      onBlur={() => setFocus(false)}
    >
      <span>{notice.text}</span>
      {notice.action && <NoticeAction notice={notice} action={notice.action} />}
      <Button icon look="quiet" aria-label={en.notices.dismiss} onClick={() => dismissNotice(notice.id)}>
        <X aria-hidden="true" />
      </Button>
    </div>
  )
}

function NoticeAction({ notice, action }: { notice: Notice; action: NonNullable<Notice['action']> }) {
  const run = () => {
    dismissNotice(notice.id)
    action.run()
  }
  return (
    <Button look="quiet" className={styles.action} onClick={run}>
      {action.label}
    </Button>
  )
}

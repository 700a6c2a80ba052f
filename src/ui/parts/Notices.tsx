import { X } from 'lucide-react'
import { useEffect } from 'react'
import { dismissNotice, type Notice } from '#state/session.ts'
import { useSession } from '#state/use-store.ts'
import { en } from '../text/en.ts'
import { Button } from './Button.tsx'
import styles from './Notices.module.css'

const shownMs = 6000
const shownWithActionMs = 15_000

/** Short messages at the edge of the page; information goes by itself, errors stay until they are dismissed. */
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
  useEffect(() => {
    if (notice.tone === 'error') return
    const timer = setTimeout(() => dismissNotice(notice.id), notice.action ? shownWithActionMs : shownMs)
    return () => clearTimeout(timer)
  }, [notice])
  return (
    <div className={styles.notice} data-tone={notice.tone}>
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

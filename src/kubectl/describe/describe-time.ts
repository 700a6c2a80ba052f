import { parseTimestamp } from '#k8s/time.ts'

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `Mon, 23 Nov 2026 16:11:53 +0000`; times are shown in UTC. Nothing given is Go's zero time. @source time.RFC1123Z */
export function rfc1123(timestamp: string | null | undefined): string {
  if (!timestamp) return 'Mon, 01 Jan 0001 00:00:00 +0000'
  const ms = parseTimestamp(timestamp)
  const day = days[(((Math.floor(ms / 86_400_000) + 4) % 7) + 7) % 7]
  const [, year, month, date, time] = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)/.exec(timestamp) as RegExpExecArray
  return `${day}, ${date} ${months[Number(month) - 1]} ${year} ${time} +0000`
}

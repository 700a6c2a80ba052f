import type { LineOrigin } from '#protocol/live.ts'

/** What the live view says. */
export const liveText = {
  added: 'Added by the cluster',
  status: 'Status',
  managed: 'Managed fields',
  object: 'Object',
  show: 'Lines shown',
  origins: {
    user: 'written',
    default: 'default',
    server: 'API server',
    controller: 'controller',
    scheduler: 'scheduler',
    status: 'observed',
    managed: 'field owners',
  } satisfies Record<LineOrigin, string>,
}

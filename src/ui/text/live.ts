import type { LineOrigin } from '#protocol/live.ts'

/** What the live view says. */
export const liveText = {
  empty: 'Nothing is selected.',
  emptyHint: 'Select a node or a pod, or open a manifest, to see the object as the API server stores it.',
  absent: 'This object is not in the cluster now.',
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

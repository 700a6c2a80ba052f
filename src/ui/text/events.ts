/** The strings of the list of events. They load with it. */
export const eventsText = {
  empty: 'No events yet.',
  emptyHint: 'Events are what components say about objects. kubectl get events shows the same list.',
  count: (count: number) => `×${count}`,
} as const

/** The strings of the embed that the page does not show. */
export const embedText = {
  start: 'Start',
  reset: 'Reset',
  skip: 'Skip ahead',
  lastCommand: 'What the last command was given and printed',
  loading: 'Starting the cluster…',
  failed: 'The simulation could not be started.',
} as const

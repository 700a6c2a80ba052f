/** Brings the filters and built-in commands, which are code of their own so that a page need not wait for them. */
export const loadCommands = (): Promise<unknown> => import('./commands.ts')

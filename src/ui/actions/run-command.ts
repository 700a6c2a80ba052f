import { type Client, RequestFailed } from '#protocol/client.ts'
import type { Fault } from '#protocol/messages.ts'
import { documentFiles } from '#state/documents.ts'
import { notify, sessionStore } from '#state/session.ts'
import { appendHistory, terminalStore } from '#state/terminal.ts'

/** Says what a request was refused for. A client that was closed meanwhile is no news. */
export function complain(error: unknown): void {
  if (error instanceof RequestFailed && error.message === 'closed') return
  notify('error', error instanceof Error ? error.message : String(error))
}

/** Runs a line in the terminal as if it had been typed there. Settles with its exit status when it has ended. */
export async function runCommand(client: Client, line: string, options: { remember?: boolean } = {}): Promise<number> {
  if (options.remember) terminalStore.setState((state) => ({ history: appendHistory(state.history, line) }))
  const { id, reply } = client.send('shell', { line, echo: true, files: documentFiles() })
  terminalStore.setState((state) => ({ running: [...state.running, id] }))
  try {
    return (await reply).exit
  } catch (error) {
    complain(error)
    return 1
  } finally {
    terminalStore.setState((state) => ({ running: state.running.filter((other) => other !== id) }))
  }
}

/** Does something that no kubectl command can; `what` is shown in the terminal as a comment. */
export function doOutside(client: Client, fault: Fault, what: string): void {
  client.request('fault', { fault, echo: `# outside Kubernetes: ${what}` }).catch(complain)
}

/** Stops what runs in the terminal, newest first; the playing scenario counts too. */
export function interrupt(client: Client): void {
  const shellId = terminalStore.getState().running.at(-1) ?? sessionStore.getState().scenarioRequest
  if (shellId !== undefined) client.request('interrupt', { shellId }).catch(complain)
}

/** A word quoted for the shell where it must be. */
export function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

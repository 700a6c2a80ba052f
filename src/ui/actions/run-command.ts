import { type Client, RequestFailed } from '#protocol/client.ts'
import type { EchoedBy, Fault, Requests } from '#protocol/messages.ts'
import { documentFiles } from '#state/documents.ts'
import { forgetInformation, notify, sessionStore } from '#state/session.ts'
import { appendHistory, appendOutput, terminalStore } from '#state/terminal.ts'

/** Says what a request was refused for. A client that was closed meanwhile is no news, nor is a failure that stands in the bar above the page. */
export function complain(error: unknown): void {
  if (error instanceof RequestFailed && error.message === 'closed') return
  const text = error instanceof Error ? error.message : String(error)
  if (sessionStore.getState().failure?.message !== text) notify('error', text)
}

async function run(client: Client, line: string, echo: EchoedBy): Promise<Requests['shell']['out']> {
  forgetInformation()
  const { history } = terminalStore.getState()
  const { id, reply } = client.send('shell', { line, echo, files: documentFiles(), ...(/\bhistory\b/.test(line) && { history }) })
  terminalStore.setState((state) => ({ running: [...state.running, { id, typed: echo === 'typed' }] }))
  try {
    return await reply
  } catch (error) {
    complain(error)
    return { exit: 1 }
  } finally {
    terminalStore.setState((state) => ({ running: state.running.filter((other) => other.id !== id) }))
  }
}

/** Runs a command of the page's own in the terminal, beside whatever runs there. Settles with its exit status when it has ended. */
export async function runCommand(client: Client, line: string): Promise<number> {
  return (await run(client, line, 'click')).exit
}

/** Where kubectl has more to say stands in the terminal. */
const seeHelp = /^See 'kubectl .*$/gm

/** The same for a form: settles with what kubectl had against it, or undefined when it was done. */
export async function tryCommand(client: Client, line: string): Promise<string | undefined> {
  let said = ''
  const stop = client.subscribe((message) => {
    if (message.type === 'output' && message.stream === 'err') said += message.text
  })
  const exit = await runCommand(client, line)
  stop()
  return exit === 0 ? undefined : said.replace(seeHelp, '').trim()
}

/**
 * Runs what somebody typed: behind what was typed before, as in any terminal. A line that is not complete is handed back to go on with.
 */
export async function runTyped(client: Client, line: string, goOn: (line: string) => void): Promise<void> {
  const { running } = terminalStore.getState()
  if (running.some(({ typed }) => typed)) {
    terminalStore.setState((state) => ({ queue: [...state.queue, line] }))
    return
  }
  const before = terminalStore.getState().history
  terminalStore.setState({ history: appendHistory(before, line) })
  const { incomplete } = await run(client, line, 'typed')
  if (incomplete) {
    terminalStore.setState({ history: before })
    goOn(line)
  }
  const [next, ...queue] = terminalStore.getState().queue
  if (next === undefined) return
  terminalStore.setState({ queue })
  await runTyped(client, next, goOn)
}

/** Does something that no kubectl command can; `what` is shown in the terminal as a comment. Rejects with what it is refused for. */
export async function askOutside(client: Client, fault: Fault, what: string): Promise<void> {
  forgetInformation()
  await client.request('fault', { fault, echo: `# outside Kubernetes: ${what}` })
}

/** The same where nobody waits for it: a refusal is told at the edge of the page. */
export function doOutside(client: Client, fault: Fault, what: string): void {
  askOutside(client, fault, what).catch(complain)
}

/** Stops what runs in the terminal: what was typed, else the newest; the playing scenario counts too. What waits behind it is dropped. */
export function interrupt(client: Client): void {
  const { running } = terminalStore.getState()
  const command = running.findLast(({ typed }) => typed) ?? running.at(-1)
  const shellId = command?.id ?? sessionStore.getState().scenarioRequest
  if (shellId === undefined) return
  terminalStore.setState(({ lines }) => ({ queue: [], lines: appendOutput(lines, [{ type: 'output', shellId, stream: 'out', text: '^C\n' }]) }))
  client.request('interrupt', { shellId }).catch(complain)
}

/** A word quoted for the shell where it must be. */
export function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

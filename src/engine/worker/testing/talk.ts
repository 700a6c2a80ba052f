import '#shell/commands.ts'
import type { Request, RequestName, Requests, WorkerMessage } from '#protocol/messages.ts'
import { answer } from '../answer.ts'
import { Session } from '../session.ts'

/** A session to talk to, with all it ever said. Its wall clock goes on by itself, `wallMsPerLook` with every look at it. */
export class Talk {
  readonly messages: WorkerMessage[] = []
  readonly session: Session
  private id = 0
  private wallMs = 0

  constructor(wallMsPerLook = 0) {
    this.session = new Session(
      (message) => this.messages.push(structuredClone(message)),
      () => {
        this.wallMs += wallMsPerLook
        return this.wallMs
      },
    )
  }

  /** Sends a request; returns its id. */
  send<N extends RequestName>(type: N, input: Requests[N]['in']): number {
    this.id += 1
    answer(this.session, { ...input, type, id: this.id } as unknown as Request)
    return this.id
  }

  /** The replies to a request: there must never be two. */
  replies(id: number) {
    return this.messages.flatMap((message) => (message.type === 'reply' && message.id === id ? [message] : []))
  }

  /** Sends a request and lets time pass until it is answered. Throws Error when it is refused. */
  ask<N extends RequestName>(type: N, input: Requests[N]['in'], maxTicks = 100_000): Requests[N]['out'] {
    const id = this.send(type, input)
    for (let i = 0; this.replies(id).length === 0 && i < maxTicks; i++) this.session.tick(16)
    return this.result<N>(type, id)
  }

  /** The same for what the worker has to load something for, or answers in portions. Cluster time stands still meanwhile. */
  async askLater<N extends RequestName>(type: N, input: Requests[N]['in']): Promise<Requests[N]['out']> {
    const id = this.send(type, input)
    while (this.replies(id).length === 0) {
      this.session.tick(0)
      await new Promise((resolve) => setImmediate(resolve))
    }
    return this.result<N>(type, id)
  }

  private result<N extends RequestName>(type: N, id: number): Requests[N]['out'] {
    const [reply, second] = this.replies(id)
    if (!reply || second) throw new Error(`${type} got ${second ? 'two replies' : 'no reply'}`)
    if (!reply.ok) throw new Error(reply.error.message)
    return reply.result as Requests[N]['out']
  }

  /** What the terminal shows of a shell request. */
  output(shellId: number): string {
    return this.messages.map((m) => (m.type === 'output' && m.shellId === shellId ? m.text : '')).join('')
  }

  /** Runs a line; returns what it printed and its exit status. */
  run(line: string, stdin?: string): [text: string, exit: number] {
    const { exit } = this.ask('shell', { line, stdin })
    return [this.output(this.id), exit]
  }

  failures() {
    return this.messages.flatMap((message) => (message.type === 'failure' ? [message] : []))
  }
}

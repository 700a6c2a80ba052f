import { createContexts, namespaceOf } from '#kubectl/contexts.ts'
import { runKubectl } from '#kubectl/kubectl.ts'
import type { ApiClient } from '#protocol/api-client.ts'
import { createShell, type Shell } from '#shell/shell.ts'
import type { RunLine } from './play.ts'

export interface Terminal {
  run: RunLine
  /** Lines run so far, oldest first. */
  readonly history: Shell['history']
  /** What the completion of a line must know of the session. */
  completing(): { namespace: string; variables: readonly string[]; aliases: ReadonlyMap<string, string> }
}

/** A shell session whose `kubectl` talks to this API. Variables and history live as long as the session. */
export function createTerminal(client: ApiClient, namespace = 'default'): Terminal {
  const env = new Map<string, string>()
  const contexts = createContexts(namespace === 'default' ? '' : namespace)
  const shell = createShell({
    programs: { kubectl: (argv, io, env) => runKubectl(argv, { client, io, namespace, contexts, env }) },
    aliases: { k: 'kubectl' },
    now: () => client.now(),
  })
  return {
    run: (line, io) => shell.run(line, io, env),
    history: shell.history,
    completing: () => ({
      namespace: namespaceOf(contexts),
      variables: [...env.keys()],
      aliases: new Map([...shell.aliases].map(([name, { text }]) => [name, text])),
    }),
  }
}

import type { JournalEntry } from '#protocol/messages.ts'

const actors: Record<string, string> = {
  user: 'You',
  kubeadm: 'kubeadm',
  'kube-apiserver': 'The API server',
  kubelet: 'The kubelet',
  'daemonset-controller': 'The DaemonSet controller',
  'deployment-controller': 'The Deployment controller',
  'replicaset-controller': 'The ReplicaSet controller',
  'statefulset-controller': 'The StatefulSet controller',
  'default-scheduler': 'The scheduler',
  'node-controller': 'The node lifecycle controller',
  'node-lifecycle-controller': 'The node lifecycle controller',
  'taint-eviction-controller': 'The taint eviction controller',
  'garbage-collector': 'The garbage collector',
  'pod-garbage-collector': 'The pod garbage collector',
  'namespace-controller': 'The namespace controller',
}

/** Who acts, with a capital, as the beginning of a sentence. */
export function actorOf(component: string): string {
  return actors[component] ?? `The ${component.replaceAll('-', ' ')}`
}

const verbs: Record<JournalEntry['verb'], string> = {
  create: 'created',
  update: 'changed',
  patch: 'reported on',
  delete: 'deleted',
  bind: 'bound',
  evict: 'evicted',
  outside: '',
  command: 'ran',
  refused: '',
}

function thing(entry: JournalEntry): string {
  const name = entry.namespace && entry.namespace !== 'default' ? `${entry.namespace}/${entry.name}` : entry.name
  return `${entry.kind} ${name}`
}

const reportsOf = (isPlural: boolean) => (isPlural ? 'report' : 'reports')

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** What happened, as a sentence without its full stop. */
export function sentenceOf(entry: JournalEntry): string {
  if (entry.verb === 'command') return /^(the|a) /.test(entry.text ?? '') ? capital(entry.text ?? '') : `You ran ${entry.text ?? 'a command'}`
  if (entry.verb === 'refused') return `It was refused: ${entry.text ?? ''}`
  if (entry.verb === 'outside') return `Outside Kubernetes: ${entry.text ?? entry.name}`
  const actor = entry.component === 'kubelet' && entry.node ? `The kubelet on ${entry.node}` : actorOf(entry.component)
  if (entry.verb === 'bind') return `${actor} bound ${thing(entry)} to ${entry.node ?? entry.text ?? 'a node'}`
  const place = entry.node && entry.kind === 'Pod' && entry.component !== 'kubelet' ? ` on ${entry.node}` : ''
  const what = entry.text && entry.text !== entry.node ? `: ${entry.text}` : ''
  if (entry.verb === 'patch') return `${actor} ${reportsOf(entry.component === 'user')} ${thing(entry)}${what}`
  return `${actor} ${verbs[entry.verb]} ${thing(entry)}${place}${what}`
}

const plural = (kind: string) => (kind.endsWith('s') ? `${kind}es` : `${kind}s`)

/** What happened many times, as one sentence without its full stop: to many objects, or again and again to one. */
export function sentenceOfMany(entries: readonly JournalEntry[]): string {
  const [first] = entries as [JournalEntry]
  const { component, verb, kind, text } = first
  const nodes = new Set(entries.map(({ node }) => node))
  // of an object that is gone its node is not known any more
  const kubelets = component === 'kubelet' && (nodes.size > 1 || first.node === undefined)
  const actor = kubelets ? 'The kubelets' : component === 'kubelet' ? `The kubelet on ${first.node}` : actorOf(component)
  const objects = new Set(entries.map(({ namespace, name }) => `${namespace}/${name}`)).size
  const done = verb === 'patch' ? reportsOf(kubelets || component === 'user') + (objects === 1 ? '' : ' on') : verbs[verb]
  if (objects === 1) return `${actor} ${done} ${thing(first)} ${entries.length} times`
  const times = objects === entries.length ? '' : ` ${entries.length} times`
  const what = verb !== 'bind' && text && entries.every((entry) => entry.text === text) ? `: ${text}` : ''
  return `${actor} ${done} ${objects} ${plural(kind)}${verb === 'bind' ? ' to their nodes' : ''}${times}${what}`
}

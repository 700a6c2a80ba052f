import type { Flag, Verb } from './command.ts'
import { alignTabs } from './tab-writer.ts'

/** Groups of verbs, as `kubectl` alone lists them. @source kubectl/pkg/cmd NewKubectlCommand */
const groups: readonly [title: string, verbs: string][] = [
  ['Basic Commands (Beginner)', 'create expose run set'],
  ['Basic Commands (Intermediate)', 'explain get edit delete'],
  ['Deploy Commands', 'rollout scale autoscale'],
  ['Cluster Management Commands', 'certificate cluster-info top cordon uncordon drain taint'],
  ['Troubleshooting and Debugging Commands', 'describe logs attach exec port-forward proxy cp auth debug events'],
  ['Advanced Commands', 'diff apply patch replace wait kustomize'],
  ['Settings Commands', 'label annotate completion'],
  ['Other Commands', 'api-resources api-versions config kuberc plugin version'],
]

function table(verbs: readonly Verb[]): string {
  const rows = verbs.map((v) => `  ${v.name}\t${v.summary}\n`).join('')
  return alignTabs(rows, { minWidth: 16, padding: 2 }).replace(/ +$/gm, '')
}

const known = (verbs: readonly Verb[] | undefined): Verb[] => (verbs ?? []).filter((v) => v.summary)

/** `--replicas=1`, `--selector=''`, `--filename=[]`: a flag and what it is when it is not given. */
function flagText({ name, shorthand, kind, default: value = '' }: Flag): string {
  const texts: Partial<Record<Flag['kind'], string>> = {
    bool: value || 'false',
    int: value || '0',
    duration: value || '0s',
    stringArray: `[${value}]`,
    stringSlice: `[${value}]`,
  }
  return `${shorthand ? `-${shorthand}, ` : ''}--${name}=${texts[kind] ?? `'${value}'`}`
}

/** Flags in the order of their names, each with what it does in a line of its own. */
export function flagTable(flags: readonly Flag[]): string {
  return [...flags]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((flag) => `    ${flagText(flag)}:\n\t${flag.usage ?? ''}\n`)
    .join('\n')
}

const globals = 'Use "kubectl options" for a list of global command-line options (applies to all commands).\n'

/** What `kubectl` alone shows: all verbs that do something here, in groups. */
function rootHelp(verbs: readonly Verb[]): string {
  const lists = groups.map(([title, names]) => {
    const members = names.split(' ').flatMap((name) => known(verbs).filter((v) => v.name === name))
    return members.length > 0 ? `${title}:\n${table(members)}\n` : ''
  })
  return `kubectl talks to the simulated cluster.\n\n${lists.join('')}Usage:\n  kubectl [flags] [options]\n\nUse "kubectl <command> --help" for more information about a given command.\n${globals}`
}

/** What `kubectl <verb> --help` shows: what the verb does, its sub-verbs, flags and how it is written. @source kubectl/pkg/util/templates */
export function verbHelp(verb: Verb, path: string): string {
  if (path === 'kubectl') return rootHelp(verb.subcommands ?? [])
  const shown = known(verb.subcommands)
  const flags = verb.flags.filter((f) => f.usage)
  const usage = verb.usage ?? `${path}${shown.length > 0 && !verb.run ? ' [flags]' : ''}`
  return [
    `${verb.summary || `Not available in the playground`}.\n`,
    ...(verb.aliases?.length ? [`Aliases:\n${[verb.name, ...verb.aliases].join(', ')}\n`] : []),
    ...(shown.length > 0 ? [`Available Commands:\n${table(shown)}`] : []),
    ...(flags.length > 0 ? [`Options:\n${flagTable(flags)}`] : []),
    `Usage:\n  ${usage} [options]\n`,
    `${shown.length > 0 ? `Use "${path} <command> --help" for more information about a given command.\n` : ''}${globals}`,
  ].join('\n')
}

import { goDurationError } from '#k8s/duration.ts'
import type { Parsed } from './command.ts'
import { contextName, userName } from './context-name.ts'
import { createContexts } from './contexts.ts'

const invalidTimeout =
  'error: Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)\n'

/** Where a context names no cluster that there is, kubectl looks for one by itself; behind its words, what helps. */
const noServer = `The connection to the server localhost:8080 was refused - did you specify the right host or port?\nthe playground has one cluster: kubectl config set-context --current --cluster=${contextName}\n`

/** What shows or changes the configuration, and what kubectl knows by itself, does not connect. */
function connects(path: string, args: Parsed): boolean {
  if (path === 'kubectl version') return !args.bool('client')
  return !/^kubectl (config |options$|help$)/.test(path)
}

/** Those that connect before they ask for the namespace have other words for a context or cluster that is not there. */
const connectFirst =
  /^kubectl (version|api-|cluster-info|explain|create|run|expose|set env|autoscale|auth |top node|wait|drain|cordon|uncordon|apply$|replace|diff)/

/** What is wrong with flags that choose a cluster: there is one, and no file that it stands in. @source client-go/tools/clientcmd */
export function wrongContext(path: string, args: Parsed, contexts = createContexts()): string | undefined {
  if (!connects(path, args)) return undefined
  const [file, context, cluster, user] = ['kubeconfig', 'context', 'cluster', 'user'].map((flag) => args.string(flag))
  const isFirst = connectFirst.test(path) || args.has('raw')
  if (file) return `error: stat ${file}: no such file or directory\n`
  const used = contexts.named.get(context || contexts.current)
  if (!used && !context) return `Error in configuration: context was not found for specified context: ${contexts.current}\n`
  if (!used)
    return isFirst
      ? `error: context ${JSON.stringify(context)} does not exist\n`
      : `Error in configuration: context was not found for specified context: ${context}\n`
  if (goDurationError(args.string('request-timeout').replace(/^\d*$/, '0'))) return invalidTimeout
  // whom a binding is for
  const isOther = ['kubectl set subject', 'kubectl create rolebinding', 'kubectl create clusterrolebinding'].includes(path)
  if (user && user !== userName && !isOther) return `error: auth info ${JSON.stringify(user)} does not exist\n`
  if (cluster && cluster !== contextName)
    return isFirst ? `error: cluster ${JSON.stringify(cluster)} does not exist\n` : `error: no server found for cluster ${JSON.stringify(cluster)}\n`
  if (used.cluster !== contextName && !cluster) return noServer
  if (!args.string('as') && (args.has('as-group') || args.string('as-uid') || args.list('as-user-extra').some((pair) => pair.includes('='))))
    return `error: requesting uid, groups or user-extra for ${userName} without impersonating a user\n`
  return undefined
}

import type { Verb } from '../command.ts'
import type { LateParts } from '../late-parts.ts'
import { withMetrics } from '../metrics-client.ts'
import { goTemplatePrinter } from '../output/go-template/printer.ts'
import { toKyaml } from '../output/kyaml.ts'
import { sortObjects } from '../output/sort-objects.ts'
import { inStructOrder, printTypedJson } from '../output/typed-json.ts'
import { apiResources, apiVersions } from './api-resources.ts'
import { auth } from './auth.ts'
import { autoscale } from './autoscale.ts'
import { clusterInfo } from './cluster-info.ts'
import { config } from './config.ts'
import { cordon, uncordon } from './cordon.ts'
import { create } from './create.ts'
import { describe } from './describe.ts'
import { diff } from './diff.ts'
import { drain } from './drain.ts'
import { edit } from './edit.ts'
import { events } from './events.ts'
import { exec } from './exec.ts'
import { explain } from './explain.ts'
import { expose } from './expose.ts'
import { getRaw } from './get-raw.ts'
import { helpVerb, options } from './help.ts'
import { kustomize } from './kustomize.ts'
import { annotateVerb, labelVerb } from './label.ts'
import { logs } from './logs.ts'
import { patch } from './patch.ts'
import { replace } from './replace.ts'
import { rollout } from './rollout.ts'
import { run } from './run.ts'
import { scale } from './scale.ts'
import { sendRaw } from './send-raw.ts'
import { set } from './set.ts'
import { taint } from './taint.ts'
import { top } from './top.ts'
import { unsupported } from './unsupported.ts'
import { version } from './version.ts'
import { wait } from './wait.ts'

/** What comes when it is first needed. `all` gives every verb, for `help`. */
export const latePartsOf = (all: () => readonly Verb[]): LateParts => ({
  verbs: lateVerbs(all),
  withMetrics,
  getRaw,
  sendRaw,
  sortObjects,
  toKyaml,
  goTemplatePrinter,
  inStructOrder,
  printTypedJson,
})

const lateVerbs = (all: () => readonly Verb[]): readonly Verb[] => [
  create,
  expose,
  run,
  set,
  explain,
  edit,
  rollout,
  scale,
  autoscale,
  unsupported('certificate', 'there are no CertificateSigningRequests, so none can be approved or denied'),
  clusterInfo,
  top,
  cordon,
  uncordon,
  drain,
  taint,
  describe,
  logs,
  unsupported('attach', 'no programs run here; "kubectl describe pod" and "kubectl events" tell how a pod is'),
  exec,
  unsupported('port-forward', 'there is no network here, and no program that listens'),
  unsupported('proxy', 'there is no network here; "kubectl get --raw PATH" asks the API'),
  unsupported('cp', 'containers have no files here'),
  auth,
  unsupported('debug', 'no programs run here; "kubectl describe" and "kubectl events" tell what is wrong'),
  events,
  diff,
  patch,
  replace,
  wait,
  kustomize,
  labelVerb,
  annotateVerb,
  unsupported('completion', 'the terminal completes by itself: press Tab'),
  { name: 'alpha', summary: '', flags: [], takesAnything: true, says: 'No alpha commands are available in this version of kubectl\n' },
  config,
  unsupported('kuberc', 'there is no file of preferences; flags are given with each command'),
  unsupported('plugin', 'there are no programs here that could be plugins'),
  version,
  apiVersions,
  apiResources,
  options,
  helpVerb(all),
]

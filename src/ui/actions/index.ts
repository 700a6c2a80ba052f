/** All actions, in the order in which menus and toolbars show them. */
import type { KubeNode, Pod } from '#k8s/types.ts'
import type { Action } from './action.ts'
import { addControlPlane } from './add-control-plane.ts'
import { addDaemonSet } from './add-daemonset.ts'
import { addDeployment } from './add-deployment.ts'
import { addNode } from './add-node.ts'
import { brokenImage } from './broken-image.ts'
import { cordon } from './cordon.ts'
import { deletePod } from './delete-pod.ts'
import { describeNode } from './describe-node.ts'
import { drain } from './drain.ts'
import { failPod } from './fail-pod.ts'
import { forceDeletePod } from './force-delete-pod.ts'
import { goToManifest, goToTerminal } from './go-to-panel.ts'
import { label } from './label.ts'
import { pause, play } from './play.ts'
import { pressure } from './pressure.ts'
import { probes } from './probes.ts'
import { removeNode } from './remove-node.ts'
import { showKeys } from './show-keys.ts'
import { skip } from './skip.ts'
import { faster, slower } from './speed.ts'
import { startKubelet } from './start-kubelet.ts'
import { step } from './step.ts'
import { stopKubelet } from './stop-kubelet.ts'
import { taint } from './taint.ts'
import { themes } from './theme.ts'
import { uncordon } from './uncordon.ts'
import { redo, undo } from './undo.ts'

export const nodeActions: readonly Action<KubeNode>[] = [cordon, uncordon, taint, label, stopKubelet, startKubelet, pressure, drain, removeNode]
export const podActions: readonly Action<Pod>[] = [deletePod, forceDeletePod, failPod, ...probes]
export const machineActions: readonly Action[] = [addNode, addControlPlane, describeNode]
export const workloadActions: readonly Action[] = [addDaemonSet, addDeployment]
export const troubleActions: readonly Action[] = [brokenImage]
export const clockActions: readonly Action[] = [play, pause, step, skip, faster, slower]
export const historyActions: readonly Action[] = [undo, redo]
export const pageActions: readonly Action[] = [goToTerminal, goToManifest, ...themes, showKeys]

/** Every action that needs no target: what the keys of the page reach. */
export const actions: readonly Action[] = [
  ...machineActions,
  ...workloadActions,
  ...troubleActions,
  ...clockActions,
  ...historyActions,
  ...pageActions,
]

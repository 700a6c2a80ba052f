/** Names and limits of the DaemonSet controller. @source DS-21 */

/** Also the source of its events. */
export const controllerName = 'daemonset-controller'

/** Label of pods and revisions: hash of the template they stand for. @source apps.DefaultDaemonSetUniqueLabelKey */
export const controllerRevisionHashLabel = 'controller-revision-hash'

/** Label of pods: the template generation they were made from. @source extensions.DaemonSetTemplateGenerationKey */
export const podTemplateGenerationLabel = 'pod-template-generation'

/** Most pods created, and most deleted, by one sync (DS-7.1). */
export const burstReplicas = 250

/** After this long unfulfilled expectations are forgotten (DS-2.1). */
export const expectationsTimeoutMs = 5 * 60_000

/** First and longest wait before a failed pod is deleted again (DS-6.4). */
export const initialBackoffMs = 1_000
export const maxBackoffMs = 15 * 60_000

/** Further attempts to write a status after the first one failed (DS-8.5). */
export const statusUpdateRetries = 1

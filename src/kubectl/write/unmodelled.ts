const kinds = new Map(
  Object.entries({
    v1: 'ConfigMap Secret ServiceAccount Endpoints PersistentVolume PersistentVolumeClaim ResourceQuota LimitRange ReplicationController PodTemplate Binding',
    'rbac.authorization.k8s.io/v1': 'Role RoleBinding ClusterRole ClusterRoleBinding',
    'batch/v1': 'Job CronJob',
    'networking.k8s.io/v1': 'NetworkPolicy Ingress IngressClass',
    'policy/v1': 'PodDisruptionBudget',
    'autoscaling/v1': 'HorizontalPodAutoscaler',
    'autoscaling/v2': 'HorizontalPodAutoscaler',
    'storage.k8s.io/v1': 'StorageClass CSIDriver CSINode VolumeAttachment',
    'apiextensions.k8s.io/v1': 'CustomResourceDefinition',
    'apiregistration.k8s.io/v1': 'APIService',
    'admissionregistration.k8s.io/v1': 'MutatingWebhookConfiguration ValidatingWebhookConfiguration',
    'discovery.k8s.io/v1': 'EndpointSlice',
    'node.k8s.io/v1': 'RuntimeClass',
  }),
)

/** Whether a real cluster has this kind and the playground keeps no such objects. */
export function isUnmodelled(apiVersion: string, kind: string): boolean {
  return kinds.get(apiVersion)?.split(' ').includes(kind) ?? false
}

/** What is said of a document of such a kind, which is passed over. */
export const leftOut = (kind: string, name: string): string =>
  `Warning: ${kind} ${JSON.stringify(name)} was left out: the playground does not simulate this kind\n`

/** Versions of kinds that no server has any more; kubectl still knows them. */
const formerKinds = new Map(
  Object.entries({
    'extensions/v1beta1': 'DaemonSet Deployment ReplicaSet Ingress NetworkPolicy',
    'apps/v1beta1': 'Deployment StatefulSet ControllerRevision',
    'apps/v1beta2': 'DaemonSet Deployment ReplicaSet StatefulSet ControllerRevision',
    'batch/v1beta1': 'CronJob',
    'policy/v1beta1': 'PodDisruptionBudget',
    'networking.k8s.io/v1beta1': 'Ingress IngressClass',
    'scheduling.k8s.io/v1beta1': 'PriorityClass',
  }),
)

/** Whether kubectl has a Go struct for a kind that the playground has not in this version. */
export const isInScheme = (apiVersion: string, kind: string): boolean => formerKinds.get(apiVersion)?.split(' ').includes(kind) ?? false

/** What kubectl says where it needs the struct. @source apimachinery/pkg/runtime notRegisteredErr, schema.ParseGroupVersion */
export const noSuchType = (apiVersion: string, kind: string): string =>
  apiVersion.split('/').length > 2
    ? `unexpected GroupVersion string: ${apiVersion}`
    : `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)} in scheme "pkg/scheme/scheme.go:28"`

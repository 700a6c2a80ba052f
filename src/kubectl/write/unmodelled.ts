const kinds: Record<string, string> = {
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
}

/** Whether a real cluster has this kind and the playground keeps no such objects. */
export function isUnmodelled(apiVersion: string, kind: string): boolean {
  return kinds[apiVersion]?.split(' ').includes(kind) ?? false
}

/** Where a DaemonSet counts the changes of its template, since it has no field for that any more. */
export const templateGenerationAnnotation = 'deprecated.daemonset.template.generation'

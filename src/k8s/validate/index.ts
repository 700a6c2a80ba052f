import type { StatusCause } from '../api-error.ts'
import { resourceOf } from '../resources.ts'
import type { AnyObject, Kind, Kinds } from '../types.ts'
import type { KubernetesVersion } from '../version.ts'
import {
  validateControllerRevision,
  validateControllerRevisionUpdate,
  validatePriorityClass,
  validatePriorityClassUpdate,
  validateService,
} from './core.ts'
import { validateDaemonSetSpec, validateSelectorUnchanged } from './daemon-set.ts'
import { validateDeploymentSpec, validateReplicaSetSpec } from './deployment.ts'
import { FieldErrors } from './field-errors.ts'
import { validateFinalizersOfNew, validateNamespaceFinalizers, validateObjectMeta, validateObjectMetaUpdate } from './metadata.ts'
import { validateNode, validateNodeUpdate } from './node.ts'
import { validatePod, validatePodUpdate } from './pod.ts'
import { rareChecks } from './rare/load.ts'
import { validateStatefulSetSpec, validateStatefulSetUnchanged } from './stateful-set.ts'
import { validateStatus } from './status.ts'

interface Validator<K extends Kind> {
  /** What is checked beyond metadata. */
  create: (errors: FieldErrors, object: Kinds[K]) => void
  update: (errors: FieldErrors, object: Kinds[K], old: Kinds[K]) => void
}

/** Kinds that have more to check than their metadata. */
const validators: { [K in Kind]?: Validator<K> } = {
  ControllerRevision: { create: validateControllerRevision, update: validateControllerRevisionUpdate },
  DaemonSet: {
    create: (errors, object) => validateDaemonSetSpec(errors, object.spec),
    update: (errors, object, old) => {
      validateDaemonSetSpec(errors, object.spec)
      validateSelectorUnchanged(errors, object.spec.selector, old.spec.selector)
    },
  },
  Deployment: {
    create: (errors, object) => validateDeploymentSpec(errors, object.spec),
    update: (errors, object, old) => {
      validateDeploymentSpec(errors, object.spec)
      validateSelectorUnchanged(errors, object.spec.selector, old.spec.selector)
    },
  },
  Event: { create: () => {}, update: (errors, object) => rareChecks()?.validateEvent(errors, object) },
  Namespace: { create: validateFinalizersOfNew, update: validateNamespaceFinalizers },
  Node: { create: validateNode, update: validateNodeUpdate },
  Pod: { create: validatePod, update: validatePodUpdate },
  PriorityClass: { create: validatePriorityClass, update: validatePriorityClassUpdate },
  ReplicaSet: {
    create: (errors, object) => validateReplicaSetSpec(errors, object.spec),
    update: (errors, object, old) => {
      validateReplicaSetSpec(errors, object.spec)
      validateSelectorUnchanged(errors, object.spec.selector, old.spec.selector)
    },
  },
  Service: { create: validateService, update: validateService },
  StatefulSet: {
    create: (errors, object) => validateStatefulSetSpec(errors, object.spec, false),
    update: (errors, object, old) => {
      validateStatefulSetSpec(errors, object.spec, true)
      validateStatefulSetUnchanged(errors, object.spec, old.spec)
    },
  },
}

const validatorOf = (kind: string): Validator<Kind> | undefined => validators[kind as Kind] as Validator<Kind> | undefined

/** Everything wrong with a new, defaulted object, in the API server's order and words; empty when it may be stored. DS-15 */
export function validateCreate(object: AnyObject, version: KubernetesVersion): StatusCause[] {
  const errors = new FieldErrors(version)
  // an event's metadata are looked at only when all else is right
  if (object.kind === 'Event') rareChecks()?.validateEvent(errors, object)
  if (errors.causes.length) return errors.causes
  validateObjectMeta(errors, object, resourceOf(object.kind as Kind).namespaced)
  validatorOf(object.kind)?.create(errors, object)
  return errors.causes
}

/** Everything wrong with a defaulted object that is to replace `old`: as above, and fields that may not change. DS-15.60 */
export function validateUpdate(object: AnyObject, old: AnyObject, version: KubernetesVersion): StatusCause[] {
  const errors = new FieldErrors(version)
  validateObjectMetaUpdate(errors, object, old)
  validatorOf(object.kind)?.update(errors, object, old)
  return errors.causes
}

/** Everything wrong with an object whose status is to replace that of `old`. DS-15.63 */
export function validateStatusUpdate(object: AnyObject, old: AnyObject, version: KubernetesVersion): StatusCause[] {
  const errors = new FieldErrors(version)
  validateObjectMetaUpdate(errors, object, old)
  validateStatus(errors, object, old)
  return errors.causes
}

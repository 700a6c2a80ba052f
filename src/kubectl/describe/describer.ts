import type { AnyObject, KubeEvent } from '#k8s/types.ts'
import type { ApiClient, ObjectRef } from '#protocol/api-client.ts'

/** What a description may look up besides its object. */
export interface DescribeContext {
  client: ApiClient
  showEvents: boolean
}

/** The text that `kubectl describe` prints for one object of a kind. */
export type Describer<T extends AnyObject = AnyObject> = (object: T, context: DescribeContext) => string

/** Which object an event is about, as describe asks for it. */
export interface EventTarget extends ObjectRef {
  uid?: string
  /** Events of any kind of object with that name and uid. */
  anyKind?: boolean
}

/** The events about an object. @source kubectl/pkg/describe searchEvents */
export function searchEvents({ client }: Pick<DescribeContext, 'client'>, { kind, namespace, name, uid, anyKind }: EventTarget): KubeEvent[] {
  const events = client.list('Event', { namespace }).items as KubeEvent[]
  return events.filter(
    ({ involvedObject: about }) =>
      about.name === name &&
      (namespace === undefined || about.namespace === namespace) &&
      (anyKind || about.kind === kind) &&
      (uid === undefined || about.uid === uid),
  )
}

/**
 * Who a line of a stored object comes from. `user` = the manifest (or, in a daemon pod, the template); `default` = filled in by the API
 * server; `server` = its own bookkeeping; `controller` = set by the controller that made the object; `scheduler`; `status` = observed; `managed` = the record of who set which
 * field.
 */
export type LineOrigin = 'user' | 'default' | 'server' | 'controller' | 'scheduler' | 'status' | 'managed'

/** A stored object as text, with the origin of every line. */
export interface LiveText {
  text: string
  origins: readonly LineOrigin[]
}

import { ApiError } from '#k8s/api-error.ts'
import type { ApiClient } from '#protocol/api-client.ts'
import type { Fault } from '#protocol/messages.ts'
import { extend } from '#sim/extend.ts'

/** Methods of the API that change something. */
export type WriteMethod = 'create' | 'update' | 'patch' | 'delete' | 'evict'

/**
 * One thing that came from outside the cluster: an API request, a fault, or a note of what the user did. Plain data.
 * `steps` = how many timers had fired before it: a replay does it at the same point.
 */
export type Action = { readonly steps: number; readonly atMs: number; readonly cause: number } & (
  | { readonly kind: 'write'; readonly method: WriteMethod; readonly args: readonly unknown[] }
  | { readonly kind: 'fault'; readonly fault: Fault; readonly text: string }
  | { readonly kind: 'note'; readonly text: string }
  /** A command failed, which had said why. */
  | { readonly kind: 'refusal'; readonly text: string }
)

/** Arguments without what is no data (callbacks). */
function toData(args: readonly unknown[]): readonly unknown[] {
  return args.map((arg) => (typeof arg === 'object' && arg !== null && 'onWarning' in arg ? { ...arg, onWarning: undefined } : arg))
}

const isDryRun = (args: readonly unknown[]): boolean => args.some((arg) => (arg as { dryRun?: boolean } | null | undefined)?.dryRun === true)

/** The same client, whose writes are told to `note` before they are done (refused ones too: they may use up random names). */
export function recordWrites(client: ApiClient, note: (method: WriteMethod, args: readonly unknown[]) => void): ApiClient {
  const recorded = (method: WriteMethod) =>
    ((...args: unknown[]) => {
      if (!isDryRun(args)) note(method, toData(args))
      return (client[method] as (...a: unknown[]) => unknown)(...args)
    }) as never
  return extend(client, {
    create: recorded('create'),
    update: recorded('update'),
    patch: recorded('patch'),
    delete: recorded('delete'),
    evict: recorded('evict'),
  })
}

/** Does a recorded write again; what was refused is refused again. */
export function repeatWrite(client: ApiClient, method: WriteMethod, args: readonly unknown[]): void {
  try {
    ;(client[method] as (...a: readonly unknown[]) => unknown)(...args)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
  }
}

import type { AnyObject } from '#k8s/types.ts'
import type { ApiClient, Running, Wait, WriteOptions } from '#protocol/api-client.ts'
import type { Io, Parsed } from './command.ts'

/** Formats that see whole objects: only `json` and `yaml` hide managed fields. */
const seesAll = /^(jsonpath|go-template|template|custom-columns)/

/** Whether a command line may show managed fields. @source cli-runtime/pkg/printers OmitManagedFieldsPrinter */
function showsOwners(args: Parsed): boolean {
  // of what is within an event nothing is hidden
  if (args.bool('output-watch-events') && /^(json|k?yaml)$/.test(args.string('output'))) return true
  if (args.bool('show-managed-fields') || args.string('template') || seesAll.test(args.string('output'))) return true
  return ['sort-by', 'for'].some((flag) => args.string(flag).includes('managedFields'))
}

/** The same client, whose answers carry `metadata.managedFields`; they are worked out when somebody looks at them. */
function withOwners(client: ApiClient): ApiClient {
  const whole = (object: AnyObject): AnyObject => {
    const metadata = Object.defineProperty({ ...object.metadata }, 'managedFields', {
      enumerable: true,
      get: () => {
        const entries = client.managedFields(object)
        return entries.length > 0 ? entries : undefined
      },
    })
    return { ...object, metadata } as AnyObject
  }
  return {
    ...client,
    get: (ref) => whole(client.get(ref)),
    list(kind, options) {
      const { items, resourceVersion } = client.list(kind, options)
      return { items: items.map(whole), resourceVersion }
    },
    watch: (kind, options, tell) => client.watch(kind, options, ({ type, object }) => tell({ type, object: whole(object) })),
    create: (object, options) => whole(client.create(object, options)),
    update: (object, options) => whole(client.update(object, options)),
    patch: (ref, type, patch, options) => whole(client.patch(ref, type, patch, options)),
  }
}

/** The object as the server sends it, with its managed fields. */
export function wholeObject(client: ApiClient, object: AnyObject): AnyObject {
  const managedFields = client.managedFields(object)
  return managedFields.length > 0 ? ({ ...object, metadata: { ...object.metadata, managedFields } } as AnyObject) : object
}

/** Waits, where needed, until field owners can be asked for. */
export function* waitForOwners(client: ApiClient): Running {
  const until = client.loadFieldOwners()
  if (until) yield { kind: 'load', until }
  return 0
}

/** Tells what the server warns of, each text once. @source client-go/rest NewWarningWriter */
function warningsTo(io: Io): (text: string) => void {
  const told = new Set<string>()
  return (text) => {
    if (told.has(text)) return
    told.add(text)
    io.err(`Warning: ${text}\n`, 'aside')
  }
}

/**
 * The client as one command uses it: what it writes is owned by the command's field manager, what the server warns of is told, and what
 * it reads says who owns what, if the command shows that. @source kubectl/pkg/cmd/util --field-manager
 */
export function* clientFor(client: ApiClient, args: Parsed, io: Io): Generator<Wait, ApiClient, void> {
  const fieldManager = args.string('field-manager') || 'kubectl'
  const onWarning = warningsTo(io)
  const own = (options?: WriteOptions): WriteOptions => ({ fieldManager, onWarning, ...options })
  const writing: ApiClient = {
    ...client,
    create: (object, options) => client.create(object, own(options)),
    update: (object, options) => client.update(object, own(options)),
    patch: (ref, type, patch, options) => client.patch(ref, type, patch, own(options)),
  }
  if (!showsOwners(args)) return writing
  yield* waitForOwners(client)
  return withOwners(writing)
}

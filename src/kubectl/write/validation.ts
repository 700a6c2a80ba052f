import { validateAgainstOpenApi } from '#k8s/schema/open-api.ts'
import { isKubernetesVersion, newestVersion, since } from '#k8s/version.ts'
import type { WriteOptions } from '#protocol/api-client.ts'
import type { KubectlContext, Parsed } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { klogLine } from '../klog.ts'
import type { ManifestCheck } from './infos.ts'

type Directive = NonNullable<WriteOptions['fieldValidation']>

const directives: Record<string, Directive> = { strict: 'Strict', true: 'Strict', warn: 'Warn', ignore: 'Ignore', false: 'Ignore' }

/** @source kubectl/pkg/cmd/util GetValidationDirective */
function directiveOf(args: Parsed): Directive {
  const value = args.string('validate')
  const directive = directives[value]
  if (!directive)
    throw new CommandError(`invalid - validate option ${JSON.stringify(value)}; must be one of: strict (or true), warn, ignore (or false)`)
  return directive
}

type ServerValidation = Pick<WriteOptions, 'fieldValidation'>

export interface Validation {
  /** The client's own check: of the whole manifest where the server does not know field validation, else only of its kind. */
  check: ManifestCheck
  /** What to tell the server. */
  options: ServerValidation
}

/** Where kubectl does not say how fields are to be validated, the server warns of those that it does not know (DS-16.3). */
export const warnsOfFields: ServerValidation = { fieldValidation: 'Warn' }

/** What of a document says what it is: of a list also what its items are. */
function envelopeOf(document: unknown): unknown {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return document
  const { apiVersion, kind, items } = document as Record<string, unknown>
  if (kind === 'List' && apiVersion === 'v1') return { apiVersion, kind, items: Array.isArray(items) ? items.map(envelopeOf) : items }
  return { apiVersion, kind: typeof kind === 'string' ? '-' : kind }
}

/**
 * What --validate asks of client and server.
 * @source kubectl/pkg/validation paramVerifyingSchema; DS-16.1, DS-16.2
 */
export function validationOf({ client, io }: KubectlContext, args: Parsed): Validation {
  const fieldValidation = directiveOf(args)
  const version = isKubernetesVersion(client.version) ? client.version : newestVersion
  const byServer = since(version, 'serverSideFieldValidation')
  const errorsOf = (document: unknown): string[] => {
    const envelope = validateAgainstOpenApi(envelopeOf(document), version)
    return envelope.length || byServer || fieldValidation === 'Warn' ? envelope : validateAgainstOpenApi(document, version)
  }
  return {
    options: { fieldValidation },
    check(document, source) {
      if (fieldValidation === 'Warn' && !byServer)
        io.err(
          klogLine(
            client,
            'W',
            'schema.go:145',
            'cannot perform warn validation if server-side field validation is unsupported, skipping validation',
          ),
          'aside',
        )
      const errors = fieldValidation === 'Ignore' ? [] : errorsOf(document)
      if (!errors.length) return undefined
      const text = errors.length === 1 ? errors[0] : `[${errors.join(', ')}]`
      return `error validating ${JSON.stringify(source)}: error validating data: ${text}; if you choose to ignore these errors, turn validation off with --validate=false`
    },
  }
}

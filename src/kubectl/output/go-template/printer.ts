import { formatGo } from '#k8s/schema/go-format.ts'
import type { ApiClient } from '#protocol/api-client.ts'
import { clientSince } from '../../client-version.ts'
import { CommandError } from '../../error-text.ts'
import { marshalJson } from '../../go-format.ts'
import { compileGoTemplate, TemplateError } from './go-template.ts'

/** Prints objects by a template. Throws CommandError. @source cli-runtime/pkg/printers/template.go GoTemplatePrinter */
export function goTemplatePrinter(template: string, allowMissingKeys: boolean, client: Pick<ApiClient, 'version'>): (object: object) => string {
  const run = compile(template, allowMissingKeys)
  return (object) => {
    try {
      return run(object)
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error
      const { printed } = error
      const message = clientSince(client, 'comparedTypes') ? error.message : error.message.replace(/(incompatible types for comparison): .*$/, '$1')
      const explained =
        `Error executing template: ${message}. Printing more information for debugging the template:\n\ttemplate was:\n\t\t${template}\n` +
        `\traw data was:\n\t\t${marshalJson(object)}\n\tobject given to template engine was:\n\t\t${formatGo(object)}\n\n`
      throw new CommandError(`error executing template ${JSON.stringify(template)}: ${message}\n`, 1, printed + explained)
    }
  }
}

function compile(template: string, allowMissingKeys: boolean) {
  try {
    return compileGoTemplate(template, { allowMissingKeys })
  } catch (error) {
    throw new CommandError(`error parsing template ${template}, ${(error as Error).message}\n`)
  }
}

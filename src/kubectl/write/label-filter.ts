import { parseLabelSelector } from '#k8s/selector.ts'
import type { KubeObject } from '#k8s/types.ts'
import { CommandError } from '../error-text.ts'

type Labelled = { metadata?: Pick<KubeObject['metadata'], 'labels'> }

/**
 * Whether `-l` lets through what files describe: the API is not asked for that. Throws CommandError where the text is no selector.
 * @source cli-runtime/pkg/resource FilterByLabelSelector
 */
export function labelFilter(text = ''): (object: Labelled) => boolean {
  try {
    const selector = parseLabelSelector(text)
    return ({ metadata }) => selector.matches(metadata?.labels ?? {})
  } catch (error) {
    throw new CommandError(`the provided selector ${JSON.stringify(text)} is not valid: ${(error as Error).message}`)
  }
}
